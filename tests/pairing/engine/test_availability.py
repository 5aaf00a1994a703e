"""Weekly hours become quarter hours of one week in UTC."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest

from pairing.engine import availability_bins

WINTER = date(2026, 1, 5)
MONDAY, SUNDAY = 0, 6


def bins(slots, zone, week=WINTER):
    return sorted(availability_bins(slots, zone, week))


def quarter(weekday, hour, minute=0):
    return weekday * 96 + hour * 4 + minute // 15


def span(first, last):
    return list(range(first, last))


def test_hours_are_counted_from_monday_in_utc():
    slots = [(MONDAY, time(9), time(12))]
    assert bins(slots, "UTC") == span(quarter(0, 9), quarter(0, 12))
    assert bins(slots, "Europe/Berlin") == span(quarter(0, 8), quarter(0, 11))


def test_summer_time_moves_the_same_wall_time():
    slots = [(MONDAY, time(9), time(12))]
    july = bins(slots, "Europe/Berlin", date(2026, 7, 6))
    assert july == span(quarter(0, 7), quarter(0, 10))


def test_the_sunday_of_the_change_is_already_on_summer_time():
    slots = [(MONDAY, time(9), time(10)), (SUNDAY, time(9), time(10))]
    week = bins(slots, "Europe/Berlin", date(2026, 3, 23))
    before, after = quarter(0, 8), quarter(6, 7)
    assert week == span(before, before + 4) + span(after, after + 4)


@pytest.mark.parametrize(
    ("week", "hours"), [(date(2026, 3, 23), 2), (date(2026, 10, 19), 4)]
)
def test_a_night_of_change_is_as_long_as_it_really_is(week, hours):
    night = bins([(SUNDAY, time(1), time(4))], "Europe/Berlin", week)
    assert len(night) == hours * 4


def test_a_slot_may_run_over_midnight():
    slots = [(MONDAY, time(22), time(1))]
    assert bins(slots, "UTC") == span(quarter(0, 22), quarter(1, 1))
    assert bins([(MONDAY, time(20), time(0))], "UTC") == span(80, 96)


def test_the_week_wraps_around():
    assert bins([(SUNDAY, time(23), time(1))], "UTC") == [0, 1, 2, 3, *span(668, 672)]
    monday_in_tokyo = bins([(MONDAY, time(8), time(9))], "Asia/Tokyo")
    assert monday_in_tokyo == span(quarter(6, 23), quarter(6, 23) + 4)


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Asia/Kolkata", quarter(0, 3, 30)),
        ("Asia/Kathmandu", quarter(0, 3, 15)),
        ("America/St_Johns", quarter(0, 12, 30)),
    ],
)
def test_zones_off_the_full_hour_lose_nothing(zone, first):
    assert bins([(MONDAY, time(9), time(10))], zone) == span(first, first + 4)


def test_only_whole_quarter_hours_count():
    assert bins([(MONDAY, time(9, 10), time(9, 50))], "UTC") == [37, 38]


def test_any_first_day_of_the_week_will_do():
    slots = [(MONDAY, time(9), time(12)), (3, time(9), time(12))]
    weeks = [bins(slots, "UTC", WINTER + timedelta(days=n)) for n in range(7)]
    assert all(week == weeks[0] for week in weeks)


def test_an_unknown_zone_is_an_error():
    with pytest.raises(ZoneInfoNotFoundError):
        availability_bins([(MONDAY, time(9), time(12))], "Mars/Base", WINTER)
