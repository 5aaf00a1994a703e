"""The workbench and the offer page, as people see them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from pairing import actions
from pairing.models import PairRule, Proposal
from tests.factories import (
    CohortFactory,
    MentorFactory,
    PairFactory,
    ParticipantFactory,
    RoleFactory,
    a_ready,
)

NOW = timezone.now()


@pytest.fixture
def cohort(db):
    return CohortFactory(stage="pairing")


@pytest.fixture
def coordinator(cohort, client):
    user = RoleFactory(program=cohort.program).user
    client.force_login(user)
    return user


def ready(cohort, mentees, mentors):
    return (
        [a_ready(ParticipantFactory, cohort) for _ in range(mentees)],
        [a_ready(MentorFactory, cohort) for _ in range(mentors)],
    )


def page(client, cohort):
    return client.get(reverse("pairing:workbench", args=[cohort.pk]))


def test_an_empty_cohort_is_told_what_comes_first(client, coordinator, cohort):
    assert "Nobody is proposed yet" in page(client, cohort).content.decode()


def test_proposals_come_with_reasons_in_words(client, coordinator, cohort):
    (mentee,), (mentor,) = ready(cohort, 1, 1)
    client.post(reverse("pairing:propose", args=[cohort.pk]))
    text = page(client, cohort).content.decode()
    assert f"{mentee.short_name} wants to build" in text
    assert "1 proposed pair" in text


def test_never_pairing_two_people_proposes_anew(client, coordinator, cohort):
    (mentee,), mentors = ready(cohort, 1, 2)
    client.post(reverse("pairing:propose", args=[cohort.pk]))
    first = Proposal.objects.get(state="proposed")
    client.post(
        reverse("pairing:change", args=[cohort.pk]),
        {
            "verb": "never",
            "mentor": first.mentor_id,
            "mentee": mentee.pk,
            "seen": first.round_id,
        },
    )
    assert Proposal.objects.get(state="proposed").mentor_id != first.mentor_id


def test_a_rule_that_cannot_be_pinned_says_why_and_keeps_what_was_typed(
    client, coordinator, cohort
):
    (mentee,), (mentor,) = ready(cohort, 1, 1)
    mentor.user.profile.languages = ["fi"]
    mentor.user.profile.save()
    answer = client.post(
        reverse("pairing:change", args=[cohort.pk]),
        {
            "mentor": mentor.pk,
            "mentee": mentee.pk,
            "verb": "pin",
            "reason": "They know each other",
        },
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "share no language" in text
    assert "They know each other" in text


def test_somebody_of_another_cohort_cannot_be_ruled_about(client, coordinator, cohort):
    stranger = ParticipantFactory()
    mentor = MentorFactory(cohort=cohort)
    answer = client.post(
        reverse("pairing:change", args=[cohort.pk]),
        {"mentor": mentor.pk, "mentee": stranger.pk, "verb": "pin"},
    )
    assert answer.status_code == 422
    assert not PairRule.objects.exists()


def test_publishing_a_plan_that_changed_meanwhile_shows_the_new_one(
    client, coordinator, cohort
):
    ready(cohort, 2, 1)
    seen = actions.propose(cohort, by=coordinator, at=NOW)
    actions.propose(cohort, by=coordinator, at=NOW)
    answer = client.post(
        reverse("pairing:publish", args=[cohort.pk]), {"seen": seen.pk, "all": "yes"}
    )
    assert answer.status_code == 409
    assert "The plan has changed meanwhile" in answer.content.decode()
    assert not Proposal.objects.offered().exists()


def test_publishing_offers_the_plan_on_the_screen(client, coordinator, cohort):
    ready(cohort, 2, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    client.post(
        reverse("pairing:publish", args=[cohort.pk]), {"seen": round_.pk, "all": "yes"}
    )
    assert Proposal.objects.offered().count() == 2


def test_an_offer_shows_reasons_and_no_score(client, coordinator, cohort):
    ready(cohort, 1, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    (offer,) = actions.publish_round(round_, by=coordinator, at=NOW)
    client.force_login(offer.mentee.user)
    text = client.get(reverse("pairing:offer", args=[offer.pk])).content.decode()
    assert "wants to build" in text
    assert "strong fit" not in text
    assert "Lead a first project." not in text  # goals are read once they are a pair
    assert str(round(100 * offer.score)) not in text.split("<main")[1]


def test_an_offer_is_hidden_until_it_is_published(client, coordinator, cohort):
    ready(cohort, 1, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    proposal = round_.proposals.get()
    client.force_login(proposal.mentee.user)
    answer = client.get(reverse("pairing:offer", args=[proposal.pk]))
    assert answer.status_code == 404


def test_a_strange_answer_changes_nothing(client, coordinator, cohort):
    ready(cohort, 1, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    (offer,) = actions.publish_round(round_, by=coordinator, at=NOW)
    client.force_login(offer.mentee.user)
    client.post(reverse("pairing:offer", args=[offer.pk]), {"answer": "maybe"})
    offer.refresh_from_db()
    assert offer.state == "offered"


@pytest.mark.parametrize("people", [1, 3])
def test_the_workbench_takes_as_many_queries_for_one_as_for_three(
    client, coordinator, cohort, people, django_assert_num_queries
):
    ready(cohort, people + 1, people)
    actions.propose(cohort, by=coordinator, at=NOW)
    page(client, cohort)
    with django_assert_num_queries(11):
        page(client, cohort)


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_pairs_takes_as_many_queries_for_one_as_for_three(
    client, coordinator, cohort, people, django_assert_num_queries
):
    PairFactory.create_batch(people, cohort=cohort)
    address = reverse("pairing:pairs", args=[cohort.pk])
    client.get(address)
    with django_assert_num_queries(7):
        answer = client.get(address)
    assert answer.content.decode().count('class="duo"') == people


def test_an_offer_page_takes_few_queries(
    client, coordinator, cohort, django_assert_num_queries
):
    ready(cohort, 1, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    (offer,) = actions.publish_round(round_, by=coordinator, at=NOW)
    client.force_login(offer.mentor.user)
    with django_assert_num_queries(4):
        client.get(reverse("pairing:offer", args=[offer.pk]))
