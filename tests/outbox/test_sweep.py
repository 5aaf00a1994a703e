"""Delivery: once, never lost, and nobody waits for somebody else's broken mail."""

import threading
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from mentorship.outbox import actions, tasks
from mentorship.outbox.actions import delivering
from mentorship.outbox.models import Kind, Notice, Preference
from tests.factories import NoticeFactory, RoleFactory, UserFactory
from tests.outbox.sink import sink  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def state_of(notice):
    notice.refresh_from_db()
    return notice.state


def test_a_due_notice_is_sent_once_however_often_the_sweeper_runs():
    notice = NoticeFactory()
    assert [actions.sweep(NOW), actions.sweep(NOW)] == [1, 0]
    assert state_of(notice) == "sent"
    assert len(mail.outbox) == 1


def test_a_notice_for_later_waits():
    notice = NoticeFactory(due_at=NOW + timedelta(hours=1))
    assert actions.sweep(NOW) == 0
    assert state_of(notice) == "pending"


def test_the_same_key_is_queued_once():
    first = NoticeFactory()
    twin = NoticeFactory.build(recipient=first.recipient, key=first.key)
    Notice.objects.queue([twin])
    assert Notice.objects.count() == 1


def test_what_came_too_late_is_skipped_and_says_so():
    notice = NoticeFactory(not_after=NOW - timedelta(minutes=1))
    actions.sweep(NOW)
    assert (state_of(notice), notice.skipped_because) == ("skipped", "late")
    assert mail.outbox == []


def test_an_unwanted_kind_is_skipped_and_account_mail_is_not():
    user = UserFactory()
    for kind in (Kind.SESSION, Kind.ACCOUNT):
        Preference.objects.create(user=user, kind=kind, wanted=False)
    session = NoticeFactory(recipient=user)
    account = NoticeFactory(recipient=user, kind=Kind.ACCOUNT)
    actions.sweep(NOW)
    assert (state_of(session), session.skipped_because) == ("skipped", "preference")
    assert state_of(account) == "sent"


def test_somebody_whose_account_is_closed_gets_nothing():
    notice = NoticeFactory(recipient__is_active=False)
    actions.sweep(NOW)
    assert (state_of(notice), notice.skipped_because) == ("skipped", "gone")


def test_at_most_two_reminders_a_week_and_other_kinds_do_not_count():
    user = UserFactory()
    NoticeFactory.create_batch(3, recipient=user, kind=Kind.SESSION)
    reminders = NoticeFactory.create_batch(3, recipient=user, kind=Kind.CHECK_IN)
    actions.sweep(NOW)
    assert [state_of(each) for each in reminders] == ["sent", "sent", "skipped"]
    assert reminders[2].skipped_because == "cap"
    assert len(mail.outbox) == 5


def test_a_charter_that_allows_one_reminder_a_week_is_kept():
    user = UserFactory()
    context = {"path": "/", "reminders_a_week": 1}
    NoticeFactory.create_batch(2, recipient=user, kind=Kind.MILESTONE, context=context)
    actions.sweep(NOW)
    assert len(mail.outbox) == 1


def test_a_week_later_a_reminder_may_come_again():
    user = UserFactory()
    NoticeFactory.create_batch(2, recipient=user, kind=Kind.CHECK_IN)
    actions.sweep(NOW)
    later = NOW + timedelta(days=7, minutes=1)
    NoticeFactory(recipient=user, kind=Kind.CHECK_IN, due_at=later)
    assert actions.sweep(later) == 1


def test_a_poison_notice_does_not_stop_the_others_and_is_parked_at_last():
    poison = NoticeFactory(template="tests/no_such_mail")
    others = NoticeFactory.create_batch(25)
    assert actions.sweep(NOW) == 25
    assert {state_of(each) for each in others} == {"sent"}
    for hours in range(1, 8):
        actions.sweep(NOW + timedelta(hours=hours))
    assert (state_of(poison), poison.attempts) == ("dead", 5)
    assert "TemplateDoesNotExist" in poison.last_error


def test_what_a_broken_mail_knew_is_told_to_no_coordinator(monkeypatch):
    def compose(notice, **more):
        raise LookupError(f"no such key in {notice.context}")

    poison = NoticeFactory(context={"word": "canary"})
    monkeypatch.setattr("mentorship.outbox.actions.delivering.compose", compose)
    actions.sweep(NOW)
    poison.refresh_from_db()
    assert "LookupError in tests/plain" in poison.last_error
    assert "canary" not in poison.last_error


def test_a_mail_server_that_is_away_is_asked_again_after_1_5_15_and_60_minutes(
    settings,
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    notice = NoticeFactory()
    waits, at = [], NOW
    for _attempt in range(5):
        actions.sweep(at)
        assert state_of(notice) == "pending"
        waits.append(round((notice.due_at - at).total_seconds() / 60))
        at = notice.due_at
    assert waits == [1, 5, 15, 60, 60]


def test_one_try_is_enough_to_know_that_the_server_is_away(monkeypatch):
    tries = []

    def shut(self):
        tries.append(1)
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", shut)
    notices = NoticeFactory.create_batch(30)
    actions.sweep(NOW)
    assert len(tries) == 1
    assert {state_of(each) for each in notices} == {"pending"}


def test_an_address_refused_for_good_is_dead_and_the_others_arrive(sink):  # noqa: F811
    gone = NoticeFactory()
    busy = NoticeFactory()
    fine = NoticeFactory()
    sink.answers = {
        gone.recipient.email: "550 No such person",
        busy.recipient.email: "450 Try later",
    }
    actions.sweep(NOW)
    assert [state_of(each) for each in (gone, busy, fine)] == [
        "dead",
        "pending",
        "sent",
    ]
    assert gone.last_error == "550 No such person"


def test_a_killed_sender_loses_nothing_and_the_twin_has_the_same_message_id(
    sink,  # noqa: F811
    monkeypatch,
):
    notices = NoticeFactory.create_batch(3)

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.sweep(NOW)
    assert actions.sweep(NOW) == 0, "the leases still run"
    assert actions.sweep(NOW + actions.LEASE + timedelta(minutes=1)) == 3
    assert {state_of(each) for each in notices} == {"sent"}
    assert sorted(sink.ids.values()) == [1, 1, 2]


def test_a_sender_that_lost_its_lease_does_not_overwrite_the_other():
    notice = NoticeFactory()
    (slow,) = actions.claim(NOW)
    later = NOW + actions.LEASE + timedelta(minutes=1)
    assert actions.sweep(later) == 1
    actions.put_off(slow, SMTPServerDisconnected("too late"), later)
    assert state_of(notice) == "sent"


@pytest.mark.django_db(transaction=True)
def test_concurrent_sweepers_send_each_mail_once(sink):  # noqa: F811
    user = UserFactory()
    NoticeFactory.create_batch(60)
    NoticeFactory.create_batch(6, recipient=user, kind=Kind.CHECK_IN)
    errors = []

    def run():
        try:
            actions.sweep(NOW)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert errors == []
    assert len(sink.mails) == 62, "sixty, and two reminders of six"
    assert set(sink.ids.values()) == {1}


def test_a_person_may_retry_a_dead_notice_and_the_log_says_who():
    coordinator = RoleFactory().user
    notice = NoticeFactory(state="dead", attempts=5)
    actions.retry(notice, by=coordinator, at=NOW)
    assert (state_of(notice), notice.attempts) == ("pending", 0)
    with pytest.raises(actions.NotRetriable):
        actions.retry(notice, by=coordinator, at=NOW)


def test_the_task_delivers_what_is_due_now():
    NoticeFactory()
    tasks.sweep.run()
    assert len(mail.outbox) == 1
