"""Answering offers: the people's side of pairing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant
from pairing import notices
from pairing.models import DeclineReason, Pair, Proposal

from .endings import end_pairs
from .rounds import lock
from .rules import rule_out
from .say import ask_for_say


class OfferIsGone(Exception):
    """The offer was answered, has expired, or is not needed any more."""


class MentorIsFull(Exception):
    """Somebody else took the mentor's last place."""


def accept_offer(proposal: Proposal, *, by, at: datetime) -> Pair | None:
    """Say yes for one side; with both, the pair starts its pilot and is returned.

    Raises OfferIsGone when there is nothing to accept any more, and MentorIsFull when
    the last place went to somebody else; the offer is then dropped.
    """
    with transaction.atomic():
        proposal = locked_offer(proposal)
        side = side_of(proposal, by)
        setattr(proposal, f"{side}_accepted_at", at)
        proposal.save(update_fields=[f"{side}_accepted_at"])
        if not (proposal.mentor_accepted_at and proposal.mentee_accepted_at):
            Notice.objects.about(proposal).filter(recipient=by).cancel()
            return None
        if has_room(proposal):
            return start_pair(proposal, at=at)
        settle(proposal, Proposal.State.DROPPED)
        tell_who_said_yes([proposal], but=by, at=at)
    raise MentorIsFull


@transaction.atomic
def decline_offer(
    proposal: Proposal, *, by, at: datetime, code: str = "", words: str = ""
) -> None:
    """Say no; the two are not proposed to each other again. A reason, one of
    DeclineReason.Code, is up to the person and is read by the program's facilitators
    alone. Raises OfferIsGone."""
    lock(proposal.round.cohort)
    proposal = locked_offer(proposal)
    proposal.declined_by_id = getattr(proposal, f"{side_of(proposal, by)}_id")
    proposal.declined_at = at
    proposal.save(update_fields=["declined_by", "declined_at"])
    settle(proposal, Proposal.State.DECLINED)
    rule_out(proposal.round.cohort, proposal.mentor, proposal.mentee, at=at)
    tell_who_said_yes([proposal], but=by, at=at)
    if code:
        with acting_as(by):
            DeclineReason.objects.create(
                proposal=proposal,
                author=by,
                program_id=proposal.round.cohort.program_id,
                code=code,
                words=words,
            )


@transaction.atomic
def expire_offers(now: datetime) -> int:
    """Let offers go that not both answered in their days; returns how many. Whoever
    said yes hears of it in the words that a no brings."""
    over = Proposal.objects.offered().filter(expires_at__lte=now)
    locked = over.select_for_update(skip_locked=True, of=["self"]).with_people()
    offers = list(locked.select_related("round__cohort__program"))
    close_offers(offers, Proposal.State.EXPIRED)
    tell_who_said_yes(offers, at=now)
    return len(offers)


def close_offers(offers: list[Proposal], state: str) -> None:
    """Close offers, and cancel what was still to be said about them."""
    ids = [offer.pk for offer in offers]
    about = Proposal._meta.label_lower
    Notice.objects.filter(about_kind=about, about_id__in=ids).cancel()
    Proposal.objects.filter(pk__in=ids).update(state=state)


def tell_who_said_yes(offers: list[Proposal], *, at: datetime, but=None) -> None:
    """The same kind words to everyone who had said yes, whatever became of it."""
    Notice.objects.queue(notices.offers_closed(offers, at, but=but))


def locked_offer(proposal: Proposal) -> Proposal:
    """The offer, with its two people locked first and always by id.

    Capacity is counted under the mentor's lock: of two who accept the last place at
    the same time, the second one waits and then finds it taken.
    """
    both = sorted([proposal.mentor_id, proposal.mentee_id])
    places = Participant.objects.filter(pk__in=both).order_by("pk")
    list(places.select_for_update(no_key=True))
    found = (
        Proposal.objects.offered()
        .with_people()
        .select_related("round__cohort__program")
        .select_for_update(of=["self"])
        .filter(pk=proposal.pk)
        .first()
    )
    if found is None:
        raise OfferIsGone
    return found


def side_of(proposal: Proposal, user) -> str:
    """`mentor` or `mentee`. Raises OfferIsGone for anybody else."""
    for side in ("mentor", "mentee"):
        if getattr(proposal, side).user_id == user.pk:
            return side
    raise OfferIsGone


def has_room(proposal: Proposal) -> bool:
    """Whether both still take part, the mentor has a place and the mentee none."""
    mentor, mentee = proposal.mentor, proposal.mentee
    running = Pair.objects.running()
    return (
        mentor.state == mentee.state == Participant.State.JOINED
        and running.filter(mentor=mentor).count() < mentor.capacity
        and not running.filter(mentee=mentee).exists()
    )


def settle(proposal: Proposal, state: str) -> None:
    """Close an offer and cancel what was still to be said about it."""
    proposal.state = state
    proposal.save(update_fields=["state"])
    Notice.objects.about(proposal).cancel()


def start_pair(proposal: Proposal, *, at: datetime) -> Pair:
    """Make the pair of an accepted offer, in its pilot, and tell both."""
    settle(proposal, Proposal.State.ACCEPTED)
    cohort = proposal.round.cohort
    charter = cohort.program.in_force
    today = cohort.program.today(at)
    pair = Pair.objects.create(
        cohort=cohort,
        mentor=proposal.mentor,
        mentee=proposal.mentee,
        proposal=proposal,
        started_on=today,
        pilot_due_on=today + timedelta(weeks=charter.pilot_weeks),
        rhythm_days=charter.rhythm_days,
    )
    Notice.objects.queue(notices.pair_started(pair, charter, at))
    ask_for_say(pair, at=at)
    return pair


@transaction.atomic
def free_the_place(participant: Participant, *, by, at: datetime) -> None:
    """Somebody leaves: their offers are dropped and their running pairs end, all in
    the name of the program itself."""
    open_states = [Proposal.State.PROPOSED, Proposal.State.OFFERED]
    mine = Q(mentor=participant) | Q(mentee=participant)
    offers = Proposal.objects.filter(mine, state__in=open_states).with_people()
    gone = list(offers.select_related("round__cohort__program"))
    close_offers(gone, Proposal.State.DROPPED)
    tell_who_said_yes(gone, but=participant.user, at=at)
    pairs = list(Pair.objects.running().filter(mine))
    program = User.objects.the_program()
    ended = end_pairs(pairs, ending=Pair.Ending.WITHDRAWN, by=program, at=at)
    who = participant.user
    Notice.objects.queue(
        [n for pair in ended for n in notices.partner_left(pair, who=who, at=at)]
    )
