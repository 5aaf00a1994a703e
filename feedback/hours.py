"""When a check-in is due on somebody's own clock. Pure: no database, no clock.

A repeating time is a weekday, a wall time and a zone, never an instant plus seven
days: the hour stays the same when the clocks change.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The first check-in leaves a new pair a week to meet.
SETTLING_IN = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_check_in_day(
    day: date, *, weekday: int, every_weeks: int, anchor: date, started_on: date
) -> bool:
    """Whether `day` is one of the rhythm: the right weekday, in every n-th week
    counted from the week of `anchor`, and not in a pair's first week."""
    if day.weekday() != weekday or day < started_on + SETTLING_IN:
        return False
    weeks = (monday_of(day) - monday_of(anchor)).days // 7
    return weeks % every_weeks == 0


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment of a wall time: the first of two when the clocks go back, and as much
    later as they jump when they go forward. Aware, in UTC."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(ZoneInfo("UTC"))


def days_around(first: datetime, last: datetime, zone: ZoneInfo) -> list[date]:
    """Every local day touched between two moments."""
    day, end = first.astimezone(zone).date(), last.astimezone(zone).date()
    return [day + timedelta(days=n) for n in range((end - day).days + 1)]
