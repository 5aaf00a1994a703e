"""Two people act at the same moment, in transactions of their own."""

import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from feedback.actions import ask_reflections
from mentorship.outbox.models import Notice
from mentorship.participants import actions
from mentorship.participants.models import Participant
from pairing.actions.sessions import lock_running
from tests import factories as make
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)


def an_invited_place():
    cohort = make.CohortFactory()
    make.CharterFactory(program=cohort.program)
    return make.ParticipantFactory(
        cohort=cohort, state="invited", invitation=1, joined_at=None
    )


def accept(place):
    return actions.accept_invitation(
        Participant.objects.select_related("user").get(pk=place.pk), number=1, at=NOW
    )


def test_of_two_clicks_on_one_link_one_joins():
    place = an_invited_place()

    results = at_once(lambda: accept(place), lambda: accept(place))

    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["InvitationIsUsed", "Participant"]
    place.refresh_from_db()
    assert (place.state, place.invitation) == ("joined", 2)


def test_inviting_at_once_sends_one_mail():
    place = an_invited_place()
    Participant.objects.update(state="imported")
    places = Participant.objects.filter(pk=place.pk)

    def invite():
        return actions.invite(places.all(), by=place.user, at=NOW)

    assert sorted(at_once(invite, invite)) == [0, 1]
    assert Notice.objects.filter(state="pending").count() == 1


def test_joining_while_being_withdrawn_ends_withdrawn():
    place = an_invited_place()
    by = make.RoleFactory(program=place.cohort.program).user

    at_once(lambda: accept(place), lambda: actions.withdraw(place, by=by, at=NOW))

    place.refresh_from_db()
    assert (place.state, place.left_at) == ("withdrawn", NOW)


def test_of_two_people_who_end_a_place_one_does():
    place = an_invited_place()
    by = make.RoleFactory(program=place.cohort.program).user

    def withdraw():
        return actions.withdraw(place, by=by, at=NOW)

    kinds = sorted(type(result).__name__ for result in at_once(withdraw, withdraw))

    assert kinds == ["HasLeft", "Participant"]


def test_the_last_two_steps_read_at_once_complete_orientation():
    place = make.ParticipantFactory(oriented_at=None)
    actions.complete_orientation(place, at=NOW, steps=["goals", "tools"])

    at_once(
        lambda: actions.complete_orientation(place, at=NOW, steps=["feedback"]),
        lambda: actions.complete_orientation(place, at=NOW, steps=["governance"]),
    )

    place.refresh_from_db()
    assert place.oriented_at == NOW


def test_two_people_who_suggest_the_same_word_share_it():
    cohort = make.CohortFactory()
    people = [make.ParticipantFactory(cohort=cohort) for _ in range(2)]

    def suggest(place):
        return actions.save_skills(
            place.user,
            program=cohort.program,
            offered=[("Night shifts", None)],
            wanted=[],
            language="en",
        )

    results = at_once(*[lambda place=place: suggest(place) for place in people])

    skills = {profile.offered.get().skill_id for profile in results}
    assert len(skills) == 1


def test_the_same_person_added_twice_at_once_gets_one_place():
    cohort = make.CohortFactory()
    by = make.RoleFactory(program=cohort.program).user

    def add():
        return actions.add_participant(
            cohort, by=by, at=NOW, email="rosa@kestrel.example", is_mentee=True
        )

    kinds = sorted(type(result).__name__ for result in at_once(add, add))

    assert kinds == ["AlreadyInCohort", "Participant"]


def test_leaving_while_the_partner_logs_a_session_stops_neither():
    session = make.SessionFactory()
    pair, has_the_pair = session.pair, threading.Event()
    by = make.RoleFactory(program=pair.cohort.program).user

    def log():
        with transaction.atomic():
            lock_running(pair)
            has_the_pair.set()
            until_somebody_waits()
            ask_reflections(session, at=NOW)

    def leave():
        has_the_pair.wait(10)
        return actions.withdraw(pair.mentee, by=by, at=NOW).state

    assert at_once(log, leave) == [None, "withdrawn"]
    assert session.reflections.count() == 2


def until_somebody_waits():
    waiting = (
        "select exists (select from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock')"
    )
    for _again in range(100):
        with connection.cursor() as cursor:
            cursor.execute("select pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
