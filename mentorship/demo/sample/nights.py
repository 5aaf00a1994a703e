"""Which nights of the past make the periods of the sample program."""

from datetime import date, datetime, timedelta

from mentorship.insights.actions.opening import months_later

from .days import first_cohort, monday_of, second_cohort
from .story import ZONE

MONTHS = 3


def nights(now: datetime) -> list[date]:
    """The days whose nights open, close and publish every quarter so far, oldest first:
    two of the first cohort and one of the second, which ended last week."""
    monday = monday_of(now.astimezone(ZONE).date())
    first = first_cohort(monday).active_on + timedelta(days=18)
    second = second_cohort(monday).pilot_on + timedelta(days=5)
    turn = months_later(first, MONTHS)
    ends = months_later(turn, MONTHS)
    last = months_later(second, MONTHS)
    # A period is published the night after the one that closes it.
    published = [day + timedelta(days=1) for day in (turn, ends, last)]
    return sorted([first, turn, ends, second, last, *published])
