"""Wall times become moments, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mentorship.charter.hours import Beat, days_around, instant, week_of

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/Sao_Paulo",
]
ANCHOR = date(2025, 3, 3)


@given(
    zone=st.sampled_from(ZONES),
    week=st.integers(0, 51),
    weekday=st.integers(0, 6),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0)),
)
def test_every_local_week_has_one_moment_at_the_right_hour(zone, week, weekday, at):
    zone = ZoneInfo(zone)
    monday = date(2025, 12, 29) + timedelta(weeks=week)
    beat = Beat.weekly(at, weekday, 1, ANCHOR)
    (day,) = [
        monday + timedelta(days=n)
        for n in range(7)
        if beat.falls_on(monday + timedelta(days=n))
    ]
    local = instant(day, at, zone).astimezone(zone)
    wanted = datetime.combine(day, at)
    gap = local.replace(tzinfo=None) - wanted
    # On the very minute, or as much later as the clocks have jumped.
    assert gap in {timedelta(0), timedelta(minutes=30), timedelta(hours=1)}
    if gap:
        before = local - timedelta(hours=3)
        assert local.utcoffset() - before.utcoffset() == gap
    assert local.fold == 0


@given(
    day=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    every=st.integers(1, 12),
    anchor=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)
def test_one_week_of_every_n_is_in_turn_counted_from_the_anchors(day, every, anchor):
    beat = Beat.weekly(time(9), 0, every, anchor)
    mondays = [day - timedelta(days=day.weekday(), weeks=-n) for n in range(every)]
    (found,) = [monday for monday in mondays if beat.falls_on(monday)]
    assert (week_of(found) - week_of(anchor)) % every == 0


@given(
    zone=st.sampled_from(ZONES),
    hours=st.integers(0, 24 * 365),
    ahead=st.integers(1, 60),
)
def test_windows_that_meet_leave_out_no_moment_and_give_none_twice(zone, hours, ahead):
    zone, beat = ZoneInfo(zone), Beat(time(9, 30))
    first = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    middle = first + timedelta(hours=ahead)
    last = middle + timedelta(hours=48)
    whole = list(beat.moments(first, last, zone))
    halves = [*beat.moments(first, middle, zone), *beat.moments(middle, last, zone)]
    assert halves == whole
    days = [day for _subject, day, _moment in whole]
    assert days == sorted(set(days))
    assert (days[-1] - days[0]).days == len(days) - 1


def test_a_day_that_a_zone_skips_is_made_up_for_the_day_after():
    apia = ZoneInfo("Pacific/Apia")  # had no 30 December 2011
    first = datetime(2011, 12, 30, 10, 30, tzinfo=UTC)  # the 31st, half past midnight
    (moment,) = [
        moment
        for _subject, day, moment in Beat(time(9)).moments(
            first, first + timedelta(hours=24), apia
        )
        if day == date(2011, 12, 30)
    ]
    assert moment.astimezone(apia) == datetime(2011, 12, 31, 9, tzinfo=apia)
    assert date(2011, 12, 30) in days_around(first, first, apia)


def test_the_subject_lies_as_many_days_off_as_the_beat_says():
    beat = Beat(time(9), shift=-1)
    first = datetime(2026, 10, 20, tzinfo=UTC)
    ((subject, day, _at),) = beat.moments(
        first, first + timedelta(hours=24), ZoneInfo("Europe/Berlin")
    )
    assert (subject, day) == (date(2026, 10, 21), date(2026, 10, 20))
