"""Time in each stage on the way to a first session, and how many wait in it now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .metric import Metric, Unit

MEDIAN = "percentile_cont(0.5) within group (order by until - since)"
LATELY = "filter (where until > %(day)s - 365)"

# `since` and `until` are days in the program's zone; `until` is empty while somebody
# has not got there by the end of the day. Who left waits no more.
PLACES = """
    select program_id, cohort_id, since, until + greatest(since - until, 0) as until,
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
    select p.program_id, c.id as cohort_id, pair.id, pair.started_on as since,
        first.held_on + greatest(pair.started_on - first.held_on, 0) as until,
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


def stage(
    name: str,
    rows: str,
    *,
    days: tuple[Promise, Promise],
    waits: tuple[Promise, Promise],
    behind: Promise | None = None,
) -> list[Metric]:
    """The two figures of one stage, each with its label and formula: how long it took
    those who got there, and who is in it now; `behind` names these when they are
    pairs."""
    return [
        Metric(
            name=f"days_{name}",
            label=days[0],
            formula=days[1],
            unit=Unit.DAYS,
            rows=rows,
            value=f"{MEDIAN} {LATELY}",
            count=f"count(*) {LATELY}",
            having=f"count(*) {LATELY} > 0",
        ),
        Metric(
            name=f"waiting_{name}",
            label=waits[0],
            formula=waits[1],
            unit=Unit.PEOPLE,
            rows=rows,
            value="count(*) filter (where is_waiting)",
            behind=("is_waiting", behind) if behind else None,
        ),
    ]


METRICS = [
    *stage(
        "to_join",
        PLACES.format(
            since="place.invited_at", until="place.joined_at", more="", whom="true"
        ),
        days=(
            _("Days until people join"),
            _(
                "The median of days from the last invitation to joining, of all who "
                "joined in the last year."
            ),
        ),
        waits=(
            _("Invited and not joined"),
            _(
                "People invited by that day who have not joined and have not left, out "
                "of all invited so far."
            ),
        ),
    ),
    *stage(
        "to_orient",
        PLACES.format(
            since="place.joined_at", until="place.oriented_at", more="", whom="true"
        ),
        days=(
            _("Days until orientation is done"),
            _(
                "The median of days from joining to the end of orientation, of all who "
                "finished it in the last year."
            ),
        ),
        waits=(
            _("Joined, orientation not done"),
            _(
                "People who joined by that day, have not finished orientation and have "
                "not left, out of all who joined so far."
            ),
        ),
    ),
    *stage(
        "to_pair",
        PLACES.format(
            since="place.oriented_at",
            until=STARTED,
            more=FIRST_PAIR,
            whom="place.is_mentee",
        ),
        days=(
            _("Days until mentees have a mentor"),
            _(
                "The median of days from the end of orientation to a mentee's first "
                "pair, of all mentees whose first pair began in the last year."
            ),
        ),
        waits=(
            _("Mentees without a first mentor"),
            _(
                "Mentees oriented by that day who never had a mentor and have not "
                "left, out of all mentees oriented so far."
            ),
        ),
    ),
    *stage(
        "to_meet",
        PAIRS,
        days=(
            _("Days until pairs meet"),
            _(
                "The median of days from a pair's first day to its first session, of "
                "all pairs that first met in the last year."
            ),
        ),
        waits=(
            _("Pairs before their first session"),
            _(
                "Pairs that had begun and not ended by that day and have held no "
                "session, out of all pairs begun so far."
            ),
        ),
        behind=_("Pairs that have not held a first session"),
    ),
]
