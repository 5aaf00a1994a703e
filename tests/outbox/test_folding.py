"""After an outage: one mail that lists what waits, never a storm, never a loss."""

from collections import Counter
from contextlib import closing
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mentorship.outbox import actions
from mentorship.outbox.actions.delivering import Clock, deliver
from mentorship.outbox.actions.folding import MANY
from mentorship.outbox.actions.post import Post
from mentorship.outbox.models import Kind, Notice, Preference
from tests.factories import NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = timedelta(hours=1)


def a_reminder(user, **fields):
    fields = {"kind": Kind.MILESTONE, "due_at": NOW - HOUR, **fields}
    return NoticeFactory(recipient=user, not_after=NOW + 36 * HOUR, **fields)


def test_three_overdue_reminders_come_as_one_mail_that_lists_them():
    user = UserFactory()
    rows = [a_reminder(user) for _n in range(3)]
    assert actions.sweep(NOW) == 1
    (letter,) = mail.outbox
    assert letter.subject == "3 things wait for you, in one mail"
    assert letter.body.count("http://localhost:8000/x/") == 3
    digest = Notice.objects.get(kind=Kind.DIGEST)
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.skipped_because) == ("skipped", "folded")
        assert row.folded_into == digest
    assert actions.sweep(NOW + HOUR) == 0


def test_two_come_one_by_one_and_so_do_those_that_are_not_overdue():
    user, other = UserFactory(reminders_a_week=None), UserFactory()
    for _n in range(2):
        a_reminder(user)
    for _n in range(3):
        a_reminder(other, kind=Kind.PILOT, due_at=NOW - timedelta(minutes=1))
    assert actions.sweep(NOW) == 5
    assert not Notice.objects.filter(kind=Kind.DIGEST).exists()


def test_invitations_appointments_and_account_mail_are_never_folded():
    user = UserFactory()
    for _n in range(3):
        a_reminder(user)
    kinds = (Kind.INVITATION, Kind.ACCOUNT, Kind.ANNOUNCEMENT, Kind.PAIRING)
    kept = [a_reminder(user, kind=kind) for kind in kinds]
    event = a_reminder(user, kind=Kind.SESSION)
    event.context["calendar"] = {"method": "CANCEL"}
    event.save()
    actions.claim(NOW)
    for notice in [*kept, event]:
        notice.refresh_from_db()
        assert notice.state == "sending"


def test_what_was_done_meanwhile_is_left_out_and_an_empty_digest_is_not_sent():
    user = UserFactory(quiet_from="00:00", quiet_to="23:59")
    rows = [a_reminder(user) for _n in range(3)]
    actions.sweep(NOW)
    assert mail.outbox == [], "the digest waits for the end of the quiet hours"
    Notice.objects.filter(pk__in=[rows[0].pk, rows[1].pk]).cancel()
    user.quiet_from = user.quiet_to = None
    user.save()
    later = Notice.objects.get(kind=Kind.DIGEST).due_at + timedelta(seconds=1)
    assert actions.sweep(later) == 1
    assert mail.outbox[0].subject == "1 thing waits for you"

    others = [a_reminder(user, due_at=later - HOUR) for _n in range(3)]
    actions.claim(later)
    Notice.objects.filter(pk__in=[row.pk for row in others]).cancel()
    assert actions.sweep(later + 2 * actions.LEASE) == 0
    assert Notice.objects.filter(kind=Kind.DIGEST, state="canceled").count() == 1


def test_whoever_wants_no_digest_gets_them_one_by_one_under_the_cap():
    user = UserFactory()
    Preference.objects.create(user=user, kind=Kind.DIGEST, wanted=False)
    for _n in range(4):
        a_reminder(user)
    assert actions.sweep(NOW) == 2
    assert Counter(Notice.objects.values_list("skipped_because", flat=True)) == {
        "": 2,
        "cap": 2,
    }


@pytest.mark.parametrize("leased", [False, True])
def test_lines_of_a_digest_that_is_switched_off_while_it_waits_are_not_lost(leased):
    """Before a sender takes it, and after, until the very mail goes out."""
    user = UserFactory(quiet_from="00:00", quiet_to="23:59")
    rows = [a_reminder(user, kind=Kind.PILOT) for _n in range(3)]
    actions.sweep(NOW)
    digest = Notice.objects.get(kind=Kind.DIGEST)
    user.quiet_from = user.quiet_to = None
    user.save()
    later = digest.due_at + timedelta(seconds=1)
    if leased:
        (digest,) = actions.claim(later)
        actions.turn_off(user, Kind.DIGEST, at=NOW)
        with closing(Post()) as post:
            assert not deliver(digest, post, Clock(later))
    else:
        actions.turn_off(user, Kind.DIGEST, at=NOW)
    actions.sweep(later)
    states = Notice.objects.filter(pk__in=[row.pk for row in rows])
    assert set(states.values_list("state", "folded_into")) == {("sent", None)}
    assert len(mail.outbox) == 3
    assert Notice.objects.get(pk=digest.pk).state == "canceled"


def test_a_line_whose_template_is_broken_is_named_by_its_kind():
    user = UserFactory()
    a_reminder(user, template="tests/no_such_mail")
    for _n in range(2):
        a_reminder(user)
    assert actions.sweep(NOW) == 1
    assert "- Milestones" in mail.outbox[0].body


def test_an_outage_of_a_day_brings_each_person_one_mail():
    people = UserFactory.create_batch(4)
    for user in people:
        for hours in (1, 5, 9, 20, 23):
            a_reminder(user, due_at=NOW - hours * HOUR)
    actions.sweep(NOW)
    assert Counter(letter.to[0] for letter in mail.outbox) == {
        user.email: 1 for user in people
    }


def test_what_was_folded_and_taken_back_can_be_folded_again():
    """Else its digest would have a key that is taken, and no mail at all goes out."""
    user = UserFactory(quiet_from="00:00", quiet_to="23:59")
    rows = [a_reminder(user) for _n in range(3)]
    actions.sweep(NOW)
    ids = [row.pk for row in rows]
    Notice.objects.filter(pk__in=ids).cancel()
    Notice.objects.filter(pk__in=ids).update(state="pending")  # a break is over
    user.quiet_from = user.quiet_to = None
    user.save()
    assert actions.sweep(NOW + timedelta(minutes=1)) == 1
    (letter,) = mail.outbox
    assert letter.subject == "3 things wait for you, in one mail"


@pytest.mark.parametrize(("kind", "mails"), [(Kind.PILOT, 1), (Kind.MILESTONE, 0)])
def test_a_question_without_a_cap_is_not_lost_in_company(kind, mails):
    user = UserFactory(reminders_a_week=0)
    for each in (kind, Kind.MILESTONE, Kind.CHECK_IN):
        a_reminder(user, kind=each)
    assert actions.sweep(NOW) == mails


class TestWhateverIsDue(TestCase):
    """For any pile: what is due is told of exactly once, or its row says why not."""

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(
        piles=st.lists(
            st.lists(
                st.tuples(
                    st.sampled_from(
                        [Kind.CHECK_IN, Kind.MILESTONE, Kind.SESSION, Kind.INVITATION]
                    ),
                    st.integers(0, 40),
                    st.sampled_from([None, -1, 30]),
                ),
                max_size=6,
            ),
            min_size=1,
            max_size=3,
        )
    )
    def test_every_row_is_told_of_once_or_says_why_not(self, piles):
        for pile in piles:
            user = UserFactory(reminders_a_week=7)
            for kind, hours, left in pile:
                NoticeFactory(
                    recipient=user,
                    kind=kind,
                    due_at=NOW - hours * HOUR,
                    not_after=None if left is None else NOW + left * HOUR,
                    context={"path": "/x/", "reminders_a_week": 7},
                )
        mail.outbox.clear()
        actions.sweep(NOW)
        actions.sweep(NOW)
        rows = Notice.objects.exclude(kind=Kind.DIGEST)
        assert set(rows.values_list("state", flat=True)) <= {"sent", "skipped"}
        for row in rows:
            late = row.not_after is not None and row.not_after < NOW
            expected = {"late"} if late else {"", "folded"}
            assert row.skipped_because in expected
        digests = Notice.objects.filter(kind=Kind.DIGEST)
        assert len(mail.outbox) == rows.filter(state="sent").count() + len(digests)
        for digest in digests:
            assert digest.state == "sent"
            assert digest.folded.count() > MANY
        assert len(digests) == len({digest.recipient_id for digest in digests})
