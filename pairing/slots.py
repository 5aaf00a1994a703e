"""Times that suit two people, from the weekly hours of both. Pure: no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from pairing.engine.availability import BIN, availability_bits

WEEKS_AHEAD = 3
AT_LEAST_BEFORE = timedelta(hours=12)
OFFERED = 5

Hours = tuple[int, time, time, str]  # weekday (Monday is 0), from, to, zone
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Search:
    """From `now` on, for so many minutes; days are those of the reader's `zone`."""

    now: datetime
    minutes: int
    zone: ZoneInfo

    @property
    def opening(self) -> datetime:
        """The midnight (UTC) that quarter hours are counted from."""
        return datetime.combine(self.now.astimezone(UTC).date(), time(), UTC)

    @property
    def until(self) -> datetime:
        return self.now + timedelta(weeks=WEEKS_AHEAD)

    def free_bits(self, hours: Iterable[Hours]) -> int:
        """Quarter hours that suit somebody, as a bit set."""
        bits = 0
        for weekday, starts, ends, zone in hours:
            one = [(weekday, starts, ends)]
            # One week more: the last of the three need not begin on our first day.
            bits |= availability_bits(one, zone, self.opening.date(), WEEKS_AHEAD + 1)
        return bits

    def taken_bits(self, spans: Iterable[Span]) -> int:
        """Quarter hours that any of the spans touches."""
        bits = 0
        for since, until in spans:
            first = max((since - self.opening) // BIN, 0)
            end = -((self.opening - until) // BIN)
            bits |= ((1 << max(end - first, 0)) - 1) << first
        return bits

    def starts(self, free: int) -> list[datetime]:
        """Where the minutes fit into free quarter hours, at full and half hours."""
        for _quarter in range(1, -(-timedelta(minutes=self.minutes) // BIN)):
            free &= free >> 1
        moments = (
            self.opening + number * BIN
            for number in range(free.bit_length())
            if free >> number & 1
        )
        return [
            moment
            for moment in moments
            if self.now + AT_LEAST_BEFORE <= moment <= self.until
            and moment.astimezone(self.zone).minute in (0, 30)
        ]


def shared_slots(
    search: Search, people: Sequence[Iterable[Hours]], taken: Iterable[Span]
) -> list[datetime]:
    """Up to five starts that suit all, spread over the days; empty when none does."""
    free = ~search.taken_bits(taken)
    for hours in people:
        free &= search.free_bits(hours)
    if free < 0:  # nobody was named
        return []
    return spread(search, search.starts(free))


def spread(search: Search, moments: list[datetime]) -> list[datetime]:
    """Five of the moments: on as many days as there are, far apart, early and late in
    turn; then others of the same days that do not overlap."""
    days = [
        list(of_day)
        for _day, of_day in groupby(
            moments, key=lambda moment: moment.astimezone(search.zone).date()
        )
    ]
    days = evenly(days, OFFERED)
    chosen: list[datetime] = []
    while any(days) and len(chosen) < OFFERED:
        for number, of_day in enumerate(days):
            if of_day and len(chosen) < OFFERED:
                chosen.append(of_day[-1 if number % 2 else 0])
        days = [apart(search, of_day, chosen) for of_day in days]
    return sorted(chosen)


def evenly(days: list, count: int) -> list:
    """At most so many of the days, the first and the last among them."""
    if len(days) <= count:
        return days
    return [days[number * (len(days) - 1) // (count - 1)] for number in range(count)]


def apart(search: Search, moments: list[datetime], chosen: list[datetime]) -> list:
    """The moments that overlap none of those chosen."""
    length = timedelta(minutes=search.minutes)
    return [
        moment
        for moment in moments
        if all(abs(moment - other) >= length for other in chosen)
    ]


def whole_days(first: date, last: date, zone: ZoneInfo) -> Span:
    """From the first day's beginning to the last day's end in a zone."""
    begins = datetime.combine(first, time(), zone)
    ends = datetime.combine(last + timedelta(days=1), time(), zone)
    return begins.astimezone(UTC), ends.astimezone(UTC)
