"""Answering offers."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.outbox.models import Notice
from pairing import actions
from pairing.models import Pair, Proposal
from tests.factories import (
    CharterFactory,
    MentorFactory,
    PairFactory,
    ProposalFactory,
    RoundFactory,
    UserFactory,
)
from tests.races import at_once

NOW = timezone.now()


def an_offer(**fields):
    """An open offer under a charter in force."""
    round_ = fields.pop("round", None) or RoundFactory()
    if not round_.cohort.program.versions.exists():
        CharterFactory(program=round_.cohort.program, pilot_weeks=6, rhythm_days=14)
    week = timedelta(days=7)
    return ProposalFactory(
        round=round_, state="offered", offered_at=NOW, expires_at=NOW + week, **fields
    )


@pytest.mark.django_db
def test_the_second_yes_starts_the_pilot():
    offer = an_offer()
    assert actions.accept_offer(offer, by=offer.mentee.user, at=NOW) is None
    pair = actions.accept_offer(offer, by=offer.mentor.user, at=NOW)
    assert pair.state == Pair.State.PILOT
    assert pair.pilot_due_on - pair.started_on == timedelta(weeks=6)
    assert pair.rhythm_days == 14
    assert Notice.objects.filter(template="pairing/paired").count() == 2


@pytest.mark.django_db
def test_saying_yes_twice_is_not_two_people_saying_yes():
    offer = an_offer()
    actions.accept_offer(offer, by=offer.mentee.user, at=NOW)
    actions.accept_offer(offer, by=offer.mentee.user, at=NOW)
    assert not Pair.objects.exists()


@pytest.mark.django_db
def test_a_no_closes_the_offer_for_both():
    offer = an_offer()
    actions.decline_offer(offer, by=offer.mentor.user, at=NOW)
    with pytest.raises(actions.OfferIsGone):
        actions.accept_offer(offer, by=offer.mentee.user, at=NOW)
    offer.refresh_from_db()
    assert (offer.state, offer.declined_by) == ("declined", offer.mentor)


@pytest.mark.django_db
def test_nobody_answers_for_somebody_else():
    offer = an_offer()
    with pytest.raises(actions.OfferIsGone):
        actions.accept_offer(offer, by=UserFactory(), at=NOW)


@pytest.mark.django_db
def test_an_unanswered_offer_expires_and_its_notices_are_canceled():
    offer = an_offer()
    Notice.objects.create(
        recipient=offer.mentee.user,
        kind="pairing",
        template="pairing/offer_reminder",
        key="reminder",
        about_kind="pairing.proposal",
        about_id=offer.pk,
    )
    assert actions.expire_offers(NOW + timedelta(days=6)) == 0
    assert actions.expire_offers(NOW + timedelta(days=8)) == 1
    assert actions.expire_offers(NOW + timedelta(days=8)) == 0
    assert Notice.objects.get().state == "canceled"


@pytest.mark.django_db
def test_a_mentor_without_a_place_takes_nobody_more():
    offer = an_offer()
    mentor = offer.mentor
    PairFactory.create_batch(mentor.capacity, cohort=mentor.cohort, mentor=mentor)
    actions.accept_offer(offer, by=offer.mentee.user, at=NOW)
    with pytest.raises(actions.MentorIsFull):
        actions.accept_offer(offer, by=mentor.user, at=NOW)
    offer.refresh_from_db()
    assert offer.state == Proposal.State.DROPPED


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_the_last_place_one_gets_it():
    for _round in range(5):
        mentor = MentorFactory(capacity=1)
        round_ = RoundFactory(cohort=mentor.cohort)
        offers = [an_offer(round=round_, mentor=mentor) for _ in range(2)]
        Proposal.objects.filter(round=round_).update(mentor_accepted_at=NOW)
        accept = actions.accept_offer
        results = at_once(
            *(partial(accept, each, by=each.mentee.user, at=NOW) for each in offers)
        )
        assert sum(isinstance(result, Pair) for result in results) == 1
        assert sum(isinstance(r, actions.MentorIsFull) for r in results) == 1
        assert Pair.objects.running().filter(mentor=mentor).count() == 1


@pytest.mark.django_db(transaction=True)
def test_both_sides_saying_yes_at_once_make_one_pair():
    for _round in range(5):
        offer = an_offer()
        accept = partial(actions.accept_offer, offer, at=NOW)
        results = at_once(
            partial(accept, by=offer.mentee.user), partial(accept, by=offer.mentor.user)
        )
        assert sum(isinstance(result, Pair) for result in results) == 1
        assert Pair.objects.filter(proposal=offer).count() == 1


@pytest.mark.django_db
def test_each_of_the_two_reads_the_reasons_as_said_to_them(client):
    matches = {"matches": [{"skill": "coaching"}]}
    skills = {"name": "skills", "weight": 1.0, "value": 1.0, "points": 1.0}
    hours = {"name": "availability", "weight": 1.0, "value": 0.5, "points": 0.5}
    shared = {"hours": 5, "async_only": False}
    offer = an_offer(
        reasons=[{**skills, "evidence": matches}, {**hours, "evidence": shared}]
    )
    pages = []
    for place in (offer.mentee, offer.mentor):
        client.force_login(place.user)
        pages.append(client.get(reverse("pairing:offer", args=[offer.pk])).text)
    assert "You want to build coaching" in pages[0]
    assert f"{offer.mentee.short_name} wants to build coaching; you can" in pages[1]
    assert all("You share 5 hours" in page for page in pages)
