"""What people say about whom they are paired with: wishes, one veto, how it felt."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mentorship.accounts.acting import acting_as
from mentorship.charter.models import Cohort
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant
from pairing import openness
from pairing.models import (
    Pair,
    Proposal,
    Round,
    SayAnswer,
    SayQuestion,
    Veto,
    Wish,
)

from .rules import rule_out, take_rule_back


class NotNow(Exception):
    """It is not, or no longer, the time for this; `why` says it in one word."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class VetoIsUsed(Exception):
    """There is one veto, and it is given."""


class VetoStands(Exception):
    """Pairs were published with it, so it can no longer be taken back."""


class NotAVeto(Exception):
    """The two could not be paired, or are a pair already."""


@transaction.atomic
def rank_mentors(
    place: Participant, ranked: Sequence[Participant], *, at: datetime
) -> list[Wish]:
    """Keep whom a mentee would like, the first choice first, instead of what they said
    before. Raises NotNow."""
    place = locked(place.cohort_id, [place.pk], at=at)[place.pk]
    if why := openness.why_no_wishes(place, at):
        raise NotNow(why)
    Wish.objects.filter(mentee=place).delete()
    wishes = [
        Wish(mentee=place, mentor=mentor, rank=rank, at=at)
        for rank, mentor in enumerate(ranked, 1)
    ]
    if wishes:
        Notice.objects.about(place).filter(template="pairing/say_reminder").cancel()
    return Wish.objects.bulk_create(wishes)


@transaction.atomic
def veto(place: Participant, other: Participant, *, by, at: datetime) -> None:
    """Rather not be paired with `other`: once, and without saying so to anybody.

    A rule by the program itself is all that others see of it; a proposal of the two
    that nobody has read is dropped. Raises NotNow, VetoIsUsed or NotAVeto.
    """
    places = locked(place.cohort_id, [place.pk, other.pk], at=at)
    place, other = places[place.pk], places[other.pk]
    if why := openness.why_no_veto(place, at):
        raise NotNow(why)
    ways = [pair for pair in ways_between(place, other) if can_come_about(*pair)]
    if not ways:
        raise NotAVeto
    with acting_as(by):
        _veto, is_new = Veto.objects.get_or_create(
            participant=place, defaults={"author": by, "other": other, "at": at}
        )
    if not is_new:
        raise VetoIsUsed
    for mentor, mentee in ways:
        rule_out(place.cohort, mentor, mentee, at=at)
        Proposal.objects.filter(
            mentor=mentor, mentee=mentee, state=Proposal.State.PROPOSED
        ).update(state=Proposal.State.DROPPED)


@transaction.atomic
def take_veto_back(place: Participant, *, by, at: datetime) -> None:
    """Think again, as long as nothing was published with it; harmless without one.
    Raises VetoStands."""
    place = locked(place.cohort_id, [place.pk], at=at)[place.pk]
    with acting_as(by):
        given = Veto.objects.filter(participant=place).first()
        if given is None:
            return
        if veto_stands(given, place.cohort_id):
            raise VetoStands
        given.delete()
    other = Participant.objects.get(pk=given.other_id)
    for mentor, mentee in ways_between(place, other):
        take_rule_back(mentor, mentee)


def veto_stands(given: Veto, cohort_id) -> bool:
    """Whether pairs have been published since it was given."""
    rounds = Round.objects.filter(cohort=cohort_id, published_at__gte=given.at)
    return rounds.exists()


def locked(cohort_id, ids: Iterable, *, at: datetime) -> dict:
    """{id: place} as `openness` asks for them, with the cohort and then the places
    locked in the order in which publishing locks them."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)
    places = Participant.objects.filter(pk__in=ids)
    list(places.order_by("pk").select_for_update(no_key=True))
    found = openness.with_pairing(places, at.date()).select_related(
        "cohort__program", "user"
    )
    return {place.pk: place for place in found}


def ways_between(one: Participant, other: Participant) -> list[tuple]:
    """The (mentor, mentee) that these two could be."""
    return [
        (mentor, mentee)
        for mentor, mentee in ((one, other), (other, one))
        if mentor.is_mentor and mentee.is_mentee
    ]


def can_come_about(mentor: Participant, mentee: Participant) -> bool:
    """Whether the two may still be proposed: both take part in one cohort, and are
    neither a pair nor offered to each other."""
    two = Q(mentor=mentor, mentee=mentee)
    return (
        mentor.cohort_id == mentee.cohort_id
        and mentor.pk != mentee.pk
        and mentor.state == mentee.state == Participant.State.JOINED
        and not Pair.objects.running().filter(two).exists()
        and not Proposal.objects.offered().filter(two).exists()
    )


@transaction.atomic
def answer_say(
    question: SayQuestion, *, by, value: int | None, at: datetime
) -> SayQuestion:
    """Keep how much of a say somebody had, from 1 to 5; None leaves it out, which is an
    answer too. It can be changed."""
    question = SayQuestion.objects.select_for_update().get(pk=question.pk)
    with acting_as(by):
        if value is None:
            SayAnswer.objects.filter(question=question).delete()
        else:
            SayAnswer.objects.update_or_create(
                question=question, defaults={"author": by, "value": value}
            )
    question.answered_at = at
    question.save(update_fields=["answered_at"])
    return question


def ask_for_say(pair: Pair, *, at: datetime) -> None:
    """Ask both people of a new pair, once for each place, whether they had a say."""
    SayQuestion.objects.bulk_create(
        [SayQuestion(participant=place, asked_at=at) for place in pair.members],
        ignore_conflicts=True,
    )
