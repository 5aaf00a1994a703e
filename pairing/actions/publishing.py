"""Publishing: proposals become offers to people, all of them or some."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from mentorship.accounts.models import audit
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant, Pause
from mentorship.participants.proposing import collector_paused
from pairing import notices
from pairing.models import Pair, Proposal, Round
from pairing.models.round import ProposalQuerySet
from pairing.proposing import keep_reasons
from pairing.proposing.waiting import count_of

from .asking import forget_asking
from .offers import has_room, settle, start_pair
from .rounds import RoundHasChanged, lock, refuse_in_work
from .runs import plan_of, run_of

REMIND_BEFORE = timedelta(days=2)


@transaction.atomic
@collector_paused()
def publish_round(
    round_: Round, *, by, at: datetime, pairs: Collection | None = None
) -> list[Proposal]:
    """Offer proposed pairs to their two people and return the offers made: all of the
    round, or those with the ids `pairs`, and then the rest stays open.

    People are locked by id before anything is read, so nobody who is withdrawing at
    this moment gets an offer, and the cohort, so that nobody with an offer is proposed
    again. Raises RoundHasChanged when the round is not open or others have published
    these pairs, and PlanIsInWork while another plan is being worked out.
    """
    lock(round_.cohort)
    locked = Round.objects.select_for_update(of=["self"]).get(pk=round_.pk)
    chosen = locked.proposals.filter(state=Proposal.State.PROPOSED)
    if pairs is not None:
        chosen = chosen.filter(pk__in=pairs)
    if not locked.is_open or (pairs is not None and not chosen.exists()):
        raise RoundHasChanged
    refuse_in_work(round_.cohort)
    offers = still_possible(chosen, round_.cohort.program.today(at))
    charter = locked.cohort.program.in_force
    make_offers(locked, offers, timedelta(days=charter.offer_days), at)
    forget_asking(offers)
    close(locked, chosen, at)
    program = locked.cohort.program_id
    audit("published pairs", locked, by=by, program_id=program, pairs=len(offers))
    if charter.asks_acceptance:
        Notice.objects.queue(notices.offers_made(offers, at, REMIND_BEFORE))
    else:
        start_pairs(offers, at)
    return offers


def still_possible(chosen: ProposalQuerySet, today: date) -> list[Proposal]:
    """The proposals whose two people, now locked, still take part and are not on a
    break, whom nobody has ruled out, and whose mentor has room."""
    ids = {place for two in chosen.values_list("mentor", "mentee") for place in two}
    places = Participant.objects.filter(pk__in=ids).order_by("pk")
    list(places.select_for_update(no_key=True).values_list("pk"))
    # Asked in a second statement, which sees what people said who were faster.
    away = Pause.objects.open_on(today).values("participant")
    here = set(places.joined().exclude(pk__in=away).values_list("pk", flat=True))
    possible = chosen.filter(mentor__in=here, mentee__in=here)
    return within_places(possible.exclude(pk__in=chosen.ruled_out()).with_people())


def within_places(proposals: ProposalQuerySet) -> list[Proposal]:
    """As many for each mentor as they have places left, the best fits first."""
    places: QuerySet = Participant.objects.filter(pk__in=proposals.values("mentor"))
    mentors = places.annotate(
        taken=count_of(Pair.objects.running()) + count_of(Proposal.objects.offered())
    )
    left = {mentor.pk: (mentor.capacity or 0) - mentor.taken for mentor in mentors}
    kept = []
    for proposal in proposals:
        if left[proposal.mentor_id] > 0:
            left[proposal.mentor_id] -= 1
            kept.append(proposal)
    return kept


def make_offers(round_, offers, days: timedelta, at: datetime) -> None:
    """Open the offers for so many days, each with its reasons and two alternates."""
    if not offers:
        return
    keep_reasons(offers, run_of(round_.pk).problem, plan_of(round_))
    for proposal in offers:
        proposal.state = Proposal.State.OFFERED
        proposal.offered_at = at
        proposal.expires_at = at + days
    told = ["state", "offered_at", "expires_at", "reasons", "alternates"]
    # An upsert: much quicker than as many cases in one update.
    Proposal.objects.bulk_create(
        offers, update_conflicts=True, unique_fields=["id"], update_fields=told
    )


def close(round_: Round, chosen: ProposalQuerySet, at: datetime) -> None:
    """Drop what was chosen and is not possible any more; with nothing left to publish
    the round is published."""
    chosen.update(state=Proposal.State.DROPPED)
    round_.published_at = round_.published_at or at
    if not round_.proposals.filter(state=Proposal.State.PROPOSED).exists():
        round_.state = Round.State.PUBLISHED
    round_.save(update_fields=["state", "published_at"])


def start_pairs(offers: list[Proposal], at: datetime) -> None:
    """Where the charter asks for no answer, offers become pairs as far as there is
    room."""
    for proposal in offers:
        if has_room(proposal):
            start_pair(proposal, at=at)
        else:
            settle(proposal, Proposal.State.DROPPED)
