"""How ended pairs went, by facts and check-ins that coordinators may read anyway.

Never by pilot answers, pulses, private words or what somebody said about themselves.
Six facts; a pair went well when at least two thirds of those that are known hold, so
that meeting often is not enough and one missing fact is not the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import LessThan

from feedback.models import CheckIn
from mentorship.charter.models import Program
from milestones.models import Outcome
from pairing.models import Pair, Session

EARLY = [Pair.Ending.SWITCHED, Pair.Ending.LEFT, Pair.Ending.WITHDRAWN]
# What holds of a pair that went well, in the order in which it can be known.
FACTS = (
    "went_on",  # the pilot continued
    "kept_rhythm",  # met as often as its rhythm plans, over its whole life
    "reached",  # at least one outcome of either side
    "not_stuck",  # neither's last check-in said so; unknown when nobody answered
    "stayed",  # nobody left before the end
    "completed",  # closed together
)


@dataclass(frozen=True)
class EndedPair:
    """Who mentored, in which cohort, the factors on which the two were proposed, and
    whether it went well."""

    mentor: Any
    cohort: Any
    reasons: list[dict]
    good: bool


def ended_pairs(program: Program) -> list[EndedPair]:
    """The program's ended pairs that came from a proposal, in the order they ended."""
    return [
        EndedPair(
            row["person"], row["cohort"], row["proposal__reasons"], went_well(row)
        )
        for row in facts_of(program)
    ]


def went_well(facts: Mapping[str, Any]) -> bool:
    """Whether at least two thirds of the known facts hold."""
    known = [facts[name] for name in FACTS if facts[name] is not None]
    return 3 * sum(known) >= 2 * len(known)


def facts_of(program: Program):
    """A row for each ended pair: `person` (the mentor, across cohorts), `cohort`,
    `proposal__reasons` and FACTS. One query."""
    ended = Pair.objects.filter(
        cohort__program=program, state=Pair.State.ENDED, proposal__isnull=False
    )
    return (
        ended.annotate(
            person=Coalesce("mentor__user", "mentor"),
            held=Coalesce(Subquery(held_sessions()), 0),
            mentor_said=last_answer("mentor"),
            mentee_said=last_answer("mentee"),
        )
        .annotate(
            went_on=truth(Q(active_on__isnull=False)),
            kept_rhythm=truth(met_as_planned()),
            reached=Exists(
                Outcome.objects.filter(pair=OuterRef("pk"), state=Outcome.State.REACHED)
            ),
            not_stuck=not_stuck(),
            stayed=truth(~Q(ending__in=EARLY)),
            completed=truth(Q(ending=Pair.Ending.COMPLETED)),
        )
        .order_by("ended_at", "pk")
        .values("person", "cohort", "proposal__reasons", *FACTS)
    )


def held_sessions():
    """How many sessions the outer pair held."""
    held = Session.objects.held().filter(pair=OuterRef("pk")).order_by()
    return held.values("pair").annotate(n=Count("pk")).values("n")


def met_as_planned() -> Q:
    """At least one session, and one for each whole rhythm of the pair's life."""
    lasted = ExpressionWrapper(
        Cast("ended_at", DateField()) - F("started_on"), output_field=DurationField()
    )
    covered = ExpressionWrapper(
        (F("held") + 1) * F("rhythm_days") * Value(timedelta(days=1)),
        output_field=DurationField(),
    )
    return Q(held__gte=1) & Q(LessThan(lasted, covered))


def last_answer(side: str):
    """The last check-in answer of one side of the outer pair, or null."""
    answered = CheckIn.objects.answered().filter(
        pair=OuterRef("pk"), participant=OuterRef(side)
    )
    return Subquery(answered.order_by("-asked_for").values("answer")[:1])


def not_stuck():
    """Null when neither answered, else whether neither said "a bit stuck"."""
    stuck = CheckIn.Answer.STUCK
    return Case(
        When(mentor_said__isnull=True, mentee_said__isnull=True, then=None),
        When(Q(mentor_said=stuck) | Q(mentee_said=stuck), then=False),
        default=True,
    )


def truth(condition: Q):
    """A condition as a column."""
    return Case(When(condition, then=True), default=False)
