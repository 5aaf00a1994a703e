"""The plans of a cohort so far: their list, one worked out again, two side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count, FloatField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from mentorship.charter.models import Cohort
from mentorship.participants.models import Participant
from pairing import engine
from pairing.actions.runs import Run, plan_of
from pairing.comparing import Measured, differences, figures, moved, points
from pairing.models import Round
from pairing.wording.changes import PEOPLE

# The whole plan is worked out while somebody waits for the page.
MOST_REPLAYED = 5_000


def rounds_of(cohort: Cohort) -> QuerySet[Round]:
    """Every plan that was worked out, newest first, without the plans themselves;
    annotates `pairs` and `total`, the worth of the whole plan from 0 to its pairs."""
    return (
        Round.objects.filter(cohort=cohort)
        .with_plan()
        .select_related("by", "weights")
        .defer("inputs", "result")
        .annotate(
            pairs=Count("proposals"), total=Cast(KT("result__total"), FloatField())
        )
        .order_by("-number")
    )


def names_in(rounds: Iterable[Round]) -> dict[str, Participant]:
    """{id: place} of everybody whom the changes behind these rounds were about; one
    query."""
    about = [round_.change.get("about", {}) for round_ in rounds]
    ids = {told[role] for told in about for role in PEOPLE if role in told}
    found = Participant.objects.filter(pk__in=ids).select_related("user")
    return {str(place.pk): place for place in found}


class Replayed:
    """A stored plan, and the same inputs worked out by the engine of today."""

    def __init__(self, round_: Round):
        self.round = round_

    @cached_property
    def run(self) -> Run:
        return Run.of(self.round)

    @property
    def is_too_large(self) -> bool:
        problem = self.run.problem
        return len(problem.mentees) + len(problem.mentors) > MOST_REPLAYED

    @cached_property
    def again(self) -> engine.Plan:
        return self.run.solve()

    @cached_property
    def compared(self) -> "SideBySide":
        """What was stored beside what comes out now."""
        problem = self.run.problem
        stored = Measured.on(problem, plan_of(self.round))
        return SideBySide(stored, Measured.on(problem, self.again))

    @property
    def is_the_same(self) -> bool:
        return not self.compared.differ

    @property
    def is_by_another_engine(self) -> bool:
        return self.round.engine_version != engine.ENGINE_VERSION


@dataclass(frozen=True)
class Row:
    """A mentee who has different mentors in two plans, with both fits; None is
    nobody."""

    mentee: Participant
    before: Participant | None
    after: Participant | None
    fit_before: int | None
    fit_after: int | None


@dataclass(frozen=True)
class SideBySide:
    """Two plans measured alike."""

    one: Measured
    other: Measured

    @classmethod
    def of(cls, one: Round, other: Round, yardstick: engine.Weights) -> "SideBySide":
        """Two stored rounds, each on the people as they were, by one yardstick."""
        return cls(*(measured(round_, yardstick) for round_ in (one, other)))

    @cached_property
    def differ(self) -> list[engine.Move]:
        return moved(self.one, self.other)

    @property
    def sentences(self) -> list[str]:
        """The second plan against the first."""
        return differences(self.one, self.other) or [
            _("Both plans are the same, to the last pair.")
        ]

    @property
    def figures(self) -> list[tuple[str, str, str]]:
        return figures(self.one, self.other)

    @cached_property
    def rows(self) -> list[Row]:
        """Who differs, by name; one query."""
        moves = self.differ
        ids = {id for m in moves for id in (m.mentee, m.from_mentor, m.to_mentor) if id}
        found = Participant.objects.filter(pk__in=ids).select_related("user")
        place = {str(row.pk): row for row in found}
        return [
            Row(
                place[move.mentee],
                place.get(move.from_mentor or ""),
                place.get(move.to_mentor or ""),
                points(move.from_score),
                points(move.to_score),
            )
            for move in moves
            if move.mentee in place
        ]


def measured(round_: Round, yardstick: engine.Weights) -> Measured:
    """A stored plan by a yardstick."""
    problem = replace(Run.of(round_).problem, weights=yardstick)
    return Measured.on(problem, plan_of(round_))
