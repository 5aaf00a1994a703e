"""Rounds: a new plan replaces the open one, at once or in a worker's time."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mentorship.accounts.models import audit
from mentorship.charter.models import Cohort
from mentorship.participants.models import Participant
from mentorship.participants.proposing import collector_paused
from pairing import engine
from pairing.models import Proposal, Round
from pairing.proposing import ready_mentors, waiting_mentees

from .queueing import queue
from .runs import Run, effect_of, keep
from .what_counts import in_force

# Mentees and mentors together whose plan a request works out itself.
A_REQUEST_TAKES = 2_000


class NothingToPropose(Exception):
    """Nobody waits for a match, or no mentor has a place."""


class RoundHasChanged(Exception):
    """The proposals on the screen are no longer the ones in force."""


class PlanIsInWork(Exception):
    """A worker is working a plan out; nothing else may change it meanwhile."""


@transaction.atomic
def propose(cohort: Cohort, *, by, at: datetime) -> Round:
    """Work out the best plan for everyone who waits, and replace the open round.

    Raises NothingToPropose when there is nobody to pair, and PlanIsInWork.
    """
    lock(cohort)
    today = cohort.program.today(at)
    if not waiting_mentees(cohort, today).exists():
        raise NothingToPropose
    if not ready_mentors(cohort, today).exists():
        raise NothingToPropose
    return new_round(cohort, {"verb": "propose"}, by=by, at=at)


def lock(cohort: Cohort) -> None:
    """Let nobody else change the cohort's plan until this transaction ends."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)


def refuse_in_work(cohort: Cohort) -> None:
    """Raise PlanIsInWork while a worker works a plan of the cohort out."""
    if Round.objects.filter(cohort=cohort).in_work().exists():
        raise PlanIsInWork


def open_round(cohort: Cohort) -> Round | None:
    """The plan that is being looked at and not yet published as a whole."""
    return Round.objects.filter(cohort=cohort, state=Round.State.PROPOSED).first()


@collector_paused()
def new_round(
    cohort: Cohort, change: dict, *, by, at: datetime, base: Round | None = None
) -> Round:
    """The next round of a cohort that is locked: worked out now, or queued when the
    cohort is large; then the open round stays until the new plan is there.

    Raises PlanIsInWork while another one is queued.
    """
    refuse_in_work(cohort)
    last = Round.objects.filter(cohort=cohort).aggregate(n=Max("number"))["n"] or 0
    round_ = Round(
        cohort=cohort,
        number=last + 1,
        state=Round.State.SOLVING,
        weights=in_force(cohort.program, by=by),
        base=base or open_round(cohort),
        change=change,
        by=by,
        at=at,
    )
    if is_large(cohort, at):
        round_.save()
        queue(round_)
        return round_
    run = Run.for_round(round_, cohort.program.today(at))
    finish(round_, run, run.solve())
    return round_


def is_large(cohort: Cohort, at: datetime) -> bool:
    """Whether the next plan is about more people than a request works out."""
    joined = Participant.objects.filter(cohort=cohort).joined()
    if joined.count() <= A_REQUEST_TAKES / 2:  # each may be on both sides
        return False
    today = cohort.program.today(at)
    mentees, mentors = waiting_mentees(cohort, today), ready_mentors(cohort, today)
    return mentees.count() + mentors.count() > A_REQUEST_TAKES


def finish(round_: Round, run: Run, plan: engine.Plan) -> None:
    """Put a plan that is worked out in the place of the open one, in the caller's
    transaction."""
    cohort = round_.cohort
    about = set(round_.change.get("people", ()))
    before = open_round(cohort) or round_.base
    round_.change = {**round_.change, "effect": effect_of(before, round_, plan, about)}
    close_open_round(cohort)
    keep(round_, run, plan)
    made = {"pairs": len(plan.mentor_of), "unpaired": len(plan.unpaired)}
    program = cohort.program_id
    audit("proposed pairs", round_, by=round_.by, program_id=program, **made)


def close_open_round(cohort: Cohort) -> None:
    """Replace the round in work; its proposals that nobody has seen are dropped."""
    opened = Round.objects.filter(cohort=cohort, state=Round.State.PROPOSED)
    Proposal.objects.filter(round__in=opened, state=Proposal.State.PROPOSED).update(
        state=Proposal.State.DROPPED
    )
    opened.update(state=Round.State.REPLACED)
