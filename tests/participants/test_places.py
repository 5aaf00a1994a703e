"""What coordinators do with a place, orientation, and leaving."""

from datetime import UTC, datetime

import pytest

from mentorship.accounts.models import AuditEntry, User
from mentorship.outbox.models import Kind, Notice
from mentorship.participants import actions
from mentorship.participants.models import ORIENTATION, Participant
from mentorship.participants.signals import place_withdrawn
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
ROSA = {"email": "Rosa@kestrel.example", "given_name": "Rosa", "family_name": "Huamán"}


@pytest.fixture
def cohort():
    return make.CohortFactory(program=make.ProgramFactory(zone="Europe/Lisbon"))


@pytest.fixture
def coordinator(cohort):
    return make.RoleFactory(program=cohort.program).user


def test_adding_somebody_new_opens_an_account_in_the_zone_of_the_program(
    cohort, coordinator
):
    place = actions.add_participant(
        cohort, by=coordinator, at=NOW, **ROSA, is_mentor=True, capacity=2
    )

    assert (place.state, place.capacity) == ("imported", 2)
    assert (place.user.email, place.user.zone) == (
        "rosa@kestrel.example",
        "Europe/Lisbon",
    )
    assert not place.user.has_usable_password()


def test_adding_somebody_known_keeps_the_name_they_have(cohort, coordinator):
    known = make.UserFactory(email="rosa@kestrel.example", given_name="Rosita")

    place = actions.add_participant(
        cohort, by=coordinator, at=NOW, **ROSA, is_mentee=True
    )

    assert place.user == known
    assert User.objects.get(pk=known.pk).given_name == "Rosita"


def test_nobody_gets_two_places_in_a_cohort(cohort, coordinator):
    actions.add_participant(cohort, by=coordinator, at=NOW, **ROSA, is_mentee=True)

    with pytest.raises(actions.AlreadyInCohort):
        actions.add_participant(cohort, by=coordinator, at=NOW, **ROSA, is_mentee=True)

    assert Participant.objects.filter(cohort=cohort).count() == 1


def test_a_change_is_noted_with_what_was_before(cohort, coordinator):
    place = make.MentorFactory(cohort=cohort, capacity=2, site="Ashby")

    actions.change_place(place, by=coordinator, capacity=1, site="Ashby")

    place.refresh_from_db()
    assert place.capacity == 1
    assert AuditEntry.objects.get(verb="changed place").changes == {"capacity": [2, 1]}


def test_leaving_is_told_to_the_apps_above_and_stops_mail_and_links(
    cohort, coordinator
):
    place = make.ParticipantFactory(cohort=cohort, state="invited", invitation=1)
    Notice.objects.create(
        recipient=place.user,
        kind=Kind.INVITATION,
        template="participants/reminder",
        key="one",
        about_kind="participants.participant",
        about_id=place.pk,
    )
    heard = []

    def hear(sender, **event):
        heard.append((event["participant"], event["by"], event["at"]))

    place_withdrawn.connect(hear)
    try:
        actions.withdraw(place, by=coordinator, at=NOW)
    finally:
        place_withdrawn.disconnect(hear)

    place.refresh_from_db()
    assert (place.state, place.left_at, place.invitation) == ("withdrawn", NOW, 2)
    assert heard == [(place, coordinator, NOW)]
    assert Notice.objects.get().state == "canceled"


def test_nobody_leaves_twice(cohort, coordinator):
    place = make.ParticipantFactory(cohort=cohort)
    actions.withdraw(place, by=coordinator, at=NOW)

    with pytest.raises(actions.HasLeft):
        actions.withdraw(place, by=coordinator, at=NOW)

    assert AuditEntry.objects.filter(verb="withdrew person").count() == 1


def test_orientation_is_complete_with_its_last_step(cohort):
    place = make.ParticipantFactory(cohort=cohort, oriented_at=None)
    *first, last = ORIENTATION

    before = actions.complete_orientation(place, at=NOW, steps=first).oriented_at
    after = actions.complete_orientation(place, at=NOW, steps=[last]).oriented_at

    assert (before, after) == (None, NOW)


def test_reading_a_step_twice_counts_once(cohort):
    place = make.ParticipantFactory(cohort=cohort, oriented_at=None)

    for _ in range(4):
        place = actions.complete_orientation(place, at=NOW, steps=["goals"])

    assert place.orientation_steps.count() == 1
    assert place.oriented_at is None


def test_waiving_keeps_who_and_why(cohort, coordinator):
    place = make.ParticipantFactory(cohort=cohort, oriented_at=None)

    actions.waive_orientation(
        place, by=coordinator, at=NOW, because="Mentored here last year"
    )

    place.refresh_from_db()
    assert place.oriented_at == NOW
    assert place.orientation_waived_by == coordinator
    assert place.orientation_waived_because == "Mentored here last year"
    assert AuditEntry.objects.filter(verb="waived orientation").exists()


def test_not_ready_names_everyone_who_still_has_something_to_do(cohort):
    make.CharterFactory(program=cohort.program)
    ready = make.a_ready(make.MentorFactory, cohort)
    unsigned = make.ParticipantFactory(cohort=cohort)
    make.a_complete_profile(unsigned.user, cohort.program)
    gone = make.ParticipantFactory(cohort=cohort, state="withdrawn", left_at=NOW)

    places = Participant.objects.filter(cohort=cohort)

    assert list(places.ready()) == [ready]
    assert list(places.not_ready()) == [unsigned]
    assert places.with_readiness().get(pk=unsigned.pk).missing == ["charter"]
    assert gone not in places.not_ready()
