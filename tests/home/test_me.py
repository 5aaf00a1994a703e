"""The first page of mentors and mentees, and the way to everybody's first page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries, assertRedirects

from feedback.actions import ask_reflections
from mentorship.accounts.models import User
from mentorship.charter.models import Role
from milestones.actions import Promised, promise
from pairing import actions
from pairing.models import Pair
from tests.factories import (
    CharterFactory,
    CheckInFactory,
    CohortFactory,
    MentorFactory,
    MilestoneFactory,
    PairFactory,
    ParticipantFactory,
    ProposalFactory,
    RoleFactory,
    RoundFactory,
    SessionFactory,
    UserFactory,
    a_ready,
)

NOW = timezone.now()


@pytest.fixture
def cohort(db):
    cohort = CohortFactory()
    CharterFactory(program=cohort.program)
    return cohort


@pytest.fixture
def mentor(cohort):
    return a_ready(MentorFactory, cohort)


def home(client, user, name="home:me"):
    client.force_login(user)
    return client.get(reverse(name)).content.decode()


def a_busy_pair(mentor):
    """A pair with one of everything that may be on the page."""
    pair = PairFactory(cohort=mentor.cohort, mentor=mentor, state="pilot")
    actions.ask_pilot_questions(NOW)
    plan = {"by": mentor.user, "at": NOW, "minutes": 45, "channel": "video"}
    actions.plan_session(
        pair, starts_at=NOW + timedelta(days=2), place="The café", **plan
    )
    actions.plan_session(pair, starts_at=NOW - timedelta(days=4), **plan)
    held = SessionFactory(pair=pair)
    ask_reflections(held, at=NOW)
    CheckInFactory(pair=pair, participant=mentor)
    MilestoneFactory(pair=pair)
    said = Promised("Send the template", "mentor", "mentee")
    promise(pair, [said], by=mentor.user, at=NOW)
    return pair


def test_the_page_brings_together_what_is_next(client, mentor):
    pair = a_busy_pair(mentor)
    body = home(client, mentor.user)
    name = pair.mentee.short_name
    for words in (
        f"In 2 days, with {name}",
        "The café",
        "Did you two talk on",
        f"Your pilot with {name}",
        f"How is it going with {name}?",
        "Look back",
        "Speak in one review",
        "Send the template",
    ):
        assert words in body


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(client, mentor, pairs):
    type(mentor).objects.filter(pk=mentor.pk).update(capacity=3)
    for _pair in range(pairs):
        a_busy_pair(mentor)
    client.force_login(mentor.user)
    with assertNumQueries(21):
        client.get(reverse("home:me"))


def test_each_pair_has_a_section_when_there_are_several(client, mentor):
    pairs = [a_busy_pair(mentor) for _pair in range(2)]
    body = home(client, mentor.user)
    for pair in pairs:
        assert f"You and {pair.mentee.short_name}" in body


def test_an_offer_waits_for_an_answer(client, mentor):
    offer = ProposalFactory(
        round=RoundFactory(cohort=mentor.cohort),
        mentor=mentor,
        state="offered",
        offered_at=NOW,
        expires_at=NOW + timedelta(days=5),
    )
    body = home(client, mentor.user)
    assert reverse("pairing:offer", args=[offer.pk]) in body


def test_what_is_left_before_pairing_is_named(client, cohort):
    place = ParticipantFactory(cohort=cohort, oriented_at=None)
    body = home(client, place.user)
    for words in ("Finish your profile", "short orientation", "agree to it"):
        assert words in body
    assert reverse("participants:welcome", args=[place.pk]) in body


def test_a_ready_person_without_a_pair_is_told_to_wait(client, mentor):
    assert "You are ready for a pairing" in home(client, mentor.user)


def test_a_switched_pair_is_gone_and_its_people_are_free_again(client, mentor):
    pair = a_busy_pair(mentor)
    actions.end_pairs([pair], ending="switched", by=mentor.user, at=NOW)
    body = home(client, mentor.user)
    assert "You are ready for a pairing" in body
    assert "Speak in one review" not in body


def test_not_meeting_is_said_in_one_tap(client, mentor):
    pair = a_busy_pair(mentor)
    (session,) = Pair.objects.get(pk=pair.pk).unlogged
    client.force_login(mentor.user)
    client.post(reverse("pairing:missed", args=[session.pk]))
    session.refresh_from_db()
    assert session.state == "missed"
    assert "Did you two talk on" not in home(client, mentor.user)


def test_somebody_without_any_place_is_told_how_to_come_in(client, db):
    assert "take part in no program yet" in home(client, UserFactory(), "home:today")


def test_a_coordinator_goes_to_the_newest_cohort_that_goes_on(client, cohort):
    CohortFactory(program=cohort.program, stage="alumni")
    client.force_login(RoleFactory(program=cohort.program).user)
    answer = client.get(reverse("home:today"))
    assertRedirects(answer, reverse("home:cohort", args=[cohort.pk]))


def test_a_cohort_with_pairs_comes_before_one_that_gets_ready(client, cohort):
    CohortFactory(program=cohort.program, stage="pairing")
    client.force_login(RoleFactory(program=cohort.program).user)
    answer = client.get(reverse("home:today"))
    assertRedirects(answer, reverse("home:cohort", args=[cohort.pk]))


def test_a_coordinator_without_a_cohort_goes_to_the_programs(client, db):
    client.force_login(RoleFactory().user)
    answer = client.get(reverse("home:today"))
    assertRedirects(answer, reverse("charter:programs"))


@pytest.mark.parametrize("kind", [Role.Kind.STEERING, Role.Kind.SPONSOR])
def test_the_steering_group_goes_to_the_report(client, cohort, kind):
    client.force_login(RoleFactory(program=cohort.program, kind=kind).user)
    answer = client.get(reverse("home:today"))
    report = reverse("insights:report", args=[cohort.program_id])
    assertRedirects(answer, report, fetch_redirect_response=False)


def test_a_facilitator_goes_to_the_charter(client, cohort):
    role = RoleFactory(program=cohort.program, kind=Role.Kind.FACILITATOR)
    client.force_login(role.user)
    answer = client.get(reverse("home:today"))
    charter = reverse("charter:charter", args=[cohort.program_id])
    assertRedirects(answer, charter, fetch_redirect_response=False)


def test_an_administrator_goes_to_the_programs(client, db):
    client.force_login(User.objects.create_superuser("root@kestrel.example"))
    answer = client.get(reverse("home:today"))
    programs = reverse("charter:programs")
    assertRedirects(answer, programs, fetch_redirect_response=False)


def test_somebody_with_several_roles_chooses(client, mentor):
    RoleFactory(program=mentor.cohort.program, user=mentor.user)
    RoleFactory(user=mentor.user, kind=Role.Kind.STEERING)
    body = home(client, mentor.user, "home:today")
    assert reverse("home:me") in body
    assert reverse("home:cohort", args=[mentor.cohort_id]) in body
    assert "report of the steering group" in body
