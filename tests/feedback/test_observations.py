"""A colleague says what they see through a link that works once, for one reader."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from feedback import actions
from feedback.models import Observation, ObservationRequest
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from tests.factories import (
    CoreOutcomeFactory,
    OutcomeFactory,
    PairFactory,
    UserFactory,
)
from tests.races import at_once

NOW = timezone.now()
CANARY = "canary-7d41"
BEHAVIOR = "Opens a point herself"


@pytest.fixture
def place(db):
    return PairFactory().mentee


@pytest.fixture
def token(place):
    return invite(place)


def invite(place, at=NOW):
    return actions.invite_observer(place, whom="peer", behavior=BEHAVIOR, at=at)


def link(token):
    return reverse("feedback:observe", args=[token])


def seen_by(user):
    with acting_as(user):
        rows = Observation.objects.order_by("request__asked_at")
        return [(row.seen, row.example) for row in rows]


def answers(token, at=NOW, example=CANARY):
    return actions.answer_invitation(token, seen=3, example=example, at=at)


# ------------------------------------------------------------------------ the link
def test_a_link_is_long_and_only_its_digest_is_kept(place, token):
    request = ObservationRequest.objects.get()
    assert len(token) >= 43  # 256 bits
    assert token not in str(vars(request))
    assert request.expires_at == NOW + timedelta(days=30)


def test_looking_at_a_link_changes_nothing_however_often(place, token):
    for _ in range(3):
        assert Client().get(link(token)).status_code == 200
        assert Client().head(link(token)).status_code == 200
    assert ObservationRequest.objects.open(NOW).count() == 1
    assert seen_by(place.user) == []


def test_the_page_says_who_reads_it_before_the_first_word(place, token):
    page = Client().get(link(token)).content.decode()
    assert page.index(f"Only {place.user.name}") < page.index('name="seen"')
    assert BEHAVIOR in page


def test_one_post_is_kept_for_the_person_alone(place, token):
    said = {"seen": "3", "example": CANARY}
    assert Client().post(link(token), said).status_code == 200
    assert seen_by(place.user) == [(3, CANARY)]
    assert seen_by(UserFactory()) == []
    assert not Observation.objects.exists()


def test_a_second_post_finds_the_link_at_rest(place, token):
    answers(token)
    again = Client().post(link(token), {"seen": "1", "example": "again"})
    assert again.status_code == 410
    assert "works once" in again.content.decode()
    assert seen_by(place.user) == [(3, CANARY)]


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_are_one():
    place = PairFactory().mentee
    token = invite(place)
    first, second = at_once(
        lambda: answers(token, example="one"), lambda: answers(token, example="two")
    )
    refused = [one for one in (first, second) if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [actions.LinkIsOver]
    assert len(seen_by(place.user)) == 1


def test_a_link_runs_out_after_thirty_days(place):
    token = invite(place, at=NOW - timedelta(days=30))
    assert Client().get(link(token)).status_code == 410
    with pytest.raises(actions.LinkIsOver):
        answers(token)


@pytest.mark.parametrize("token", ["nothing", "x" * 400, "%00"])
def test_a_link_that_never_was_looks_like_one_at_rest(db, token):
    address = link("x").replace("/x/", f"/{token}/")
    assert Client().get(address).status_code == 410


def test_a_link_dies_with_the_account_of_the_person(place, token):
    place.user.is_active = False
    place.user.save()
    assert Client().get(link(token)).status_code == 410


def test_ones_own_link_is_for_passing_on(client, place, token):
    client.force_login(place.user)
    assert "Pass it on" in client.get(link(token)).content.decode()
    client.post(link(token), {"seen": "4"})
    assert seen_by(place.user) == []


def test_an_answer_without_its_word_is_told_so_and_keeps_the_example(token):
    response = Client().post(link(token), {"example": "In Monday’s review"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Choose one of the four answers." in page
    assert "In Monday’s review" in page


def test_answering_as_somebody_signed_in_reads_nothing_of_theirs(client, place, token):
    colleague = UserFactory()
    client.force_login(colleague)
    client.post(link(token), {"seen": "2"})
    assert seen_by(place.user) == [(2, "")]
    assert seen_by(colleague) == []


# ------------------------------------------------------------------- making a link
def form_url(place):
    return reverse("home:observe", args=[place.pk])


@pytest.fixture
def own(client, place):
    client.force_login(place.user)
    return client


def test_one_answers_oneself_in_one_form(own, place):
    said = {"behavior": "other", "own": BEHAVIOR, "seen": "2", "example": CANARY}
    assert own.post(form_url(place), said).url == reverse(
        "feedback:growth", args=[place.pk]
    )
    assert seen_by(place.user) == [(2, CANARY)]
    page = own.get(reverse("feedback:growth", args=[place.pk])).content.decode()
    assert BEHAVIOR in page
    assert CANARY in page


def test_the_link_is_shown_once_and_nothing_of_a_colleague_is_kept(own, place):
    said = {"behavior": "other", "own": BEHAVIOR, "invite": "manager"}
    page = own.post(form_url(place), said).content.decode()
    (token,) = set(re.findall(r"/seen/([\w-]{43})/", page))
    assert Client().get(link(token)).status_code == 200
    assert "mailto:?subject" in page
    later = own.get(reverse("feedback:growth", args=[place.pk])).content.decode()
    assert token not in later
    assert "the link works until" in later
    assert not Notice.objects.exists()
    assert not AuditEntry.objects.exists()


def test_own_outcomes_of_a_way_of_acting_are_offered(own, place):
    pair = place.pairs_as_mentee.get()
    OutcomeFactory(pair=pair, title="Speaks first")
    OutcomeFactory(pair=pair, title="Hers not", side="mentor")
    made = CoreOutcomeFactory(kind="deliverable")
    OutcomeFactory(pair=pair, title="A written plan", core_outcome=made)
    page = own.get(form_url(place)).content.decode()
    assert "Speaks first" in page
    assert "Hers not" not in page
    assert "A written plan" not in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"seen": "2"}, "Choose what should be looked at."),
        ({"behavior": "other", "seen": "2"}, "Say in a few words"),
        ({"behavior": "other", "own": "x"}, "Answer yourself, ask somebody"),
        ({"behavior": "other", "own": "x", "example": "y"}, "Say how often"),
        ({"behavior": "other", "own": "x" * 201, "seen": "2"}, "at most 200"),
    ],
)
def test_what_is_missing_is_said(own, place, said, words):
    response = own.post(form_url(place), said)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not ObservationRequest.objects.exists()


def test_three_observations_take_as_many_queries_as_one(own, place):
    address = reverse("feedback:growth", args=[place.pk])
    answers(invite(place))
    own.get(address)
    with assertNumQueries(13):
        own.get(address)
    for _ in range(2):
        answers(invite(place))
    with assertNumQueries(13):
        own.get(address)
