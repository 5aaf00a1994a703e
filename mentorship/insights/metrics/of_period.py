"""What a closed period's pairs did and its people answered, for the frozen roster.

Everything is read as `publisher`, who may see facts and no words. Every figure is
about the same roster, so that no two figures differ by a few people: a pair that had
nothing due counts as not having done it. What may be told of it is decided in
`mentorship.insights.disclosure`.
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import connections
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Greatest

from feedback.models import Reflection
from mentorship.charter.models import Cohort, CoreOutcome
from mentorship.insights.disclosure import (
    Answered,
    Counted,
    Metric,
    Place,
)
from mentorship.insights.disclosure.groups import Roster
from mentorship.insights.models import FrozenPlace, Period
from milestones.models import Milestone, Outcome
from pairing.models import Pair, Session

PUBLISHER = "publisher"
WEEK = timedelta(days=7)
ONE_TO_FIVE = (1, 5)
MEAN, WEEKLY, CORE = "sessions_per_pair", "met_in_week", "core"
THEMES = ("confidence", "collaboration", "clarity")
# A change since the start, and one as it looks from the end.
MOMENTS = (("then", "now"), ("recalled", "after"))
SHIFTS = tuple(f"{theme}_{at}" for theme in THEMES for both in MOMENTS for at in both)
ANSWERS = ("had_a_say", "training_helped", *SHIFTS)
WHOLE_ONLY = ("all",)
# What is told of fewer groups than the rule declares: figures that say little more by
# group, and shifts, whose few answers would be divided further.
BREAKDOWNS_OF = {
    "reached_all_due": ("all", "cohort"),
    "reflected": ("all", "cohort"),
    "both_reflected": ("all", "cohort"),
    "aligned": ("all", "cohort"),
    "training_helped": ("all", "cohort", "role"),
    **dict.fromkeys(SHIFTS, ("all", "role")),
}


def roster_of(period: Period, using: str = PUBLISHER) -> list[Place]:
    """Everyone who belonged to the period when it opened, one place for each side of
    every pair, with what breakdowns look at."""
    frozen = FrozenPlace.objects.using(using).filter(period=period.pk)
    found = frozen.values_list(
        Coalesce("participant__user", "participant"),
        "pair",
        "cohort_name",
        "side",
        "function",
        "region",
    )
    return [Place(*row) for row in found.order_by("pk")]


def metrics_of(period: Period) -> list[Metric]:
    """Every metric of a closed period, in reading order. Which ones there are depends
    on the period's days, the charter and which cohorts are over; never on what people
    did or said."""
    pairs = Pair.objects.using(PUBLISHER).filter(
        pk__in=FrozenPlace.objects.filter(period=period.pk).values("pair")
    )
    counts = [
        counted(name, ids(doing(pairs, period))) for name, doing in COUNTS.items()
    ]
    return [
        *counts,
        sessions_per_pair(pairs, period),
        *answers_in(period),
        *reached_by_core(pairs, period),
        *over_the_whole(pairs, period),
        *met_by_week(pairs, period),
    ]


def shapes_of(roster: Roster) -> list[Metric]:
    """The metrics about everybody and the breakdowns, as if nobody had done anything
    and everybody had answered: to see which groups can be told of, and nothing else."""
    return [
        *(counted(name, frozenset()) for name in COUNTS),
        Answered(MEAN, ONE_TO_FIVE, dict.fromkeys(roster.pairs, 3), of_pairs=True),
        *answered(defaultdict(lambda: dict.fromkeys(roster.people, 3))),
    ]


def counted(name: str, yes: frozenset) -> Counted:
    """One of COUNTS as a metric."""
    return Counted(name, yes, WITHIN.get(name, ""), BREAKDOWNS_OF.get(name))


def ids(pairs) -> frozenset:
    """The keys of some pairs."""
    return frozenset(pairs.values_list("pk", flat=True))


def days_of(period: Period) -> tuple[date, date]:
    """The first and the last day, both counted."""
    return period.starts_on, period.ends_on


def length_of(period: Period) -> int:
    """How many days a period has."""
    return (period.ends_on - period.starts_on).days + 1


def planned_sessions(period: Period, rhythm_days: int) -> int:
    """How many sessions a rhythm plans in the period; one at least."""
    return max(length_of(period) // rhythm_days, 1)


def weeks_of(period: Period) -> list[date]:
    """The first days of the whole weeks in a period, counted from its own first day."""
    return [
        period.starts_on + WEEK * number for number in range(length_of(period) // 7)
    ]


def held_in(period: Period):
    """Sessions held on a day of the period."""
    return Session.objects.held_between(*days_of(period))


def with_sessions(pairs, period: Period):
    """Pairs with `held`, how many sessions they held in the period."""
    held = Q(sessions__in=held_in(period))
    return pairs.annotate(held=Count("sessions", filter=held))


def met(pairs, period: Period):
    """Pairs that met at least once."""
    return pairs.filter(Exists(held_in(period).filter(pair=OuterRef("pk"))))


def kept_rhythm(pairs, period: Period):
    """Pairs that met at least as often as their rhythm plans."""
    length = Value(length_of(period), IntegerField())
    planned = Greatest(length / F("rhythm_days"), 1)
    return with_sessions(pairs, period).filter(held__gte=planned)


def reached_something(pairs, period: Period):
    """Pairs that reached or tried at least one milestone."""
    done = Milestone.objects.done().filter(done_on__range=days_of(period))
    return pairs.filter(Exists(done.filter(pair=OuterRef("pk"))))


def reached_all_due(pairs, period: Period):
    """Pairs with milestones due, every one of them reached or tried by the end."""
    due = Milestone.objects.on_the_road().filter(
        pair=OuterRef("pk"), due_on__range=days_of(period)
    )
    open_still = due.exclude(done_on__lte=period.ends_on)
    return pairs.filter(Exists(due)).exclude(Exists(open_still))


def reflected(pairs, period: Period):
    """Pairs in which somebody wrote a reflection on a session of the period."""
    return pairs.filter(Exists(written_in(period)))


def both_reflected(pairs, period: Period):
    """Pairs in which both sides wrote one."""
    written = written_in(period)
    return pairs.filter(
        Exists(written.filter(author=OuterRef("mentor"))),
        Exists(written.filter(author=OuterRef("mentee"))),
    )


def written_in(period: Period):
    """Reflections that an outer pair wrote on its sessions of the period."""
    return Reflection.objects.written().filter(
        session__in=held_in(period), session__pair=OuterRef("pk")
    )


def both_gained(pairs, period: Period):
    """Pairs in which each side came further: a milestone of its own outcome reached or
    tried, or the outcome itself reached, on a day of the period."""
    reached = Outcome.objects.filter(
        pair=OuterRef("pk"),
        state=Outcome.State.REACHED,
        reached_on__range=days_of(period),
    )
    done = Milestone.objects.done().filter(
        pair=OuterRef("pk"), done_on__range=days_of(period)
    )
    mentor = Exists(reached.filter(side="mentor")) | Exists(
        done.filter(outcome__side="mentor")
    )
    mentee = Exists(reached.filter(side="mentee")) | Exists(
        done.filter(outcome__side="mentee")
    )
    return pairs.filter(mentor, mentee)


def aligned(pairs, period: Period):
    """Pairs in which each side works towards, or has reached, one of the core outcomes
    of the charter."""
    towards = Outcome.objects.filter(
        pair=OuterRef("pk"),
        state__in=[Outcome.State.AGREED, Outcome.State.REACHED],
        created_at__date__lte=period.ends_on,
    )
    return pairs.filter(
        Exists(towards.filter(side="mentor")), Exists(towards.filter(side="mentee"))
    )


def sessions_per_pair(pairs, period: Period) -> Answered:
    """How many sessions each pair held; whatever it held beyond twice what the shortest
    rhythm plans does not count."""
    found = with_sessions(pairs, period).values_list("pk", "rhythm_days", "held")
    shortest = min((rhythm for _pk, rhythm, _held in found), default=1)
    most = 2 * planned_sessions(period, shortest)
    values = {pk: min(held, most) for pk, _rhythm, held in found}
    return Answered(MEAN, (0, most), values, of_pairs=True, within="met")


def answers_in(period: Period) -> list[Answered]:
    """What people answered for themselves alone, as numbers of one to five."""
    said: dict[str, dict] = defaultdict(dict)
    with connections[PUBLISHER].cursor() as cursor:
        cursor.execute("select * from answers_of_period(%s)", [period.pk])
        for metric, person, value in cursor:
            said[metric][person] = value
    return answered(said)


def answered(said: dict[str, dict]) -> list[Answered]:
    """Every metric of answers, empty where nobody answered."""
    return [
        Answered(name, ONE_TO_FIVE, said[name], breakdowns=BREAKDOWNS_OF.get(name))
        for name in ANSWERS
    ]


def reached_by_core(pairs, period: Period) -> list[Counted]:
    """For each core outcome of the charter in force, the pairs that reached it in the
    period: the results beside the charter's targets."""
    cores = CoreOutcome.objects.using(PUBLISHER).filter(
        charter__program=period.program_id, charter__state="in force"
    )
    reached = Outcome.objects.filter(
        state=Outcome.State.REACHED, reached_on__range=days_of(period)
    )
    return [
        Counted(
            f"{CORE}:{slug}",
            ids(pairs.filter(Exists(reached.filter(by_core(slug))))),
            breakdowns=WHOLE_ONLY,
        )
        for slug in cores.values_list("slug", flat=True)
    ]


def by_core(slug: str) -> Q:
    """Outcomes of the outer pair towards a core outcome, whatever the version."""
    return Q(pair=OuterRef("pk"), core_outcome__slug=slug)


def over_the_whole(pairs, period: Period) -> list[Counted]:
    """Figures over the whole life of pairs, only for a roster whose every cohort is
    over: an earlier look would tell what has changed since."""
    over = [Cohort.Stage.CLOSING, Cohort.Stage.ALUMNI]
    running = pairs.exclude(cohort__stage__in=over) | pairs.exclude(
        ended_at__date__lte=period.ends_on
    )
    if running.exists():
        return []
    reached = Outcome.objects.filter(pair=OuterRef("pk"), state=Outcome.State.REACHED)
    completed = pairs.filter(ending=Pair.Ending.COMPLETED)
    return [
        Counted("completed", ids(completed)),
        Counted("reached_an_outcome", ids(pairs.filter(Exists(reached)))),
    ]


def met_by_week(pairs, period: Period) -> list[Counted]:
    """For each whole week, by its first day, the pairs that met."""
    met_on = (
        held_in(period)
        .using(PUBLISHER)
        .filter(pair__in=pairs)
        .values_list("pair", "held_on")
    )
    weeks: dict[date, set] = {start: set() for start in weeks_of(period)}
    for pair, held_on in met_on:
        start = held_on - (held_on - period.starts_on) % WEEK
        if start in weeks:
            weeks[start].add(pair)
    return [
        Counted(week_name(start), frozenset(met), "met", WHOLE_ONLY)
        for start, met in weeks.items()
    ]


def week_name(start: date) -> str:
    """The name of a week's metric."""
    return f"{WEEKLY}:{start.isoformat()}"


COUNTS = {
    "met": met,
    "kept_rhythm": kept_rhythm,
    "reached_something": reached_something,
    "reached_all_due": reached_all_due,
    "reflected": reflected,
    "both_reflected": both_reflected,
    "both_gained": both_gained,
    "aligned": aligned,
}
# Whoever did the first also did the second, and everybody knows.
WITHIN = {
    "kept_rhythm": "met",
    "reflected": "met",
    "both_reflected": "reflected",
}
