"""Which nights of the past make the periods and the trends of the sample program."""

from datetime import date, datetime, timedelta

from mentorship.insights.actions import months_later

from .days import first_cohort, monday_of, second_cohort
from .story import ZONE

MONTHS = 3
WEEKS_MEASURED = 16


def nights(now: datetime) -> list[date]:
    """The days whose nights open and close every quarter so far, oldest first: two of
    the first cohort and one of the second, which ended last week."""
    monday = monday_of(now.astimezone(ZONE).date())
    first = first_cohort(monday).active_on + timedelta(days=18)
    second = second_cohort(monday).pilot_on + timedelta(days=5)
    turn = months_later(first, MONTHS)
    ends = months_later(turn, MONTHS)
    return [first, turn, ends, second, months_later(second, MONTHS)]


def measured(now: datetime) -> list[date]:
    """The days of which a trend needs figures: the Sundays of some weeks, and
    yesterday; oldest first."""
    today = now.astimezone(ZONE).date()
    sunday = monday_of(today) - timedelta(days=1)
    sundays = {sunday - timedelta(weeks=back) for back in range(WEEKS_MEASURED)}
    return sorted(sundays | {today - timedelta(days=1)})
