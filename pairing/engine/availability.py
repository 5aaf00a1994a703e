"""A person's weekly hours as quarter hours of concrete weeks in UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BINS_PER_HOUR = 4  # quarter hours: some zones sit 30 or 45 minutes off the hour
BIN = timedelta(hours=1) / BINS_PER_HOUR
BINS_PER_WEEK = 7 * 24 * BINS_PER_HOUR

Slot = tuple[int, time, time]  # weekday (Monday is 0), from, to; wall time


def availability_bits(
    slots: Iterable[Slot], zone: str, start: date, weeks: int = 1
) -> int:
    """Quarter hours wholly inside the slots, as a bit set.

    Bit 0 is `start` at 00:00 UTC; there are 672 bits a week. Each slot is read on its
    own dates, so summer time counts where it is in force; an end at or before its
    start is on the next day. What lies outside the weeks does not count, what reaches
    into them from the days before does.
    Raises ZoneInfoNotFoundError for a zone that is not an IANA name.
    """
    wall = ZoneInfo(zone)
    opening = datetime.combine(start, time(), UTC)
    window = (1 << weeks * BINS_PER_WEEK) - 1
    bits = 0
    for weekday, begins, ends in slots:
        # A wall clock is up to 14 hours off UTC, and a slot may begin the day before.
        for day in _dates(weekday, start - timedelta(2), start + timedelta(7 * weeks)):
            last_day = day if begins < ends else day + timedelta(days=1)
            since = datetime.combine(day, begins, wall).astimezone(UTC) - opening
            until = datetime.combine(last_day, ends, wall).astimezone(UTC) - opening
            bits |= _span(-(-since // BIN), until // BIN)
    return bits & window


def _dates(weekday: int, first: date, last: date) -> Iterable[date]:
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


def _span(first: int, end: int) -> int:
    """Bits from `first` up to `end`; what is before the first bit is dropped."""
    first = max(first, 0)
    return ((1 << end - first) - 1) << first if end > first else 0
