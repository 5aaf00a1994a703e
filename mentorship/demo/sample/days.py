"""When things happen, counted from the Monday of this week."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from random import Random


@dataclass(frozen=True)
class Days:
    """The first days of a cohort's stages, named like the fields of a Cohort."""

    onboarding_on: date
    pairing_on: date
    pilot_on: date
    active_on: date
    closing_on: date
    alumni_on: date

    def as_dict(self) -> dict[str, date]:
        return asdict(self)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def from_monday(monday: date, *days: int) -> Days:
    return Days(*(monday + timedelta(days=each) for each in days))


def first_cohort(monday: date) -> Days:
    """Over since 21 weeks, after half a year of work."""
    return from_monday(monday, -413, -392, -378, -343, -161, -147)


def second_cohort(monday: date) -> Days:
    """Active for six full weeks out of twenty."""
    return from_monday(monday, -133, -112, -98, -42, 98, 112)


def third_cohort(monday: date) -> Days:
    """Its people have joined; pairing begins this week."""
    return from_monday(monday, -21, 0, 21, 77, 217, 231)


def working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def meeting_days(random: Random, first: date, last: date, rhythm: int) -> list[date]:
    """Working days from `first` to `last`, about `rhythm` days apart, oldest first."""
    days, day = [], last
    while day >= first:
        days.append(working_day(day))
        day -= timedelta(days=rhythm + random.randint(-rhythm // 5, rhythm // 5))
    return days[::-1]
