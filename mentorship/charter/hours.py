"""When a reminder is due on somebody's own clock. Pure: no database, no clock.

A repeating time is a weekday, a wall time and a zone, never an instant plus seven
days: the hour stays the same when the clocks change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Beat:
    """On which days, and when on them: on `weekday` (0 is Monday) of every n-th week,
    counted from `phase`; without one, `shift` days after a subject's day."""

    at: time
    shift: int = 0
    weekday: int | None = None
    every_weeks: int = 1
    phase: int = 0

    @classmethod
    def weekly(cls, at: time, weekday: int, every_weeks: int, anchor: date) -> "Beat":
        """A beat whose weeks are counted from the week of `anchor`."""
        phase = week_of(anchor) % every_weeks
        return cls(at, weekday=weekday, every_weeks=every_weeks, phase=phase)

    def falls_on(self, day: date) -> bool:
        if self.weekday is None:
            return True
        in_turn = week_of(day) % self.every_weeks == self.phase
        return in_turn and day.weekday() == self.weekday

    def moments(
        self, first: datetime, last: datetime, zone: ZoneInfo
    ) -> Iterator[tuple[date, date, datetime]]:
        """(the subject's day, the reminder's day, its moment) after `first` and not
        after `last`, for somebody who lives in `zone`."""
        for day in days_around(first, last, zone):
            moment = instant(day, self.at, zone)
            if first < moment <= last and self.falls_on(day):
                yield day - timedelta(days=self.shift), day, moment


def week_of(day: date) -> int:
    """The number of a week that starts on Monday, counted from the year 1."""
    return (day.toordinal() - 1) // 7


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment of a wall time: the first of two when the clocks go back, and as much
    later as they jump when they go forward. Aware, in UTC."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def days_around(first: datetime, last: datetime, zone: ZoneInfo) -> list[date]:
    """Every local day touched between two moments, and the day before, whose late hours
    a zone that skips a day moves into the next."""
    day, end = first.astimezone(zone).date(), last.astimezone(zone).date()
    return [day + timedelta(days=n) for n in range(-1, (end - day).days + 1)]
