"""Time in each stage on the way to a first session, and how many wait in it now."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .metric import Metric, Unit

# `since` and `until` are days in the program's zone; `until` is empty while somebody
# has not got there by the end of the day. Who left waits no more.
PLACES = """
    select program_id, cohort_id, since, greatest(until, since) as until,
        until is null and is_here as is_waiting
    from (
        select programs.program_id, c.id as cohort_id,
            ({since} at time zone programs.zone)::date as since,
            case when {until} < programs.ends
                then ({until} at time zone programs.zone)::date end as until,
            (place.left_at is null or place.left_at >= programs.ends)
                and (c.alumni_on is null or c.alumni_on > %(day)s) as is_here
        from programs join charter_cohort c using (program_id)
        join participants_participant place on place.cohort_id = c.id
        {more}
        where {since} < programs.ends and {whom}
    ) each_place
"""
FIRST_PAIR = """
    left join (select mentee_id, min(started_on) as started_on from pairing_pair
        group by mentee_id) pair on pair.mentee_id = place.id
"""
# A pair's first day is a day already; it begins at that day's first moment.
STARTED = "(pair.started_on::timestamp at time zone programs.zone)"

PAIRS = """
    select p.program_id, c.id as cohort_id, pair.started_on as since,
        greatest(first.held_on, pair.started_on) as until,
        first.held_on is null and (pair.ended_at is null or pair.ended_at >= p.ends)
            as is_waiting
    from programs p join charter_cohort c using (program_id)
    join pairing_pair pair on pair.cohort_id = c.id
    left join lateral (
        select min(held_on) as held_on from pairing_session s
        where s.pair_id = pair.id and s.state = 'held' and s.held_on <= %(day)s
    ) first on true
    where pair.started_on <= %(day)s
"""


def stage(name: str, label: Promise, way: Promise, rows: str) -> list[Metric]:
    """The two figures of one stage: days in it, and who waits in it."""
    return [
        Metric(
            name=f"days_{name}",
            label=format_lazy(_("Days {label}"), label=label),
            formula=format_lazy(
                _("The median of days {way}, of all that got there in the last year."),
                way=way,
            ),
            unit=Unit.DAYS,
            rows=rows,
            value="percentile_cont(0.5) within group (order by until - since)"
            " filter (where until > %(day)s - 365)",
            count="count(*) filter (where until > %(day)s - 365)",
            having="count(*) filter (where until > %(day)s - 365) > 0",
        ),
        Metric(
            name=f"waiting_{name}",
            label=format_lazy(_("Waiting {label}"), label=label),
            formula=format_lazy(
                _("How many are on their way {way} that day, out of all so far."),
                way=way,
            ),
            unit=Unit.PEOPLE,
            rows=rows,
            value="count(*) filter (where is_waiting)",
        ),
    ]


METRICS = [
    *stage(
        "to_join",
        _("to join"),
        _("from the last invitation to joining"),
        PLACES.format(since="place.invited_at", until="place.joined_at", more="", whom="true"),
    ),
    *stage(
        "to_orient",
        _("to finish orientation"),
        _("from joining to the end of orientation"),
        PLACES.format(since="place.joined_at", until="place.oriented_at", more="", whom="true"),
    ),
    *stage(
        "to_pair",
        _("for a mentor"),
        _("from the end of orientation to a mentee's first pair"),
        PLACES.format(
            since="place.oriented_at",
            until=STARTED,
            more=FIRST_PAIR,
            whom="place.is_mentee",
        ),
    ),
    *stage(
        "to_meet",
        _("for a first session"),
        _("from a pair's first day to its first session"),
        PAIRS,
    ),
]
