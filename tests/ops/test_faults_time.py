"""Faults of time, in short: each as `manage.py soak` makes it in full."""

from mentorship.ops.soak import time as faults
from tests.ops.faults import survived


def test_two_beats_and_two_sweepers_send_each_mail_once(django_db_blocker):
    finding = survived("F3", django_db_blocker)
    assert finding.figures == {"due": 20, "planned": 20, "sent": 20, "repeats": 0}


def test_the_local_time_is_right_in_thirty_zones_over_two_years():
    finding = faults.clocks_change(seed=1, short=True)
    assert finding.broken == []
    assert finding.figures["moments"] > 30 * 3 * 102


def test_who_moves_twenty_times_on_the_day_has_one_mail_that_week(django_db_blocker):
    finding = survived("F13", django_db_blocker)
    assert finding.figures["mails"] == 2


def test_quiet_hours_hold_over_midnight_and_clock_changes():
    finding = faults.quiet_hours(seed=1, short=True)
    assert finding.broken == []
    assert finding.figures["mails"] > 400


def test_a_planner_that_adds_seven_days_in_utc_would_be_found():
    zone = faults.ZoneInfo("Europe/Berlin")
    first = faults.instant(faults.date(2025, 12, 30), faults.NINE, zone)
    naive = [first + faults.timedelta(weeks=n) for n in range(104)]
    found = [(at.astimezone(zone).date(), at) for at in naive]
    assert len(faults.problems(found, faults.NINE, zone, 104)) > 50
