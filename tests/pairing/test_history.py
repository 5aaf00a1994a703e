"""The plans so far: listed, worked out again, side by side."""

import pytest
from django.urls import reverse
from django.utils import timezone

from pairing import actions, engine
from pairing.models import PairRule, Round
from pairing.what_counts import Settings
from tests.factories import (
    CharterFactory,
    CohortFactory,
    MentorFactory,
    ParticipantFactory,
    RoleFactory,
    a_ready,
)

NOW = timezone.now()


@pytest.fixture
def cohort(db):
    cohort = CohortFactory(stage="pairing")
    CharterFactory(program=cohort.program)
    return cohort


@pytest.fixture
def coordinator(cohort, client):
    user = RoleFactory(program=cohort.program).user
    client.force_login(user)
    return user


@pytest.fixture
def people(cohort):
    mentors = [a_ready(MentorFactory, cohort, capacity=1) for _ in range(2)]
    return [a_ready(ParticipantFactory, cohort) for _ in range(2)], mentors


def propose(cohort, by):
    return actions.propose(cohort, by=by, at=NOW)


def get(client, name, cohort, *parts, **query):
    return client.get(reverse(f"pairing:{name}", args=[cohort.pk, *parts]), query)


def two_plans(cohort, by, people):
    """A plan, and one in which its first mentee may not have that mentor."""
    one = propose(cohort, by)
    proposal = one.proposals.first()
    PairRule.objects.create(
        cohort=cohort,
        mentor=proposal.mentor,
        mentee=proposal.mentee,
        kind="never",
        by=by,
        at=NOW,
    )
    return one, propose(cohort, by)


# --------------------------------------------------------------------------- the list
def test_every_plan_is_listed_with_who_worked_it_out(
    client, coordinator, cohort, people
):
    propose(cohort, coordinator)
    propose(cohort, coordinator)
    text = get(client, "rounds", cohort).content.decode()
    assert text.index("Plan 2") < text.index("Plan 1")
    assert coordinator.name in text
    assert "The best there is" in text


def test_the_list_says_what_was_done_to_get_each_plan(
    client, coordinator, cohort, people
):
    first = propose(cohort, coordinator)
    (mentee, _other), mentors = people
    about = {"mentor": mentors[0], "mentee": mentee}
    actions.change(cohort, "pin", seen=first.pk, by=coordinator, at=NOW, **about)
    text = get(client, "rounds", cohort).content.decode()
    assert "A new plan for everyone who waits." in text
    assert f"{mentors[0].short_name} and {mentee.short_name} stay together." in text


def test_no_plan_yet_is_said(client, coordinator, cohort):
    text = get(client, "rounds", cohort).content.decode()
    assert "No plan has been worked out yet" in text


@pytest.mark.parametrize("plans", [1, 3])
def test_the_list_of_plans_takes_as_many_queries_however_long(
    client, coordinator, cohort, people, plans, django_assert_num_queries
):
    (mentee, _other), (mentor, _another) = people
    about = {"mentor": str(mentor.pk), "mentee": str(mentee.pk)}
    for _ in range(plans):
        propose(cohort, coordinator)
    Round.objects.update(change={"verb": "pin", "about": about})
    with django_assert_num_queries(7):
        get(client, "rounds", cohort)


# ------------------------------------------------------------------------ worked again
def test_a_plan_is_worked_out_again_to_the_last_pair(
    client, coordinator, cohort, people
):
    round_ = propose(cohort, coordinator)
    ParticipantFactory.create_batch(2, cohort=cohort)  # who came later changes nothing
    text = get(client, "replay", cohort, round_.number).content.decode()
    assert "The same plan, to the last pair." in text


def test_another_way_of_working_it_out_is_told_with_what_differs(
    client, coordinator, cohort, people
):
    round_ = propose(cohort, coordinator)
    first, second = round_.result["mentor_of"]
    mentors = round_.result["mentor_of"]
    round_.result["mentor_of"] = {first: mentors[second], second: mentors[first]}
    round_.engine_version = engine.ENGINE_VERSION - 1
    round_.save()
    text = get(client, "replay", cohort, round_.number).content.decode()
    assert "the way plans are worked out has changed since" in text
    assert "2 people get another mentor." in text
    assert people[0][0].name in text


def test_a_plan_of_another_cohort_is_not_found(client, coordinator, cohort, people):
    propose(cohort, coordinator)
    elsewhere = CohortFactory(program=cohort.program)
    assert get(client, "replay", elsewhere, 1).status_code == 404


# ------------------------------------------------------------------------ side by side
def test_one_plan_alone_cannot_be_compared(client, coordinator, cohort, people):
    propose(cohort, coordinator)
    text = get(client, "compare", cohort).content.decode()
    assert "There is nothing to compare yet" in text


def test_the_newest_two_plans_are_compared_by_name(client, coordinator, cohort, people):
    two_plans(cohort, coordinator, people)
    answer = get(client, "compare", cohort)
    text = answer.content.decode()
    assert "Plan 2 against Plan 1" in text
    assert "2 people get another mentor." in text
    assert all(mentee.name in text for mentee in people[0])


def test_the_same_plan_twice_is_said_to_be_the_same(
    client, coordinator, cohort, people
):
    propose(cohort, coordinator)
    propose(cohort, coordinator)
    text = get(client, "compare", cohort).content.decode()
    assert "Both plans are the same, to the last pair." in text


def test_plans_are_measured_by_what_counts_now(client, coordinator, cohort, people):
    propose(cohort, coordinator)
    knobs = {**Settings.of(None).as_dict(), "wishes": 0.28}
    settings = Settings.from_dict(knobs)
    actions.adopt(cohort.program, settings, number=1, by=coordinator, at=NOW)
    propose(cohort, coordinator)
    both = get(client, "compare", cohort).context["both"]
    assert both.one.problem.weights.wishes == 0.28
    assert both.other.problem.weights.wishes == 0.28


@pytest.mark.parametrize("query", [{"one": "1", "other": "1"}, {"one": "99"}])
def test_a_comparison_that_cannot_be_is_said_beside_the_field(
    client, coordinator, cohort, people, query
):
    propose(cohort, coordinator)
    propose(cohort, coordinator)
    answer = get(client, "compare", cohort, **query)
    assert answer.status_code == 422
    assert "different plans" in answer.content.decode() or query["one"] == "99"


@pytest.mark.parametrize("differing", [1, 3])
def test_comparing_takes_as_many_queries_however_many_differ(
    client, coordinator, cohort, differing, django_assert_num_queries
):
    for _ in range(differing + 1):
        a_ready(MentorFactory, cohort, capacity=1)
        a_ready(ParticipantFactory, cohort)
    one = propose(cohort, coordinator)
    for proposal in one.proposals.all()[:differing]:
        PairRule.objects.create(
            cohort=cohort,
            mentor=proposal.mentor,
            mentee=proposal.mentee,
            kind="never",
            by=coordinator,
            at=NOW,
        )
    propose(cohort, coordinator)
    with django_assert_num_queries(9):
        get(client, "compare", cohort)


# --------------------------------------------------------------------------- the floor
def test_the_price_of_the_floor_is_a_page_of_its_own(
    client, coordinator, cohort, people
):
    propose(cohort, coordinator)
    answer = get(client, "price_of_floor", cohort, 1)
    assert 'id="price"' in answer.content.decode()
    assert Round.objects.count() == 1
