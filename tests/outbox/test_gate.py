"""The gate all senders pass: held by hand, shut after failures, opened at a pace."""

import threading
from datetime import timedelta

import pytest
from celery.signals import worker_shutting_down
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from mentorship.outbox import actions, tasks
from mentorship.outbox.actions import delivering
from mentorship.outbox.actions.pacing import NotYet
from mentorship.outbox.models import Gate, Kind, Notice
from tests.factories import NoticeFactory, UserFactory
from tests.outbox.sink import sink  # noqa: F401  a fixture
from tests.races import at_once

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def tries(monkeypatch):
    """Each connection attempt; the server refuses while `tries.away`."""

    class Tries(list):
        away = True

    tries = Tries()

    def connect(self):
        tries.append(1)
        if tries.away:
            raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", connect)
    return tries


def test_while_mail_is_held_nothing_goes_out_and_nothing_is_lost():
    NoticeFactory()
    late = NoticeFactory(not_after=NOW + MINUTE)
    call_command("mail", hold="restored from a backup")
    assert actions.sweep(NOW) == 0
    call_command("mail", release=True)
    assert actions.sweep(NOW + 2 * MINUTE) == 1
    late.refresh_from_db()
    assert (late.state, late.skipped_because) == ("skipped", "late")


def test_the_command_says_how_it_stands(capsys):
    NoticeFactory()
    call_command("mail", hold="a restore")
    assert "held" in capsys.readouterr().out
    call_command("mail")
    assert "a restore\n1 due" in capsys.readouterr().out


def test_five_failed_connections_shut_the_gate_for_a_minute_and_one_mail_probes(tries):
    NoticeFactory.create_batch(30)
    for _sweep in range(8):
        actions.sweep(NOW)
    assert len(tries) == 5, "after five nobody tries"
    later = NOW + MINUTE + timedelta(seconds=5)
    actions.sweep(later)
    actions.sweep(later)
    assert len(tries) == 6, "one probe a minute"
    tries.away = False
    assert actions.sweep(later + MINUTE + timedelta(seconds=5)) >= 24
    gate = Gate.objects.get()
    assert (gate.failures, gate.closed_until) == (0, None)


def test_what_was_not_tried_counts_no_attempt_and_waits_for_nothing(tries):
    NoticeFactory.create_batch(3)
    actions.sweep(NOW)
    rows = Notice.objects.in_line()
    assert sorted(row.attempts for row in rows) == [0, 0, 1]
    assert [row.state for row in rows] == ["pending"] * 3
    tries.away = False
    assert actions.sweep(NOW) == 2


def test_a_server_that_is_away_for_days_kills_no_mail(tries):
    notice = NoticeFactory()
    at = NOW
    for _try in range(60):
        notice.refresh_from_db()
        at = max(notice.due_at, at) + MINUTE + timedelta(seconds=5)
        actions.sweep(at)
    notice.refresh_from_db()
    assert (notice.state, notice.trouble) == ("pending", "away")


def test_a_pause_written_by_a_clock_that_was_put_back_does_not_last():
    Gate.objects.update(failures=5, closed_until=NOW + timedelta(hours=1))
    NoticeFactory()
    assert actions.sweep(NOW) == 1


def test_a_hanging_server_holds_up_its_own_domain_and_no_other(monkeypatch):
    slow = [NoticeFactory(recipient__email=f"{n}@slow.example") for n in range(3)]
    fine = NoticeFactory(recipient__email="a@fine.example")
    asked = []

    def send(self, mails):
        asked.append(mails[0].to[0])
        if mails[0].to[0].endswith("slow.example"):
            raise TimeoutError

    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", send
    )
    assert actions.sweep(NOW) == 1
    assert asked == ["0@slow.example", "a@fine.example"]
    fine.refresh_from_db()
    assert fine.state == "sent"
    for notice in slow:
        notice.refresh_from_db()
    assert [notice.attempts for notice in slow] == [1, 0, 0]
    assert {round((n.due_at - NOW).total_seconds()) for n in slow} == {60}


def test_asked_to_stop_a_sender_finishes_the_mail_in_hand_and_gives_back_the_rest():
    NoticeFactory.create_batch(5)
    answers = iter([False, False, True, True, True])
    assert actions.sweep(NOW, stop=lambda: next(answers, True)) == 1
    states = Notice.objects.values_list("state", flat=True)
    assert sorted(states) == ["pending"] * 4 + ["sent"]


def test_mail_goes_at_the_pace_of_the_setting(settings, monkeypatch):
    settings.MAIL_PER_SECOND = 5
    NoticeFactory.create_batch(12)
    assert len(actions.claim(NOW)) == 5
    with pytest.raises(NotYet) as pace:
        actions.claim(NOW)
    assert pace.value.seconds == pytest.approx(0.2)
    assert len(actions.claim(NOW + timedelta(seconds=0.45))) == 2
    assert len(actions.claim(NOW + timedelta(seconds=60))) == 5, "no saving up"
    monkeypatch.setattr(delivering, "sleep", lambda seconds: None)
    assert actions.claim(NOW + timedelta(seconds=61)) == [], "nothing is due"


def test_a_domain_has_its_own_pace_and_no_other_waits_for_it(settings):
    settings.MAIL_PER_SECOND_AND_DOMAIN = 2
    for n in range(6):
        NoticeFactory(recipient__email=f"{n}@large.example")
    NoticeFactory(recipient__email="a@small.example")
    actions.claim(NOW)
    rows = Notice.objects.filter(recipient__email__endswith="large.example").in_line()
    sending = [row for row in rows if row.state == "sending"]
    waits = [(row.due_at - NOW).total_seconds() for row in rows if row.slot_at]
    assert len(sending) == 3
    assert waits == pytest.approx([0.5, 1.0, 1.5])
    assert Notice.objects.get(recipient__email="a@small.example").state == "sending"
    taken = actions.claim(NOW + timedelta(seconds=1))
    assert len(taken) == 2, "each at its own moment, which it asks for once"


@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_share_no_notice_and_keep_the_pace(settings):
    settings.MAIL_PER_SECOND = 30
    NoticeFactory.create_batch(50)

    def claim():
        try:
            return actions.claim(NOW)
        except NotYet:
            return []

    taken = [each.pk for claimed in at_once(*[claim] * 4) for each in claimed]
    assert len(taken) == len(set(taken)) == 30


@pytest.mark.django_db(transaction=True)
def test_of_four_senders_after_the_pause_one_probes(monkeypatch):
    NoticeFactory.create_batch(30)
    Gate.objects.update(failures=5, closed_until=NOW - MINUTE)
    tries = []
    lock = threading.Lock()

    def away(self):
        with lock:
            tries.append(1)
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
    at_once(*[lambda: actions.sweep(NOW)] * 4)
    connection.close()
    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_keep_a_persons_week(sink):  # noqa: F811
    user = UserFactory(reminders_a_week=1)
    for _n in range(6):
        NoticeFactory(recipient=user, kind=Kind.CHECK_IN)
    at_once(*[lambda: actions.sweep(NOW)] * 4)
    assert len(sink.mails) == 1


def test_ones_own_limit_is_kept_when_it_is_lower_than_the_charters():
    for own, sent in ((0, 0), (1, 1), (5, 2), (None, 2)):
        user = UserFactory(reminders_a_week=own)
        NoticeFactory.create_batch(3, recipient=user, kind=Kind.CHECK_IN)
        assert actions.sweep(NOW) == sent
    assert len(mail.outbox) == 5


def test_a_worker_that_is_asked_to_leave_begins_no_other_mail():
    NoticeFactory.create_batch(3)
    try:
        worker_shutting_down.send(sender=None)
        tasks.sweep.run()
    finally:
        tasks.STOPPING.clear()
    assert mail.outbox == []
    tasks.sweep.run()
    assert len(mail.outbox) == 3
