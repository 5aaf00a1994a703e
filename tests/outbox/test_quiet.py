"""Quiet hours in the reader's own time, over midnight and through clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mentorship.accounts.models import User
from mentorship.outbox import actions
from mentorship.outbox.models import Kind
from mentorship.outbox.quiet import quiet_until
from tests.factories import NoticeFactory, UserFactory

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Santiago",
    "Pacific/Apia",
]


def person(zone="Europe/Berlin", quiet_from=time(20), quiet_to=time(8)):
    return User(zone=zone, quiet_from=quiet_from, quiet_to=quiet_to)


def at(text, zone="Europe/Berlin"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def is_quiet(user, moment):
    clock = moment.astimezone(user.tz).time()
    if user.quiet_from < user.quiet_to:
        return user.quiet_from <= clock < user.quiet_to
    return clock >= user.quiet_from or clock < user.quiet_to


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-05-12 21:30", "2026-05-13 08:00"),
        ("2026-05-13 07:59", "2026-05-13 08:00"),
        ("2026-05-13 08:00", None),
        ("2026-03-28 23:00", "2026-03-29 08:00"),  # the night is an hour shorter
        ("2026-10-24 23:00", "2026-10-25 08:00"),  # and here an hour longer
    ],
)
def test_quiet_hours_end_in_the_morning_after(now, until):
    assert quiet_until(person(), at(now)) == (until and at(until))


def test_somebody_without_quiet_hours_may_always_be_written_to():
    assert (
        quiet_until(person(quiet_from=None, quiet_to=None), at("2026-05-12 03:00"))
        is None
    )


@given(
    zone=some.sampled_from(ZONES),
    now=some.datetimes(
        datetime(2011, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC)
    ),
    quiet_from=some.times().map(lambda t: t.replace(second=0, microsecond=0)),
    quiet_to=some.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_nothing_arrives_in_quiet_hours_and_nothing_is_lost(
    zone, now, quiet_from, quiet_to
):
    user = person(zone, quiet_from, quiet_to)
    moves = 0
    while until := quiet_until(user, now):
        assert until > now
        assert until - now <= timedelta(hours=50), "a day was skipped in Apia, once"
        now, moves = until, moves + 1
        assert moves <= 3
    assert quiet_from == quiet_to or not is_quiet(user, now)


@pytest.mark.django_db
def test_quiet_hours_move_a_notice_and_account_mail_comes_at_once():
    night, morning = at("2026-05-12 21:30"), at("2026-05-13 08:00")
    user = UserFactory(zone="Europe/Berlin", quiet_from=time(20), quiet_to=time(8))
    notice = NoticeFactory(recipient=user, due_at=night)
    code = NoticeFactory(recipient=user, due_at=night, kind=Kind.ACCOUNT)
    assert actions.sweep(night) == 1
    notice.refresh_from_db()
    code.refresh_from_db()
    assert (notice.state, notice.due_at, code.state) == ("pending", morning, "sent")
    assert actions.sweep(morning) == 1
