"""What ended pairs would say about the weights, and which open pairs would change.

Only a suggestion on a page: nobody adopts it but a coordinator, elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

import numpy as np
from django.urls import NoReverseMatch, reverse

from mentorship.charter.models import Cohort, Program
from mentorship.participants.models import Participant
from pairing import engine
from pairing.actions.runs import run_of
from pairing.engine.learning import (
    FEWEST,
    ClosedPairs,
    NothingLearned,
    Share,
    Suggestion,
    suggest,
)
from pairing.models import Round, Weights

from .metrics.outcomes import EndedPair, ended_pairs

MOST_PEOPLE = 2000  # of a round that is worked out anew while somebody waits


@dataclass(frozen=True)
class Change:
    """A mentee of an open plan who would get another mentor, none, or one at last."""

    mentee: Participant
    before: Participant | None
    after: Participant | None


@dataclass(frozen=True)
class OpenPlan:
    """An open round and how its plan would change; `changes` is None where the plan is
    too large to be worked out at once."""

    round: Round
    changes: list[Change] | None

    @property
    def pairs(self) -> int:
        return len(self.round.result["mentor_of"])


class Lesson:
    """The page's figures, with a fixed number of queries."""

    def __init__(self, program: Program):
        self.program = program

    @cached_property
    def current(self) -> dict[str, float]:
        """The weights in use, by factor."""
        newest = Weights.objects.filter(program=self.program).first()
        values = newest.values if newest else engine.Weights().as_dict()
        return engine.Weights.from_dict(values).shares()

    @cached_property
    def pairs(self) -> list[EndedPair]:
        return ended_pairs(self.program)

    @cached_property
    def found(self) -> Suggestion | NothingLearned:
        if len(self.pairs) < FEWEST:
            return NothingLearned("too few", len(self.pairs))
        return suggest(as_arrays(self.pairs, self.current), self.current)

    @property
    def is_suggestion(self) -> bool:
        return isinstance(self.found, Suggestion)

    @property
    def learned(self) -> dict[str, Share]:
        """What was learned, the heaviest factor in use first."""
        shares = self.found.shares if isinstance(self.found, Suggestion) else {}
        kept = [(name, share) for name, share in shares.items() if share.learned]
        return dict(sorted(kept, key=lambda item: -item[1].now))

    @property
    def unlearned(self) -> list[str]:
        """Factors that count today and of which the pairs say nothing."""
        shares = self.found.shares if isinstance(self.found, Suggestion) else {}
        return [
            name
            for name, share in shares.items()
            if share.now > 0 and not share.learned
        ]

    @cached_property
    def plans(self) -> list[OpenPlan]:
        """What would change in every open plan of the program."""
        rounds = list(
            Round.objects.filter(
                cohort__program=self.program, state=Round.State.PROPOSED
            ).select_related("snapshot", "cohort")
        )
        anew = {round_.pk: solved_anew(round_, self.suggested) for round_ in rounds}
        people = Participant.objects.select_related("user").in_bulk(
            {id for moves in anew.values() for move in moves or [] for id in move if id}
        )
        by_id = {str(pk): place for pk, place in people.items()}
        return [OpenPlan(r, named(anew[r.pk], by_id)) for r in rounds]

    @property
    def suggested(self) -> engine.Weights:
        assert isinstance(self.found, Suggestion)
        return engine.Weights.from_dict(self.found.weights())

    @property
    def try_out_url(self) -> str:
        """Where a coordinator may try the suggested values; empty when nowhere."""
        running = Cohort.objects.filter(program=self.program).not_over()
        cohort = self.plans[0].round.cohort if self.plans else running.first()
        if cohort is None:
            return ""
        try:
            url = reverse("pairing:weights", args=[cohort.pk])
        except NoReverseMatch:
            return ""
        shares = self.suggested.as_dict()
        return f"{url}?{urlencode({n: f'{share:.3f}' for n, share in shares.items()})}"


def as_arrays(pairs: list[EndedPair], current: dict[str, float]) -> ClosedPairs:
    """Ended pairs as the engine learns from them. A factor that a pair's proposal did
    not know counts as usual for the others; one that few knew is left out. Cohorts
    stand for whoever judged: each has its coordinators, its season and its habits."""
    told = [{each["name"]: each["value"] for each in pair.reasons} for pair in pairs]
    names = tuple(
        name
        for name in current
        if sum(values.get(name) is not None for values in told) >= FEWEST
    )
    found = [[values.get(name, np.nan) for name in names] for values in told]
    values = np.clip(np.array(found, dtype=float).reshape(len(pairs), len(names)), 0, 1)
    usual = np.nanmean(values, axis=0) if names else np.zeros(0)
    return ClosedPairs(
        names=names,
        values=np.where(np.isnan(values), usual, values),
        good=np.array([pair.good for pair in pairs], dtype=int),
        mentors=[str(pair.mentor) for pair in pairs],
        raters=[str(pair.cohort) for pair in pairs],
    )


def solved_anew(round_: Round, weights: engine.Weights) -> list[tuple] | None:
    """(mentee, mentor before, mentor after) by id of everyone who would move, or None
    for a plan too large."""
    run = run_of(round_.pk)
    problem = run.problem
    if len(problem.mentees) + len(problem.mentors) > MOST_PEOPLE:
        return None
    before = round_.result["mentor_of"]
    after = replace(run, problem=replace(problem, weights=weights)).solve().mentor_of
    ids = (person.id for person in problem.mentees)
    moves = ((id, before.get(id), after.get(id)) for id in ids)
    return [move for move in moves if move[1] != move[2]]


def named(moves: Iterable[tuple] | None, people: dict) -> list[Change] | None:
    """Moves by id as changes of people."""
    if moves is None:
        return None
    return [
        Change(people[mentee], people.get(before), people.get(after))
        for mentee, before, after in moves
        if mentee in people
    ]
