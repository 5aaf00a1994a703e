"""A day's figures, written in one statement for all metrics that count the same things.

Facts carry their days, so any past day can be asked for again: the same facts give the
same rows, and a figure that changed keeps what it said first.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models.expressions import RawSQL

from mentorship.charter.models import Cohort, Program
from mentorship.insights.subqueries import subquery
from pairing.models import Pair

from .definitions import KEPT, Metric

# The version of the published figures' formulas.
DEFINITION = 1

# What every metric may read: the programs asked for, each with its zone and the moments
# at which its day began and was over; and their pairs under way on that day.
SCOPE = """
    programs as (
        select id as program_id, zone, %(day)s::timestamp at time zone zone as begins,
            (%(day)s + 1)::timestamp at time zone zone as ends
        from charter_program
        where %(programs)s::uuid[] is null or id = any(%(programs)s::uuid[])
    ), pairs as (
        select programs.*, c.id as cohort_id, pair.id, pair.mentor_id, pair.mentee_id,
            pair.started_on, pair.rhythm_days
        from programs join charter_cohort c using (program_id)
        join pairing_pair pair on pair.cohort_id = c.id
        where c.pilot_on <= %(day)s
        and c.stage not in ('charter', 'onboarding', 'pairing')
        and pair.started_on <= %(day)s
        and (pair.ended_at is null or pair.ended_at >= programs.begins)
    )
"""

# A row that is no longer told, because nothing is left that it counted, says 0 of 0.
# What a figure said first is kept once, however often it changes afterwards.
STORE = """
    with {scope}, things as ({rows}), told as (
        select cohort_id, case when cohort_id is null then program_id end as program_id,
            part, name, value::double precision as value, count::integer as count
        from (
            select program_id, {columns}, {aggregates} from things group by {groups}
        ) grouped, lateral (values {figures}) figure (name, value, count, is_told)
        where is_told
    ), gone as (
        select said.cohort_id, said.program_id, said.part, said.name, 0 as value,
            0 as count
        from insights_dailymetric said
        left join charter_cohort c on c.id = said.cohort_id
        where said.name = any(%(names)s) and said.as_of = %(day)s
        and coalesce(said.program_id, c.program_id) in (select program_id from programs)
        and not exists (
            select from told where told.part = said.part and told.name = said.name
            and coalesce(told.cohort_id, told.program_id)
                = coalesce(said.cohort_id, said.program_id)
        )
    )
    insert into insights_dailymetric as said
        (cohort_id, program_id, part, name, as_of, value, count, definition)
    select cohort_id, program_id, part, name, %(day)s, value, count, version
    from (table told union all table gone) new
    join unnest(%(names)s::text[], %(versions)s::int[]) defined (name, version)
        using (name)
    on conflict (cohort_id, program_id, name, part, as_of) do update set
        value = excluded.value, count = excluded.count,
        definition = excluded.definition, restated_at = now(),
        was_value = coalesce(said.was_value, said.value),
        was_count = coalesce(said.was_count, said.count),
        was_definition = coalesce(said.was_definition, said.definition)
    where (said.value, said.count, said.definition)
        is distinct from (excluded.value, excluded.count, excluded.definition)
"""
# A sort or a hash of all pairs' weeks fits in memory until the transaction ends.
ROOM = "set local work_mem = '64MB'"


def store(day: date, programs: Iterable[Program] | None = None) -> int:
    """Write every metric of a day for all programs, or for some, but for what exists as
    a published row only; returns how many rows are new or say something else now."""
    keys = None if programs is None else [program.pk for program in programs]
    written = 0
    with connection.cursor() as cursor:
        cursor.execute(ROOM)
        for metrics in alike(KEPT.values()):
            cursor.execute(statement(metrics), parameters(metrics, day, keys))
            written += cursor.rowcount
    return written


def alike(metrics: Iterable[Metric]) -> list[list[Metric]]:
    """The metrics that count the same things for the same subjects, together."""
    found = defaultdict(list)
    for metric in metrics:
        found[metric.rows, metric.whose, metric.fewest].append(metric)
    return list(found.values())


def statement(metrics: list[Metric]) -> str:
    """The one statement that works metrics out which count the same things, reading
    these once, and writes them."""
    first, numbered = metrics[0], list(enumerate(metrics))
    of_cohorts = first.whose.is_of_cohorts
    return STORE.format(
        scope=SCOPE,
        rows=first.rows,
        columns="cohort_id, '' as part" if of_cohorts else "null::uuid cohort_id, part",
        groups="grouping sets ((program_id, cohort_id), program_id)"
        if of_cohorts
        else "program_id, part",
        aggregates=", ".join(
            f"{m.value} as value{n}, {m.count} as count{n}, {m.having} as told{n}"
            for n, m in numbered
        ),
        figures=", ".join(
            f"('{m.name}', value{n}, count{n}, told{n})" for n, m in numbered
        ),
    )


def parameters(metrics: list[Metric], day: date, programs: list | None) -> dict:
    """What the statement of these metrics names."""
    return {
        "day": day,
        "programs": programs,
        "names": [metric.name for metric in metrics],
        "versions": [metric.version for metric in metrics],
        "fewest": metrics[0].fewest,
    }


def pairs_behind(metric: Metric, day: date, whose: Cohort | Program) -> RawSQL:
    """Ids of the pairs that a figure of a day counts as not there, as a subquery."""
    assert metric.behind
    of_cohort = isinstance(whose, Cohort)
    rows = f"with {SCOPE}, things as ({metric.rows}) select id from things"
    return subquery(
        f"{rows} where {metric.behind[0]}"
        " and (%(cohort)s::uuid is null or cohort_id = %(cohort)s)",
        {
            "day": day,
            "programs": [whose.program_id if of_cohort else whose.pk],
            "cohort": whose.pk if of_cohort else None,
            "fewest": metric.fewest,
        },
    )


def counted_pairs(day: date):
    """Pairs that run on `day` in a cohort that has begun its pilot by then."""
    begun = Cohort.objects.begun_by(day)
    return Pair.objects.running_on(day).filter(cohort__in=begun)
