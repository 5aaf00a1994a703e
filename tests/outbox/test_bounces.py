"""Mail that comes back: counted, ended in time, said to the person, begun again."""

import hashlib
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.models import AuditEntry
from mentorship.outbox import actions, incoming
from mentorship.outbox.letter import message_id, unsubscribe_url
from mentorship.outbox.models import Bounce, Kind, Preference
from tests.factories import NoticeFactory, UserFactory
from tests.outbox.sink import sink  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def user():
    return UserFactory()


def refuse(user, sink, answer, *, mails, tries=1):  # noqa: F811
    """Let the server refuse this many mails to a person, each tried so often."""
    sink.answers = {user.email: answer}
    for _mail in range(mails):
        notice, at = NoticeFactory(recipient=user), NOW
        for _try in range(tries):
            actions.sweep(at)
            notice.refresh_from_db()
            at = notice.due_at + timedelta(seconds=1)
    user.refresh_from_db()
    return notice


def test_two_mails_refused_for_good_end_it_and_what_is_skipped_says_why(
    user,
    sink,  # noqa: F811
):
    dead = refuse(user, sink, "550 No such person", mails=2)
    assert (dead.state, dead.trouble) == ("dead", "address")
    assert user.mail_comes_back(NOW)
    sink.answers = {}
    notice = NoticeFactory(recipient=user)
    assert actions.sweep(NOW) == 0
    notice.refresh_from_db()
    assert (notice.state, notice.skipped_because) == ("skipped", "bounces")
    NoticeFactory(recipient=user, kind=Kind.ACCOUNT)
    assert actions.sweep(NOW) == 1, "mail about the account is tried all the same"


def test_one_refusal_and_mail_put_off_for_a_while_end_nothing(user, sink):  # noqa: F811
    refuse(user, sink, "550 No such person", mails=1)
    refuse(user, sink, "450 Try later", mails=4, tries=3)
    assert not user.mail_comes_back(NOW)
    assert Bounce.objects.count() == 1


def test_a_mailbox_that_stays_full_counts_once_for_each_mail(user, sink):  # noqa: F811
    refuse(user, sink, "452 Mailbox full", mails=3, tries=6)
    assert (Bounce.objects.count(), user.mail_comes_back(NOW)) == (3, False)
    refuse(user, sink, "452 Mailbox full", mails=1, tries=4)
    assert user.mail_comes_back(NOW)


def test_it_ends_by_itself_after_thirty_days_and_with_another_address(
    user,
    sink,  # noqa: F811
):
    refuse(user, sink, "550 No such person", mails=2)
    assert not user.mail_comes_back(NOW + timedelta(days=30, hours=1))
    user.email = "another@kestrel.example"
    assert not user.mail_comes_back(NOW)


def stopped(user):
    user.returned_address, user.returned_until = user.email, NOW + timedelta(days=9)
    user.save()


def test_a_person_is_told_on_every_page_and_may_have_us_write_again(user, client):
    stopped(user)
    client.force_login(user)
    page = client.get(reverse("accounts:settings")).content.decode()
    assert f"Our mail to {user.email} comes back" in page
    client.post(reverse("outbox:write_again"))
    page = client.get(reverse("accounts:settings")).content.decode()
    assert "comes back" not in page
    assert AuditEntry.objects.get(verb="asked to write again").by == user


def test_what_was_not_mailed_is_found_under_messages_by_its_reader_alone(user, client):
    stopped(user)
    NoticeFactory(recipient=user)
    NoticeFactory(recipient=user, kind=Kind.ACCOUNT)
    NoticeFactory(recipient=user, kind=Kind.CONCERN)
    actions.sweep(NOW)
    client.force_login(user)
    page = client.get(reverse("outbox:messages"))
    assert [line["notice"].kind for line in page.context["lines"]] == ["session"]
    assert "kept here, not mailed" in page.content.decode()
    client.force_login(UserFactory())
    assert client.get(reverse("outbox:messages")).context["lines"] == []


def test_messages_hold_only_the_kinds_that_one_wants_there(user, client):
    for kind in (Kind.SESSION, Kind.CHECK_IN):
        NoticeFactory(recipient=user, kind=kind)
    actions.sweep(NOW)
    client.force_login(user)
    sent = {"wanted": ["session"], "shown": ["check-in"], "reminders_a_week": "1"}
    assert client.post(reverse("outbox:preferences"), sent).status_code == 302
    page = client.get(reverse("outbox:messages"))
    assert [line["notice"].kind for line in page.context["lines"]] == ["check-in"]
    user.refresh_from_db()
    assert user.reminders_a_week == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_messages_need_as_many_queries_for_three_as_for_one(
    user, client, django_assert_num_queries, rows
):
    NoticeFactory.create_batch(rows, recipient=user)
    actions.sweep(NOW)
    client.force_login(user)
    with django_assert_num_queries(4):
        client.get(reverse("outbox:messages"))


def report(address, about, *, action="failed", status="5.1.1") -> bytes:
    """A mail server's report that a mail did not arrive (RFC 3464)."""
    return (
        "From: mailer-daemon@mx.example\nTo: in@kestrel.example\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 Unknown\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {about}\n\n--b--\n"
    ).encode()


def test_a_report_counts_once_and_only_about_a_mail_we_sent_to_that_person(user):
    notices = NoticeFactory.create_batch(2, recipient=user)
    actions.sweep(NOW)
    ids = [message_id(notice) for notice in notices]
    foreign = UserFactory()
    assert incoming.read(report(foreign.email, ids[0]), at=NOW) == "ignored"
    assert incoming.read(report(user.email, "<made@up>"), at=NOW) == "ignored"
    delayed = report(user.email, ids[0], action="delayed", status="4.2.2")
    assert incoming.read(delayed, at=NOW) == "ignored"
    assert incoming.read(report(user.email, ids[0]), at=NOW) == "bounced"
    assert incoming.read(report(user.email, ids[0]), at=NOW) == "bounced"
    user.refresh_from_db()
    assert not user.mail_comes_back(NOW)
    assert incoming.read(report(user.email, ids[1]), at=NOW) == "bounced"
    user.refresh_from_db()
    assert user.mail_comes_back(NOW)


def test_a_broken_report_changes_nothing(user):
    assert incoming.read(report(user.email, "<"), at=NOW) == "ignored"
    broken = report(user.email, "<made@up>").replace(
        b"Action", b"Message-ID: <\nAction"
    )
    assert incoming.read(broken, at=NOW) == "ignored"
    nul = report(f"=?utf-8?q?=00?= {user.email}\0", "<made@up>")
    assert incoming.read(nul, at=NOW) == "ignored"


def test_nobody_who_knows_a_mail_s_key_can_say_that_it_came_back(user):
    notice = NoticeFactory(recipient=user)
    actions.sweep(NOW)
    guess = hashlib.sha256(notice.key.encode()).hexdigest()[:40]
    assert guess not in message_id(notice)
    with override_settings(SECRET_KEY="another"):
        forged = message_id(notice)
    assert incoming.read(report(user.email, forged), at=NOW) == "ignored"
    assert not Bounce.objects.exists()


@override_settings(INBOUND_ADDRESS="in@kestrel.example")
def test_a_mail_as_the_header_asks_for_it_stops_the_kind(user):
    NoticeFactory(recipient=user, kind=Kind.CHECK_IN)
    actions.sweep(NOW)
    header = mail.outbox[0].extra_headers["List-Unsubscribe"]
    url, mailto = header.split(", ")
    assert url == f"<{unsubscribe_url(user.pk, Kind.CHECK_IN)}>"
    wish = EmailMessage()
    wish["Subject"] = (
        mailto.removesuffix(">").partition("subject=")[2].replace("%3A", ":")
    )
    assert incoming.read(bytes(wish), at=NOW) == "stopped"
    assert Preference.objects.unwanted_by(user).get().kind == "check-in"


@pytest.mark.parametrize("subject", ["stop:forged:token", "stop:", "Hello"])
def test_other_mail_to_us_changes_nothing(subject):
    wish = EmailMessage()
    wish["Subject"] = subject
    assert incoming.read(bytes(wish), at=NOW) == "ignored"
    assert not Preference.objects.exists()
