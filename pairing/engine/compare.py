"""From one plan to the next: the smallest change, and what differs."""

from dataclasses import dataclass, replace

import numpy as np

from .alternatives import Move, chosen_of
from .market import NOBODY, Market, loads
from .plan import Plan
from .problem import Policy, Problem
from .scores import features
from .solving import solve

LOYALTY = 0.02  # points by which a pair in force is preferred when replanning


@dataclass(frozen=True)
class Measures:
    """One plan in figures: all are higher when better, but `spread`.

    `total` and `lowest` by the yardstick of the comparison; `spread`: the share of
    mentees whom the busiest tenth of the mentors carry; `wishes`: how many mentees got
    one of theirs.
    """

    paired: int
    total: float
    lowest: float | None
    mentors: int
    spread: float
    wishes: int


@dataclass(frozen=True)
class Comparison:
    """Two plans side by side, and who differs."""

    moves: tuple[Move, ...]
    before: Measures
    after: Measures


def repair(
    problem: Problem,
    plan: Plan,
    policy: Policy | None = None,
    *,
    loyalty: float = LOYALTY,
) -> Plan:
    """A plan for the changed problem that keeps as much as it can of the given one.

    Every pair kept earns `loyalty`; with 0 this is `solve(problem)`.
    """
    policy = replace(policy or plan.policy, loyalty=loyalty)
    return solve(problem, policy, keep=plan.mentor_of if loyalty else None)


def changes(before: Plan, after: Plan) -> list[Move]:
    """Everyone whose mentor differs, in the order of ids."""
    everyone = sorted(before.mentor_of.keys() | after.mentor_of.keys())
    return [
        Move(
            mentee=mentee,
            from_mentor=before.mentor_of.get(mentee),
            to_mentor=after.mentor_of.get(mentee),
            from_score=before.score.get(mentee),
            to_score=after.score.get(mentee),
        )
        for mentee in everyone
        if before.mentor_of.get(mentee) != after.mentor_of.get(mentee)
    ]


def compare(problem: Problem, before: Plan, after: Plan) -> Comparison:
    """Two plans by one yardstick: the weights and people of `problem`.

    So plans made with different weights can be compared. Raises KeyError for somebody
    who is not in the problem.
    """
    return Comparison(
        moves=tuple(changes(before, after)),
        before=measures(problem, before),
        after=measures(problem, after),
    )


def measures(problem: Problem, plan: Plan) -> Measures:
    """A plan in figures, scored by the weights of `problem`."""
    market, chosen = Market.of(problem, plan.policy), chosen_of(problem, plan)
    rows = np.flatnonzero(chosen != NOBODY)
    scores = features(problem).pair_scores(rows, chosen[rows])
    load = np.sort(loads(chosen, len(problem.mentors)))[::-1]
    busiest = load[: max(1, round(len(load) / 10))]
    return Measures(
        paired=len(rows),
        total=round(market.total(chosen, scores), 6),
        lowest=float(scores.min()) if len(scores) else None,
        mentors=int((load > 0).sum()),
        spread=float(busiest.sum()) / max(len(rows), 1),
        wishes=sum(
            mentor in problem.mentees[problem.row(mentee)].wishes
            for mentee, mentor in plan.mentor_of.items()
        ),
    )
