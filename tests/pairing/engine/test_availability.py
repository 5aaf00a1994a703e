"""Weekly hours become quarter hours of concrete weeks in UTC."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest

from pairing.engine import availability_bits

WINTER = date(2026, 1, 5)
MONDAY, SUNDAY = 0, 6


def bins(slots, zone, start=WINTER, weeks=1):
    bits = availability_bits(slots, zone, start, weeks)
    return [number for number in range(bits.bit_length()) if bits >> number & 1]


def quarter(day, hour, minute=0):
    return day * 96 + hour * 4 + minute // 15


def span(first, end):
    return list(range(first, end))


def test_hours_are_counted_from_the_first_day_in_utc():
    slots = [(MONDAY, time(9), time(12))]
    assert bins(slots, "UTC") == span(quarter(0, 9), quarter(0, 12))
    assert bins(slots, "Europe/Berlin") == span(quarter(0, 8), quarter(0, 11))
    from_thursday = bins(slots, "UTC", WINTER + timedelta(days=3))
    assert from_thursday == span(quarter(4, 9), quarter(4, 12))


def test_a_slot_returns_every_week():
    weeks = bins([(MONDAY, time(9), time(10))], "UTC", weeks=3)
    assert weeks == [quarter(7 * week, 9) + n for week in range(3) for n in range(4)]


def test_summer_time_moves_the_same_wall_time():
    slots = [(MONDAY, time(9), time(12))]
    july = bins(slots, "Europe/Berlin", date(2026, 7, 6))
    assert july == span(quarter(0, 7), quarter(0, 10))


def test_the_week_after_the_change_is_an_hour_off_the_week_before():
    slots = [(MONDAY, time(9), time(10))]
    before, after = quarter(0, 8), quarter(7, 7)
    two_weeks = bins(slots, "Europe/Berlin", date(2026, 3, 23), weeks=2)
    assert two_weeks == span(before, before + 4) + span(after, after + 4)


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


def test_a_night_before_the_first_day_reaches_into_it():
    night = [(SUNDAY, time(23), time(1))]
    assert bins(night, "UTC") == [*span(0, 4), *span(quarter(6, 23), quarter(7, 0))]
    assert bins(night, "Etc/GMT+12")[:8] == span(quarter(0, 11), quarter(0, 13))


def test_a_monday_in_tokyo_begins_on_a_sunday_in_utc():
    monday = [(MONDAY, time(8), time(9))]
    assert bins(monday, "Asia/Tokyo") == span(quarter(6, 23), quarter(7, 0))


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


def test_an_unknown_zone_is_an_error():
    with pytest.raises(ZoneInfoNotFoundError):
        availability_bits([(MONDAY, time(9), time(12))], "Mars/Base", WINTER)
