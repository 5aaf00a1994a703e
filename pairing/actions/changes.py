"""Changing the open plan: a decision, a new plan, and the way back."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.models import audit
from mentorship.charter.models import Cohort
from mentorship.participants.models import Participant
from pairing import engine
from pairing.models import PairRule, Proposal, Round
from pairing.permissions import can_decide_about
from pairing.proposing import problem_of

from . import decisions
from .rounds import (
    RoundHasChanged,
    lock,
    new_round,
    open_round,
    propose,
    refuse_in_work,
)


class PlanHasChanged(RoundHasChanged):
    """Somebody changed the plan that was on the screen; nothing was done."""


class CannotPin(Exception):
    """A hard limit stands between `mentor` and `mentee`; `limits` names it and `facts`
    has what there is to say about it."""

    def __init__(self, limits: list[str], facts: dict, mentor, mentee):
        super().__init__(", ".join(limits))
        self.limits, self.facts = limits, facts
        self.mentor, self.mentee = mentor, mentee


class AboutYourself(Exception):
    """A coordinator's own pair is another coordinator's to decide about."""


class NothingToUndo(Exception):
    """The open plan does not come from a decision that can be taken back."""


@transaction.atomic
def change(
    cohort: Cohort, verb: str, *, seen, by, at: datetime, **about
) -> Round | None:
    """Do one of VERBS and work the open plan out anew; returns the new round.

    `seen` is the id of the open round on the screen, empty for none; without an open
    round the decision alone is written. `about` holds the places and values that the
    verb takes. Raises PlanHasChanged, PlanIsInWork, AboutYourself and CannotPin; then
    nothing was done.
    """
    lock(cohort)
    shown = refuse_stale(cohort, seen)
    people = [thing for thing in about.values() if isinstance(thing, Participant)]
    refuse_about_oneself(people, by)
    after = VERBS[verb](cohort, **about, by=by, at=at)
    before = decisions.as_they_are(cohort, after)
    if before == after:
        return shown
    named = {name: plain(thing) for name, thing in about.items()}
    said = {"verb": verb, "about": named, "people": [str(it.pk) for it in people]}
    return carry_out(cohort, shown, said, before, after, by=by, at=at)


@transaction.atomic
def undo(round_: Round, *, by, at: datetime) -> Round | None:
    """Take back the last decision that still stands, and work the plan out anew, which
    gives the plan before it; what somebody has changed again since stays theirs.
    Raises PlanHasChanged, AboutYourself, NothingToUndo."""
    cohort = round_.cohort
    lock(cohort)
    shown = refuse_stale(cohort, round_.pk)
    undone = what_to_undo(round_)
    if undone is None:
        raise NothingToUndo
    ids = undone.change["people"]
    places = Participant.objects.select_related("cohort__program").filter(pk__in=ids)
    refuse_about_oneself(places, by)
    said = {
        **undone.change,
        "verb": "undo",
        "of": undone.verb,
        "undoes": str(undone.pk),
    }
    after = decisions.way_back(cohort, undone.change)
    if not any(after.values()):
        raise NothingToUndo
    before = decisions.as_they_are(cohort, after)
    return carry_out(cohort, shown, said, before, after, by=by, at=at)


def carry_out(cohort, shown, said: dict, before, after, *, by, at) -> Round | None:
    """Write the rows and replace the open plan, if there is one."""
    decisions.put(cohort, after)
    made = {key: said[key] for key in ("people", "of") if key in said}
    audit(
        f"changed a plan: {said['verb']}",
        cohort,
        by=by,
        program_id=cohort.program_id,
        **made,
    )
    if shown is None:
        return None
    rows = {"before": before, "after": after}
    return new_round(cohort, {**said, **rows}, by=by, at=at)


@transaction.atomic
def replan(cohort: Cohort, *, seen, by, at: datetime) -> Round:
    """Work the plan out anew for everyone who waits. Raises PlanHasChanged,
    NothingToPropose and PlanIsInWork."""
    lock(cohort)
    refuse_stale(cohort, seen)
    return propose(cohort, by=by, at=at)


@transaction.atomic
def mend(cohort: Cohort, *, seen, by, at: datetime) -> Round:
    """Bring the plan up to date with who waits now, changing as little as may be: the
    open one, or a published one of which somebody waits again. Raises PlanHasChanged
    and PlanIsInWork."""
    lock(cohort)
    refuse_stale(cohort, seen)
    if (base := plan_to_mend(cohort)) is None:
        raise PlanHasChanged
    return new_round(cohort, {"verb": "mend"}, base=base, by=by, at=at)


def plan_to_mend(cohort: Cohort) -> Round | None:
    """The open round, or the last one when all of it has been published."""
    last = last_round(cohort)
    mendable = [Round.State.PROPOSED, Round.State.PUBLISHED]
    return last if last and last.state in mendable else None


@transaction.atomic
def reopen(cohort: Cohort, *, by, at: datetime) -> Round:
    """Take the last round's proposals that nobody was told up again, as an open round.

    Raises PlanHasChanged when a plan is open already or there are none.
    """
    lock(cohort)
    last = last_round(cohort)
    if last is None or last.is_open or not put_aside(last).exists():
        raise PlanHasChanged
    return new_round(cohort, {"verb": "reopen"}, base=last, by=by, at=at)


@transaction.atomic
def set_aside(round_: Round, *, by) -> None:
    """Close the open round without telling the rest of it to anyone.

    Raises PlanHasChanged when it is not open any more, and PlanIsInWork.
    """
    lock(round_.cohort)
    if (shown := refuse_stale(round_.cohort, round_.pk)) is None:
        raise PlanHasChanged
    refuse_in_work(round_.cohort)
    rest = Proposal.objects.filter(round=shown, state=Proposal.State.PROPOSED)
    rest.update(state=Proposal.State.DROPPED)
    told = shown.published_at is not None
    shown.state = Round.State.PUBLISHED if told else Round.State.REPLACED
    shown.save(update_fields=["state"])
    audit("put a plan aside", shown, by=by, program_id=round_.cohort.program_id)


def last_round(cohort: Cohort) -> Round | None:
    """The newest round that has a plan."""
    return Round.objects.with_plan().latest_of(cohort)


def put_aside(round_: Round):
    """Proposals of a closed round that nobody was told and whose people still wait."""
    return Proposal.objects.filter(
        round=round_,
        state=Proposal.State.DROPPED,
        offered_at=None,
        mentor__state=Participant.State.JOINED,
        mentee__state=Participant.State.JOINED,
    )


def refuse_stale(cohort: Cohort, seen) -> Round | None:
    """The open round, which must be the one seen. Raises PlanHasChanged."""
    newest = open_round(cohort)
    if str(seen or "") != (str(newest.pk) if newest else ""):
        raise PlanHasChanged
    return newest


def refuse_about_oneself(places, by) -> None:
    """Raise AboutYourself when another coordinator is there to decide."""
    own = [place for place in places if place.user_id == by.pk]
    if not all(can_decide_about(by, place) for place in own):
        raise AboutYourself


def what_to_undo(round_: Round) -> Round | None:
    """The last decision on the way to this round that has not been taken back."""
    light = Round.objects.only("id", "base", "change")
    last: Round | None = round_
    while last is not None and last.verb == "undo":
        undone = light.get(pk=last.change["undoes"])
        last = light.filter(pk=undone.base_id).first() if undone.base_id else None
    return last if last is not None and last.change.get("before") else None


def plain(thing):
    """A place by its id, anything else as it is."""
    return str(thing.pk) if isinstance(thing, Participant) else thing


# --------------------------------------------------------------------------- verbs
def pin(cohort, *, mentor, mentee, by, at, reason: str = "") -> decisions.Rows:
    """Keep two people together. Raises CannotPin."""
    refuse_impossible(cohort, mentor, mentee, at)
    return decisions.pin(
        cohort, mentor=mentor, mentee=mentee, reason=reason, by=by, at=at
    )


def swap(cohort, *, mentee, other, by, at) -> decisions.Rows:
    """Let two mentees of the open plan have each other's mentor. Raises CannotPin, and
    PlanHasChanged when one of them has none."""
    mine, theirs = mentor_of(cohort, mentee), mentor_of(cohort, other)
    refuse_about_oneself([mine, theirs], by)
    one = pin(cohort, mentor=theirs, mentee=mentee, by=by, at=at)
    two = pin(cohort, mentor=mine, mentee=other, by=by, at=at)
    return {"rules": {**one["rules"], **two["rules"]}}


def mentor_of(cohort, mentee) -> Participant:
    """Whom the open plan gives the mentee. Raises PlanHasChanged for nobody."""
    proposed = Proposal.objects.filter(
        round=open_round(cohort), mentee=mentee, state=Proposal.State.PROPOSED
    )
    found = proposed.select_related("mentor__user", "mentor__cohort__program").first()
    if found is None:
        raise PlanHasChanged
    return found.mentor


def refuse_impossible(cohort, mentor, mentee, at) -> None:
    """Raise CannotPin unless the engine could pair the two."""
    two = [mentor.pk, mentee.pk]
    today = cohort.program.today(at)
    problem = problem_of(cohort, engine.Weights(), today, only=two)
    mine, theirs = str(mentee.pk), str(mentor.pk)
    try:
        answer = engine.why_not(problem, engine.solve(problem), mine, theirs)
    except KeyError:
        raise CannotPin(["NOT_WAITING"], {}, mentor, mentee) from None
    limits = list(getattr(answer, "limits", ()))
    if not forbidden_by_a_person(mentor, mentee) and "NEVER_PAIR" in limits:
        limits.remove("NEVER_PAIR")  # the rule that this pin replaces
    if limits:
        raise CannotPin(limits, answer.facts, mentor, mentee)


def forbidden_by_a_person(mentor, mentee) -> bool:
    """Whether one of the two asked not to be paired with the other."""
    rules = PairRule.objects.filter(mentor=mentor, mentee=mentee)
    return any(rule.is_private for rule in rules)


VERBS = {
    "pin": pin,
    "swap": swap,
    "never": decisions.never,
    "drop": decisions.drop,
    "capacity": decisions.capacity,
    "pause": decisions.pause,
    "resume": decisions.resume,
}
