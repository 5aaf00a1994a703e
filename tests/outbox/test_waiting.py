"""Reminders wait while a cohort has its hands full, and are not lost."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentorship.charter.actions import add_busy_time, drop_busy_time
from mentorship.charter.models import BusyTime
from mentorship.outbox import actions
from mentorship.outbox.models import Kind, Notice
from tests.factories import CohortFactory, NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 6)
TUESDAY_NINE = datetime.combine(date(2026, 11, 3), time(9), tzinfo=BERLIN)
SATURDAY_NINE = datetime.combine(date(2026, 11, 7), time(9), tzinfo=BERLIN)


@pytest.fixture
def cohort():
    cohort = CohortFactory(program__zone="Europe/Berlin")
    BusyTime.objects.create(cohort=cohort, starts_on=MONDAY, ends_on=FRIDAY)
    return cohort


def a_reminder(cohort, kind=Kind.CHECK_IN, **fields):
    return NoticeFactory(
        recipient=fields.pop("recipient", None) or UserFactory(zone="Europe/Berlin"),
        kind=kind,
        cohort_id=cohort.pk,
        due_at=TUESDAY_NINE,
        not_after=TUESDAY_NINE + timedelta(hours=36),
        **fields,
    )


@pytest.mark.parametrize("kind", Kind.reminders())
def test_a_reminder_of_a_busy_week_goes_out_at_its_hour_on_the_day_after(cohort, kind):
    notice = a_reminder(cohort, kind)
    assert actions.sweep(TUESDAY_NINE) == 0
    notice.refresh_from_db()
    assert (notice.state, notice.due_at) == ("pending", SATURDAY_NINE)
    assert notice.not_after == SATURDAY_NINE + timedelta(hours=36)
    assert actions.sweep(SATURDAY_NINE - timedelta(minutes=1)) == 0
    assert actions.sweep(SATURDAY_NINE) == 1


def test_other_mail_does_not_wait(cohort):
    for kind in set(Kind) - set(Kind.reminders()):
        a_reminder(cohort, kind)
    assert actions.sweep(TUESDAY_NINE) == len(set(Kind)) - len(Kind.reminders())


def test_reminders_of_other_cohorts_do_not_wait(cohort):
    a_reminder(CohortFactory())
    NoticeFactory(kind=Kind.CHECK_IN, due_at=TUESDAY_NINE)
    assert actions.sweep(TUESDAY_NINE) == 2


def test_two_busy_times_in_a_row_hold_a_reminder_until_both_are_over(cohort):
    add_busy_time(
        cohort,
        starts_on=date(2026, 11, 7),
        ends_on=date(2026, 11, 8),
        by=UserFactory(),
        at=TUESDAY_NINE,
    )
    a_reminder(cohort)
    for moment in (TUESDAY_NINE, SATURDAY_NINE):
        assert actions.sweep(moment) == 0
    assert Notice.objects.get().due_at == SATURDAY_NINE + timedelta(days=2)


def test_a_reader_far_ahead_waits_until_the_programs_day_is_over(cohort):
    """It is Saturday in Auckland while Friday, the last busy day, goes on in Berlin."""
    notice = a_reminder(cohort, recipient=UserFactory(zone="Pacific/Auckland"))
    nearly = datetime.combine(FRIDAY, time(21), tzinfo=BERLIN)
    Notice.objects.update(due_at=nearly, not_after=nearly + timedelta(hours=36))
    moment = nearly
    while not actions.sweep(moment):
        notice.refresh_from_db()
        assert notice.state == "pending"
        moment = max(notice.due_at, moment)
    assert moment.astimezone(BERLIN).date() > FRIDAY


def test_days_that_are_no_longer_busy_hold_nothing_back(cohort):
    drop_busy_time(cohort.busy_times.get(), by=UserFactory(), at=TUESDAY_NINE)
    a_reminder(cohort)
    assert actions.sweep(TUESDAY_NINE) == 1
