"""A person's weekly hours as quarter hours of one concrete week in UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BINS_PER_HOUR = 4  # quarter hours: some zones sit 30 or 45 minutes off the hour
BIN = timedelta(hours=1) / BINS_PER_HOUR
BINS_PER_WEEK = 7 * 24 * BINS_PER_HOUR
A_MONDAY = datetime(1970, 1, 5, tzinfo=UTC)

Slot = tuple[int, time, time]  # weekday (Monday is 0), from, to; wall time


def availability_bins(
    slots: Iterable[Slot], zone: str, week_start: date
) -> frozenset[int]:
    """Quarter hours (0 is Monday 00:00 UTC, 672 in all) wholly inside the slots.

    Each slot is read on its own date in the seven days from `week_start`, so summer
    time counts where it is in force. An end at or before its start is on the next
    day; what runs over the edge of the week wraps around, as the week repeats.
    Raises ZoneInfoNotFoundError for a zone that is not an IANA name.
    """
    wall = ZoneInfo(zone)
    bins: set[int] = set()
    for weekday, start, end in slots:
        day = week_start + timedelta(days=(weekday - week_start.weekday()) % 7)
        end_day = day if start < end else day + timedelta(days=1)
        since = _since_a_monday(datetime.combine(day, start, wall))
        until = _since_a_monday(datetime.combine(end_day, end, wall))
        first, last = -(-since // BIN), until // BIN
        bins.update(number % BINS_PER_WEEK for number in range(first, last))
    return frozenset(bins)


def _since_a_monday(moment: datetime) -> timedelta:
    return moment.astimezone(UTC) - A_MONDAY
