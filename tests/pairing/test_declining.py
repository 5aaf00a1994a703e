"""Saying no: with a reason or without, and what the others learn of it."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from mentorship.participants.actions import withdraw
from pairing import actions, notices
from pairing.models import DeclineReason, PairRule, Proposal
from tests.factories import CohortFactory, PairRuleFactory, RoleFactory, RoundFactory
from tests.pairing.test_offers import an_offer
from tests.races import at_once

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return an_offer()


def page_of(offer):
    return reverse("pairing:offer", args=[offer.pk])


def reasons_of(offer):
    return reverse("pairing:decline_reasons", args=[offer.round.cohort.program_id])


def decline(offer, code="time", words="My mother moves in with us"):
    user = offer.mentor.user
    actions.decline_offer(offer, by=user, at=NOW, code=code, words=words)


def read_by(user):
    with acting_as(user):
        return list(DeclineReason.objects.values_list("words", flat=True))


def with_role(offer, kind):
    return RoleFactory(program=offer.round.cohort.program, kind=kind).user


# -------------------------------------------------------------------------- the reason
def test_a_reason_is_read_by_its_author_and_facilitators_alone(offer):
    decline(offer)
    foreign = RoleFactory(kind="facilitator").user
    readers = {
        "author": offer.mentor.user,
        "partner": offer.mentee.user,
        "foreign facilitator": foreign,
        **{
            kind: with_role(offer, kind)
            for kind in ("coordinator", "facilitator", "steering", "sponsor")
        },
    }
    seen = {name for name, user in readers.items() if read_by(user)}
    assert seen == {"author", "facilitator"}
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pairing_declinereason")
        assert cursor.fetchone() == (0,)


def test_a_facilitator_in_the_offer_is_an_ordinary_person_there(client, offer):
    RoleFactory(
        user=offer.mentee.user, program=offer.round.cohort.program, kind="facilitator"
    )
    decline(offer)
    assert read_by(offer.mentee.user) == []
    client.force_login(offer.mentee.user)
    assert "My mother" not in client.get(reasons_of(offer)).text


def test_a_facilitator_changes_no_reason(offer):
    decline(offer)
    with acting_as(with_role(offer, "facilitator")):
        assert DeclineReason.objects.update(words="") == 0


def test_a_no_needs_no_reason(client, offer):
    client.force_login(offer.mentor.user)
    sent = client.post(page_of(offer), {"answer": "decline", "code": "", "words": ""})
    assert sent.status_code == 302
    assert Proposal.objects.get().state == "declined"
    assert read_by(offer.mentor.user) == []


def test_a_no_with_a_reason_is_given_on_the_page(client, offer):
    client.force_login(offer.mentor.user)
    page = client.get(page_of(offer)).text
    said = page.index("facilitators can read this")
    assert said < page.index('name="code"') < page.index('name="words"')
    client.post(
        page_of(offer), {"answer": "decline", "code": "known", "words": "My cousin"}
    )
    with acting_as(offer.mentor.user):
        reason = DeclineReason.objects.get()
    assert (reason.code, reason.words) == ("known", "My cousin")


def test_words_without_a_kind_are_another_reason(client, offer):
    client.force_login(offer.mentor.user)
    client.post(page_of(offer), {"answer": "decline", "words": "A long story"})
    with acting_as(offer.mentor.user):
        assert DeclineReason.objects.get().code == "other"


@pytest.mark.parametrize(
    "sent",
    [
        {"answer": "decline", "code": "nonsense", "words": "As I typed it"},
        {"answer": "decline", "code": "time", "words": "As I typed it" + "x" * 1000},
        {"answer": "", "code": "time", "words": "As I typed it"},
        {"answer": "perhaps", "words": "As I typed it"},
    ],
)
def test_an_answer_that_is_none_keeps_what_was_typed(client, offer, sent):
    client.force_login(offer.mentor.user)
    answer = client.post(page_of(offer), sent)
    assert answer.status_code == 422
    assert "As I typed it" in answer.text
    assert Proposal.objects.get().state == "offered"


# ------------------------------------------------------------- the facilitators read
def test_facilitators_read_who_said_no_to_whom_and_why(client, offer):
    decline(offer)
    client.force_login(with_role(offer, "facilitator"))
    page = client.get(reasons_of(offer)).text
    for words in (
        offer.mentor.name,
        offer.mentee.name,
        offer.round.cohort.name,
        "My mother moves in with us",
        "I have too little time just now",
    ):
        assert words in page


@pytest.mark.parametrize("kind", ["coordinator", "steering", "sponsor"])
def test_other_staff_may_not(client, offer, kind):
    client.force_login(with_role(offer, kind))
    assert client.get(reasons_of(offer)).status_code == 403


def test_a_coordinator_who_also_facilitates_reads_as_a_facilitator(client, offer):
    user = with_role(offer, "coordinator")
    RoleFactory(user=user, program=offer.round.cohort.program, kind="facilitator")
    client.force_login(user)
    assert client.get(reasons_of(offer)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(
    client, number, django_assert_num_queries
):
    cohort = CohortFactory()
    round_ = RoundFactory(cohort=cohort)
    for _offer in range(number):
        decline(an_offer(round=round_))
    client.force_login(RoleFactory(program=cohort.program, kind="facilitator").user)
    with django_assert_num_queries(11):
        page = client.get(
            reverse("pairing:decline_reasons", args=[cohort.program_id])
        ).text
    assert page.count("My mother") == number


def test_the_charter_leads_facilitators_there_and_nobody_else(client, offer):
    charter = reverse("charter:charter", args=[offer.round.cohort.program_id])
    for kind, leads in (("facilitator", True), ("coordinator", False)):
        client.force_login(with_role(offer, kind))
        assert (reasons_of(offer) in client.get(charter).text) is leads


# ------------------------------------------------------------- what the others learn
def closed_for(offer):
    """The words to each of the two when an offer closes, by name of the side."""
    return {
        side: compose(notice).body.partition("\n-- \n")[0]
        for side in ("mentor", "mentee")
        for notice in Notice.objects.filter(
            template="pairing/offer_closed", recipient=getattr(offer, side).user
        )
    }


def say_yes(offer, side="mentee"):
    actions.accept_offer(offer, by=getattr(offer, side).user, at=NOW)


def test_whoever_said_yes_hears_the_same_after_a_no_as_after_silence():
    told = []
    for ends in ("declined", "expired", "withdrawn"):
        offer = an_offer()
        say_yes(offer)
        if ends == "declined":
            decline(offer)
        elif ends == "expired":
            actions.expire_offers(NOW + timedelta(days=8))
        else:
            withdraw(offer.mentor, by=offer.mentor.user, at=NOW)
        words = closed_for(offer)
        assert words.keys() == {"mentee"}
        text = words["mentee"]
        for place in (offer.mentor, offer.mentee):
            text = text.replace(place.name, "X").replace(place.short_name, "X")
        told.append(text.replace(offer.round.cohort.program.name, "P").split("Sent")[0])
    assert told[0] == told[1] == told[2]
    assert "does not come about" in told[0]
    assert "declined" not in told[0]


def test_whoever_said_nothing_hears_nothing(offer):
    actions.expire_offers(NOW + timedelta(days=8))
    assert closed_for(offer) == {}


def test_the_page_of_the_partner_says_no_more_than_that_it_is_closed(client, offer):
    decline(offer)
    client.force_login(offer.mentee.user)
    page = client.get(page_of(offer)).text
    assert "no longer open" in page
    assert "My mother" not in page
    assert "declined" not in page.lower()


# ------------------------------------------------------------------- chased, then gone
def test_both_are_reminded_before_an_offer_expires(offer):
    queued = notices.offers_made([offer], NOW, timedelta(days=2))
    reminders = [n for n in queued if n.template == "pairing/offer_reminder"]
    assert {n.recipient for n in reminders} == {offer.mentor.user, offer.mentee.user}
    assert {n.due_at for n in reminders} == {offer.expires_at - timedelta(days=2)}
    for notice in reminders:
        assert "can still say yes or no" in compose(notice).body


def test_of_a_half_answered_offer_only_the_silent_one_is_reminded(offer):
    Notice.objects.queue(notices.offers_made([offer], NOW, timedelta(days=2)))
    say_yes(offer)
    waiting = Notice.objects.unsent().filter(template="pairing/offer_reminder")
    assert [notice.recipient for notice in waiting] == [offer.mentor.user]


def test_a_half_answered_offer_expires_like_any_other(offer):
    say_yes(offer)
    assert actions.expire_offers(NOW + timedelta(days=8)) == 1
    assert actions.expire_offers(NOW + timedelta(days=8)) == 0
    assert Proposal.objects.get().state == "expired"
    assert Notice.objects.filter(template="pairing/offer_closed").count() == 1
    with pytest.raises(actions.OfferIsGone):
        say_yes(offer, "mentor")


@pytest.mark.django_db(transaction=True)
def test_a_no_outlives_a_pin_that_is_dropped_at_the_same_moment():
    for _round in range(3):
        proposal = an_offer(round=RoundFactory(state="published"))
        cohort, mentee = proposal.round.cohort, proposal.mentee
        two = {"mentor": proposal.mentor, "mentee": mentee}
        PairRuleFactory(cohort=cohort, **two, kind="pin")
        by = RoleFactory(program=cohort.program).user
        drop = {"seen": "", "by": by, "at": NOW}
        results = at_once(
            partial(actions.decline_offer, proposal, by=mentee.user, at=NOW),
            partial(actions.change, cohort, "drop", **drop, **two),
        )
        assert results == [None, None]
        assert PairRule.objects.get(**two).is_private
