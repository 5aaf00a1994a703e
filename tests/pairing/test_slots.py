"""Times that suit two people: across zones, over clock changes, spread over days."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.slots import Search, shared_slots

LONDON, LISBON, NEW_YORK = "Europe/London", "Europe/Lisbon", "America/New_York"
KOLKATA, KATHMANDU = "Asia/Kolkata", "Asia/Kathmandu"
MONDAY = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)


def hours(zone, starts=9, ends=17, days=range(5)):
    return [(day, time(starts), time(ends), zone) for day in days]


def slots(*people, now=MONDAY, minutes=45, zone=LONDON, taken=()):
    return shared_slots(Search(now, minutes, ZoneInfo(zone)), people, taken)


def walls(found, zone):
    return [moment.astimezone(ZoneInfo(zone)).strftime("%a %H:%M") for moment in found]


def test_five_times_on_five_days_over_three_weeks():
    found = slots(hours(LONDON), hours(LONDON))
    assert len({moment.date() for moment in found}) == 5
    assert found[-1] - found[0] > timedelta(days=14)
    assert found == sorted(found)


def test_an_ocean_apart_leaves_the_hours_that_both_have():
    found = slots(hours(LONDON), hours(NEW_YORK))
    for moment in found:
        assert time(14) <= moment.astimezone(ZoneInfo(LONDON)).time() <= time(16, 15)
        assert time(9) <= moment.astimezone(ZoneInfo(NEW_YORK)).time()


def test_in_the_week_when_one_zone_has_changed_its_clocks_the_hours_still_fit():
    # New York changes on 8 March 2026, London on 29 March.
    now = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
    one = [(3, time(14), time(15), LONDON)]
    other = [(3, time(9), time(10), NEW_YORK)]
    found = slots(one, other, now=now, minutes=60)
    # Thursdays 12 and 19 March: 14:00 in London is 10:00 in New York.
    assert found == []
    wider = slots(one, [(3, time(9), time(11), NEW_YORK)], now=now, minutes=60)
    assert walls(wider, LONDON) == ["Thu 14:00"] * 2
    assert walls(wider, NEW_YORK) == ["Thu 10:00"] * 2


def test_the_same_wall_time_is_offered_before_and_after_a_clock_change():
    now = datetime(2026, 3, 18, 6, 0, tzinfo=UTC)
    only = [(3, time(10), time(11), LONDON)]
    found = slots(only, only, now=now, minutes=60)
    assert walls(found, LONDON) == ["Thu 10:00"] * 3
    assert {moment.hour for moment in found} == {9, 10}  # UTC


def test_zones_off_the_hour_meet_at_half_hours_of_the_reader():
    found = slots(hours(KOLKATA), hours(KATHMANDU), zone=KOLKATA)
    assert {moment.astimezone(ZoneInfo(KOLKATA)).minute for moment in found} <= {0, 30}
    assert len(found) == 5


def test_one_shared_day_still_gives_several_times_that_do_not_overlap():
    tuesdays = hours(LONDON, 9, 12, days=[1])
    found = slots(tuesdays, tuesdays, minutes=60)
    assert len(found) == 5
    assert {moment.weekday() for moment in found} == {1}
    for one, other in pairwise(found):
        assert other - one >= timedelta(minutes=60)


def test_nothing_is_offered_within_twelve_hours_or_beyond_three_weeks():
    found = slots(hours(LONDON, 0, 23, range(7)), hours(LONDON, 0, 23, range(7)))
    assert found[0] >= MONDAY + timedelta(hours=12)
    assert found[-1] <= MONDAY + timedelta(weeks=3)


@pytest.mark.parametrize("people", [[[], []], [hours(LONDON), []]])
def test_somebody_without_hours_shares_none(people):
    assert slots(*people) == []


def test_what_is_taken_is_not_offered():
    day = datetime(2026, 5, 5, 0, 0, tzinfo=UTC)
    weeks = [(day, day + timedelta(days=13))]
    found = slots(hours(LONDON), hours(LONDON), taken=weeks)
    assert found
    assert all(moment >= day + timedelta(days=13) for moment in found)


def test_a_session_that_is_planned_already_is_not_overlapped():
    wednesday = [(2, time(9), time(11), "UTC")]
    busy = datetime(2026, 5, 6, 9, 40, tzinfo=UTC)
    found = slots(
        wednesday,
        wednesday,
        minutes=30,
        zone="UTC",
        taken=[(busy, busy + timedelta(minutes=40))],
    )
    for moment in found:
        ends = moment + timedelta(minutes=30)
        assert ends <= busy or moment >= busy + timedelta(minutes=40)


row = st.tuples(
    st.integers(0, 6),
    st.times(),
    st.times(),
    st.sampled_from([LONDON, NEW_YORK, KOLKATA, "Pacific/Apia", "America/St_Johns"]),
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(row, max_size=4),
    st.lists(row, max_size=4),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC)),
    st.sampled_from([15, 30, 45, 60, 90]),
)
def test_every_time_offered_lies_within_hours_of_both(one, other, now, minutes):
    one = [hours for hours in one if hours[1] != hours[2]]
    other = [hours for hours in other if hours[1] != hours[2]]
    for moment in slots(one, other, now=now, minutes=minutes):
        for person in (one, other):
            quarter = timedelta(minutes=15)
            for step in range(-(-minutes // 15)):
                since = moment + step * quarter
                assert any(holds(hours, since, since + quarter) for hours in person)


def holds(hours, since, until) -> bool:
    """Whether one weekly span covers a quarter of an hour, the plain way."""
    weekday, starts, ends, zone = hours
    wall = ZoneInfo(zone)
    for days in (-2, -1, 0, 1):
        day = since.astimezone(wall).date() + timedelta(days=days)
        if day.weekday() != weekday:
            continue
        last = day if starts < ends else day + timedelta(days=1)
        begins = datetime.combine(day, starts, wall).astimezone(UTC)
        closes = datetime.combine(last, ends, wall).astimezone(UTC)
        if begins <= since and until <= closes:
            return True
    return False
