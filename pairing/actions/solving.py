"""The worker's side: a queued round is taken, worked out and handed over, once."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from mentorship.accounts.models import audit
from pairing import engine
from pairing.models import Proposal, Round

from .decisions import put, way_back
from .rounds import RoundHasChanged, finish, lock
from .runs import Run

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]

# How long a worker may be silent before another takes the round.
LEASE = timedelta(minutes=2)
# Progress is told once a second at most.
A_WHILE = 1.0


class Stopped(Exception):
    """Somebody canceled the round, or another worker has it."""


def work_out(round_id, *, clock: Clock) -> bool:
    """Work out a queued round unless somebody else does; whether a plan came of it."""
    round_ = take(round_id, clock())
    if round_ is None:
        return False
    try:
        run = Run.for_round(round_, round_.cohort.program.today(round_.at))
        plan = run.solve(Progress(round_, clock))
    except Stopped:
        return False
    except Exception:
        log.exception("Round %s could not be worked out.", round_.pk)
        give_up(round_)
        raise
    return hand_over(round_, run, plan)


def sweep_rounds(*, clock: Clock) -> int:
    """Work out rounds that nobody works on, the oldest first; returns how many."""
    left = Round.objects.abandoned(clock()).order_by("at").values_list("pk", flat=True)
    return sum(work_out(round_id, clock=clock) for round_id in list(left))


def take(round_id, now: datetime) -> Round | None:
    """The round if nobody works on it; it is then this worker's for a while."""
    free = Round.objects.abandoned(now).filter(pk=round_id)
    if not free.update(lease_until=now + LEASE):
        return None
    return Round.objects.select_related("cohort__program", "weights", "base", "by").get(
        pk=round_id
    )


class Progress:
    """Tells a round how far its plan is, and learns whether to go on."""

    def __init__(self, round_: Round, clock: Clock):
        self.round, self.clock = round_, clock
        self.told = time.monotonic()

    def __call__(self, stage: str, share: float) -> None:
        """Called by the engine as often as it likes. Raises Stopped."""
        if time.monotonic() - self.told < A_WHILE:
            return
        self.told = time.monotonic()
        until = self.clock() + LEASE
        percent = min(99, max(self.round.progress, percent_of(stage, share)))
        if not mine(self.round).update(progress=percent, lease_until=until):
            raise Stopped
        self.round.progress, self.round.lease_until = percent, until


# Where each stage of a large solve begins and ends, in percent of its usual time.
STAGES = {
    "score": (0, 50),
    "solve": (50, 60),
    "prove": (60, 99),
}


def percent_of(stage: str, share: float) -> int:
    """How far a solve is when a stage has done its share."""
    start, end = STAGES.get(stage, (0, 99))
    return round(start + (end - start) * min(1.0, max(0.0, share)))


def mine(round_: Round):
    """The round as a queryset, empty once it is canceled or another worker's."""
    return Round.objects.in_work().filter(
        pk=round_.pk, lease_until=round_.lease_until, is_canceled=False
    )


@transaction.atomic
def hand_over(round_: Round, run: Run, plan: engine.Plan) -> bool:
    """Make the plan the open one, unless somebody was quicker to cancel it."""
    lock(round_.cohort)
    if not mine(round_).select_for_update().exists():
        return False
    finish(round_, run, plan)
    drop_ruled_out(round_)
    return True


def drop_ruled_out(round_: Round) -> None:
    """Drop what somebody ruled out while the plan was being worked out."""
    proposed = Proposal.objects.filter(round=round_, state=Proposal.State.PROPOSED)
    proposed.ruled_out().update(state=Proposal.State.DROPPED)


@transaction.atomic
def cancel_round(round_: Round, *, by) -> None:
    """Stop working a plan out, and take back what it was to be worked out for.

    Raises RoundHasChanged when the plan was there first.
    """
    lock(round_.cohort)
    locked = Round.objects.in_work().select_for_update().filter(pk=round_.pk).first()
    if locked is None:
        raise RoundHasChanged
    stop(locked)
    audit("canceled a plan", locked, by=by, program_id=round_.cohort.program_id)


@transaction.atomic
def give_up(round_: Round) -> None:
    """The engine failed; the round says so, and the plan before stays."""
    lock(round_.cohort)
    if mine(round_).select_for_update().exists():
        stop(round_, failed=True)


def stop(round_: Round, **why) -> None:
    """Close a round without a plan and put its rows back."""
    put(round_.cohort, way_back(round_.cohort, round_.change))
    round_.change = {**round_.change, **why}
    round_.state, round_.is_canceled = Round.State.REPLACED, True
    round_.lease_until = None
    round_.save(update_fields=["change", "state", "is_canceled", "lease_until"])
