"""Whether somebody had a say: asked once, answered in private, or left out."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from pairing import actions
from pairing.models import SayAnswer, SayQuestion
from tests.factories import PairFactory, RoleFactory
from tests.pairing.test_offers import an_offer

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    place = PairFactory().mentee
    return SayQuestion.objects.create(participant=place)


def url(question):
    return reverse("pairing:say", args=[question.pk])


def answers(user):
    with acting_as(user):
        return list(SayAnswer.objects.values_list("value", flat=True))


def test_both_are_asked_when_their_pair_starts():
    offer = an_offer()
    actions.accept_offer(offer, by=offer.mentee.user, at=NOW)
    assert not SayQuestion.objects.exists()
    actions.accept_offer(offer, by=offer.mentor.user, at=NOW)
    assert {question.participant for question in SayQuestion.objects.all()} == {
        offer.mentor,
        offer.mentee,
    }


def test_a_mentor_of_two_is_asked_once():
    first = an_offer()
    second = an_offer(round=first.round, mentor=first.mentor)
    for offer in (first, second):
        for place in (offer.mentee, offer.mentor):
            actions.accept_offer(offer, by=place.user, at=NOW)
    assert SayQuestion.objects.filter(participant=first.mentor).count() == 1


def test_an_answer_is_read_by_its_author_alone(question):
    user = question.participant.user
    actions.answer_say(question, by=user, value=4, at=NOW)
    coordinator = RoleFactory(program=question.participant.cohort.program).user
    assert (answers(user), answers(coordinator)) == ([4], [])
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pairing_sayanswer")
        assert cursor.fetchone() == (0,)


def test_leaving_it_out_is_an_answer_too(question):
    user = question.participant.user
    actions.answer_say(question, by=user, value=4, at=NOW)
    question = actions.answer_say(question, by=user, value=None, at=NOW)
    assert question.answered_at == NOW
    assert answers(user) == []


@pytest.mark.parametrize("value", [0, 6])
def test_the_database_takes_one_to_five(question, value):
    user = question.participant.user
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.answer_say(question, by=user, value=value, at=NOW)


def test_the_page_says_who_reads_it_and_speaks_in_words(client, question):
    client.force_login(question.participant.user)
    page = client.get(url(question)).text
    assert page.index("Only you") < page.index("Not at all") < page.index("Fully")
    assert "Counted with others, never alone" in page
    assert client.post(url(question), {"x": ""}).status_code == 422
    client.post(url(question), {"value": "5"})
    assert answers(question.participant.user) == [5]
    assert 'value="5" ' in client.get(url(question)).text
    client.post(url(question), {"skip": "1"})
    assert answers(question.participant.user) == []


def test_it_waits_on_the_first_page_until_it_is_answered(client, question):
    client.force_login(question.participant.user)
    prompt = "Did you have a say"
    assert prompt in client.get(reverse("home:me")).text
    client.post(url(question), {"skip": "1"})
    assert prompt not in client.get(reverse("home:me")).text


def test_nobody_answers_for_somebody_else(client, question):
    client.force_login(RoleFactory(program=question.participant.cohort.program).user)
    assert client.get(url(question)).status_code == 404
