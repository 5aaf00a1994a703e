"""Proposing and publishing: the coordinator's side of pairing."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from mentorship.accounts.models import audit
from mentorship.charter.models import Cohort
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant
from pairing import engine, notices
from pairing.models import PairRule, Proposal, Round, Weights
from pairing.proposing import problem_of, proposals_of

from .offers import has_room, settle, start_pair

REMIND_BEFORE = timedelta(days=2)


class NothingToPropose(Exception):
    """Nobody waits for a match, or no mentor has a place."""


class RoundHasChanged(Exception):
    """The proposals on the screen are no longer the ones in force."""


class CannotPin(Exception):
    """A hard limit stands between two people; `limits` names it."""

    def __init__(self, limits: list[str]):
        super().__init__(", ".join(limits))
        self.limits = limits


@transaction.atomic
def propose(cohort: Cohort, *, by, at: datetime) -> Round:
    """Work out the best plan for everyone who waits, and replace the open round.

    Raises NothingToPropose when there is nobody to pair.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    weights = weights_of(cohort, by=by)
    values = engine.Weights.from_dict(weights.values)
    problem = problem_of(cohort, values, cohort.program.today(at))
    if not problem.mentees or not problem.mentors:
        raise NothingToPropose
    plan = engine.solve(problem)
    close_open_round(cohort)
    round_ = store_round(cohort, weights, problem, plan, by=by, at=at)
    Proposal.objects.bulk_create(proposals_of(round_, problem, plan))
    made = {"pairs": len(plan.mentor_of), "unpaired": len(plan.unpaired)}
    audit("proposed pairs", round_, by=by, program_id=cohort.program_id, **made)
    return round_


def store_round(cohort, weights, problem, plan, *, by, at: datetime) -> Round:
    """Keep a run with all that is needed to replay it."""
    last = Round.objects.filter(cohort=cohort).aggregate(n=Max("number"))["n"] or 0
    return Round.objects.create(
        cohort=cohort,
        number=last + 1,
        state=Round.State.PROPOSED,
        weights=weights,
        snapshot=problem.to_json(),
        inputs_hash=problem.inputs_hash(),
        seed=plan.seed,
        gap=plan.gap,
        engine_version=plan.version,
        result=result_of(plan, problem),
        by=by,
        at=at,
    )


def result_of(plan: engine.Plan, problem: engine.Problem) -> dict:
    """What the engine answered, in plain values, for the screen and for replay."""
    refused = [asdict(conflict) for conflict in engine.conflicts(problem)]
    return plan.to_json() | {"conflicts": refused}


def replay(round_: Round) -> engine.Plan:
    """The plan of a stored round, worked out again from its own snapshot."""
    policy = engine.Policy(**round_.result["policy"])
    return engine.solve(engine.Problem.from_json(round_.snapshot), policy)


def weights_of(cohort: Cohort, *, by) -> Weights:
    """The program's newest weights; the default ones become number 1."""
    newest = Weights.objects.filter(program=cohort.program_id).first()
    return newest or Weights.objects.create(
        program_id=cohort.program_id,
        number=1,
        values=engine.Weights().as_dict(),
        by=by,
    )


def close_open_round(cohort: Cohort) -> None:
    """Replace the round in work; its proposals that nobody has seen are dropped."""
    opened = Round.objects.filter(cohort=cohort, state=Round.State.PROPOSED)
    Proposal.objects.filter(round__in=opened, state=Proposal.State.PROPOSED).update(
        state=Proposal.State.DROPPED
    )
    opened.update(state=Round.State.REPLACED)


@transaction.atomic
def set_rule(
    cohort: Cohort,
    *,
    mentor: Participant,
    mentee: Participant,
    kind: str,
    by,
    at: datetime,
    reason: str = "",
) -> PairRule:
    """Keep two people together, or never pair them, from the next proposal on.

    Raises CannotPin when a hard limit stands between the two.
    """
    if kind == PairRule.Kind.PIN:
        refuse_impossible(cohort, mentor, mentee, at)
    values = {"cohort": cohort, "kind": kind, "reason": reason, "by": by, "at": at}
    rule, _created = PairRule.objects.update_or_create(
        mentor=mentor, mentee=mentee, defaults=values
    )
    two = {"mentor": str(mentor.pk), "mentee": str(mentee.pk)}
    audit(f"set rule: {kind}", rule, by=by, program_id=cohort.program_id, **two)
    return rule


def refuse_impossible(cohort, mentor, mentee, at) -> None:
    """Raise CannotPin unless the engine could pair the two."""
    problem = problem_of(cohort, engine.Weights(), cohort.program.today(at))
    try:
        limits = engine.limits_between(problem, str(mentee.pk), str(mentor.pk))
    except KeyError:
        limits = ["NO_PLACE"]
    # A never-rule between the two is what this pin replaces.
    if limits := [name for name in limits if name != "NEVER_PAIR"]:
        raise CannotPin(limits)


@transaction.atomic
def drop_rule(rule: PairRule, *, by) -> None:
    """Take a rule back."""
    audit(f"dropped rule: {rule.kind}", rule, by=by, program_id=rule.cohort.program_id)
    rule.delete()


@transaction.atomic
def publish_round(round_: Round, *, by, at: datetime) -> list[Proposal]:
    """Offer every proposed pair to its two people and return the offers made.

    People are locked by id before anything is read, so nobody who is withdrawing at
    this moment gets an offer, and the cohort, so that nobody with an offer is proposed
    again. Raises RoundHasChanged when the round is not open.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=round_.cohort_id)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if locked.state != Round.State.PROPOSED:
        raise RoundHasChanged
    cohort = locked.cohort
    charter = cohort.program.in_force
    offers = still_possible(locked)
    make_offers(locked, offers, timedelta(days=charter.offer_days), at)
    made = {"pairs": len(offers)}
    audit("published pairs", locked, by=by, program_id=cohort.program_id, **made)
    if charter.asks_acceptance:
        Notice.objects.queue(notices.offers_made(offers, at, REMIND_BEFORE))
        return offers
    for proposal in offers:
        if has_room(proposal):
            start_pair(proposal, at=at)
        else:
            settle(proposal, Proposal.State.DROPPED)
    return offers


def make_offers(round_, offers, days: timedelta, at: datetime) -> None:
    """Open the offers for so many days, drop the rest, and close the round."""
    for proposal in offers:
        proposal.state = Proposal.State.OFFERED
        proposal.offered_at = at
        proposal.expires_at = at + days
    Proposal.objects.bulk_update(offers, ["state", "offered_at", "expires_at"])
    round_.proposals.filter(state=Proposal.State.PROPOSED).update(
        state=Proposal.State.DROPPED
    )
    round_.state, round_.published_at = Round.State.PUBLISHED, at
    round_.save(update_fields=["state", "published_at"])


def still_possible(round_: Round) -> list[Proposal]:
    """The round's proposals whose two people, now locked, still take part."""
    proposed = round_.proposals.filter(state=Proposal.State.PROPOSED)
    ids = {place for two in proposed.values_list("mentor", "mentee") for place in two}
    places = Participant.objects.filter(pk__in=ids).order_by("pk")
    locked = places.select_for_update(no_key=True).joined()
    here = set(locked.values_list("pk", flat=True))
    return list(proposed.filter(mentor__in=here, mentee__in=here).with_people())
