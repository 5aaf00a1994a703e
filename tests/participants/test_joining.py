"""Invitations as verbs: who gets one, how often, and what joining changes."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from mentorship.participants import actions, invitations
from mentorship.participants.models import Participant
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def a_cohort(**charter):
    cohort = make.CohortFactory()
    make.CharterFactory(program=cohort.program, **charter)
    return cohort


def places_of(cohort):
    return Participant.objects.filter(cohort=cohort)


def coordinator_of(cohort):
    return make.RoleFactory(program=cohort.program).user


def a_waiting_place(cohort, **fields):
    fields = {"state": "imported", "joined_at": None, "oriented_at": None} | fields
    return make.ParticipantFactory(cohort=cohort, **fields)


def test_inviting_queues_one_mail_for_everybody_who_has_not_joined():
    cohort = a_cohort()
    fresh, again = a_waiting_place(cohort), a_waiting_place(cohort, state="invited")
    make.ParticipantFactory(cohort=cohort)
    a_waiting_place(cohort, state="withdrawn", left_at=NOW)

    n = actions.invite(places_of(cohort), by=coordinator_of(cohort), at=NOW)

    assert n == 2
    recipients = set(Notice.objects.values_list("recipient", flat=True))
    assert recipients == {fresh.user_id, again.user_id}
    fresh.refresh_from_db()
    assert (fresh.state, fresh.invited_at, fresh.invitation) == ("invited", NOW, 1)


def test_inviting_is_one_entry_in_the_log_that_names_the_places():
    cohort = a_cohort()
    place = a_waiting_place(cohort)

    actions.invite(places_of(cohort), by=coordinator_of(cohort), at=NOW)

    entry = AuditEntry.objects.get(verb="invited people")
    assert entry.changes == {"places": [str(place.pk)]}


def test_inviting_costs_the_same_for_three_as_for_thirty(django_assert_num_queries):
    for size in (3, 30):
        cohort = a_cohort()
        for _ in range(size):
            a_waiting_place(cohort)
        by = coordinator_of(cohort)

        with django_assert_num_queries(8):  # with the savepoint and the audit entry
            assert actions.invite(places_of(cohort), by=by, at=NOW) == size


def test_nobody_is_invited_before_there_is_a_charter_to_agree_to():
    place = a_waiting_place(make.CohortFactory())

    with pytest.raises(actions.CharterIsMissing):
        actions.invite(places_of(place.cohort), by=place.user, at=NOW)

    place.refresh_from_db()
    assert place.state == "imported"


def test_inviting_again_cancels_the_mail_not_sent_and_kills_the_old_link():
    cohort = a_cohort()
    place = a_waiting_place(cohort)
    by = coordinator_of(cohort)
    actions.invite(places_of(cohort), by=by, at=NOW)
    place.refresh_from_db()
    old = invitations.read(invitations.token_for(place))

    actions.invite(places_of(cohort), by=by, at=NOW + DAY)

    states = Notice.objects.order_by("due_at").values_list("state", flat=True)
    assert list(states) == ["canceled", "pending"]
    with pytest.raises(actions.InvitationIsUsed):
        actions.accept_invitation(place, number=old.number, at=NOW + DAY)


def test_a_second_click_on_invite_sends_nothing():
    cohort = a_cohort()
    a_waiting_place(cohort)
    by = coordinator_of(cohort)
    actions.invite(places_of(cohort), by=by, at=NOW)

    assert actions.invite(places_of(cohort), by=by, at=NOW + timedelta(minutes=1)) == 0


def test_a_link_carries_no_personal_data():
    place = a_waiting_place(a_cohort(), state="invited", invitation=3)

    token = invitations.token_for(place)

    assert token.startswith(f"{place.pk}.3:")
    assert place.user.email not in token
    assert place.user.given_name not in token


def test_joining_verifies_the_address_and_sets_the_password():
    place = a_waiting_place(a_cohort(), state="invited", invitation=1)

    actions.accept_invitation(place, number=1, password="ruby anchor tea", at=NOW)

    place.refresh_from_db()
    assert (place.state, place.joined_at) == ("joined", NOW)
    assert place.user.check_password("ruby anchor tea")
    address = EmailAddress.objects.get(user=place.user)
    assert (address.email, address.verified) == (place.user.email, True)


def test_joining_without_a_password_leaves_the_code_by_mail():
    place = a_waiting_place(a_cohort(), state="invited", invitation=1)

    actions.accept_invitation(place, number=1, at=NOW)

    assert not place.user.has_usable_password()


def test_a_link_is_used_once():
    place = a_waiting_place(a_cohort(), state="invited", invitation=1)
    actions.accept_invitation(place, number=1, at=NOW)

    with pytest.raises(actions.InvitationIsUsed):
        actions.accept_invitation(place, number=1, password="another one", at=NOW)

    place.user.refresh_from_db()
    assert not place.user.has_usable_password()


def test_joining_cancels_the_reminder_that_waits():
    cohort = a_cohort()
    place = a_waiting_place(cohort, state="invited", invitation=1, invited_at=NOW - DAY)
    actions.remind(places_of(cohort), by=coordinator_of(cohort), at=NOW)

    actions.accept_invitation(place, number=1, at=NOW)

    assert Notice.objects.get().state == "canceled"


def test_reminders_go_to_those_who_have_had_a_day_to_answer():
    cohort = a_cohort()
    slow = a_waiting_place(cohort, state="invited", invited_at=NOW - DAY)
    a_waiting_place(cohort, state="invited", invited_at=NOW - timedelta(hours=3))
    a_waiting_place(cohort)
    make.ParticipantFactory(cohort=cohort)

    n = actions.remind(places_of(cohort), by=coordinator_of(cohort), at=NOW)

    assert n == 1
    assert Notice.objects.get().recipient == slow.user


def test_nobody_is_reminded_more_often_than_the_charter_says():
    cohort = a_cohort(reminders_a_week=2)
    a_waiting_place(cohort, state="invited", invited_at=NOW - DAY)
    by = coordinator_of(cohort)

    sent = [
        actions.remind(places_of(cohort), by=by, at=NOW + days * DAY)
        for days in (0, 1, 2, 3, 8)
    ]

    assert sent == [1, 1, 0, 0, 1]


def test_a_message_reaches_everybody_who_takes_part_once():
    cohort = a_cohort()
    make.ParticipantFactory.create_batch(2, cohort=cohort)
    make.ParticipantFactory(cohort=cohort, state="withdrawn", left_at=NOW)
    message = {"subject": "Kick-off", "text": "See you on Monday.", "form_id": "one"}
    by = coordinator_of(cohort)

    for _ in range(2):
        n = actions.write_to(places_of(cohort), by=by, at=NOW, **message)

    assert n == 2
    assert Notice.objects.count() == 2
    assert "Kick-off" not in str(AuditEntry.objects.values_list("changes", flat=True))
