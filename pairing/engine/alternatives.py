"""Other mentors for one mentee, and what each would cost the whole cohort."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from .assign import best_assignment
from .conflicts import Cell
from .features import features
from .market import Market
from .plan import Plan
from .prices import prices, surplus
from .problem import Problem
from .solve import pairs_by_id

ROUNDING = 1e-6  # totals are told in millionths


@dataclass(frozen=True)
class Move:
    """Somebody else whose mentor would change; None stands for no mentor."""

    mentee: str
    from_mentor: str | None
    to_mentor: str | None
    from_score: float | None
    to_score: float | None


@dataclass(frozen=True)
class Alternative:
    """Another mentor for a mentee, with the plan worked out anew around it.

    `fewer_paired` and `cost` are what the cohort loses in people paired and in total.
    """

    mentor: str
    score: float
    fewer_paired: int
    cost: float
    moves: tuple[Move, ...]


def alternatives(
    problem: Problem, plan: Plan, mentee_id: str, k: int | None = None
) -> list[Alternative]:
    """The other possible mentors, cheapest for the cohort first; `k` at most.

    Each cost is that of a plan made anew with the pair pinned and the same floor.
    Reduced costs, which never exceed the true ones, tell when nobody cheaper is left.
    Raises KeyError for an unknown mentee.
    """
    row = problem.row(mentee_id)
    market = Market.of(problem, replace(plan.policy, floor=plan.floor), plan.keep)
    k = len(problem.mentors) if k is None else k
    pins = frozenset(pin for pin in market.pins if pin[0] != row)
    found: list[Alternative] = []
    for bound, column in _cheapest_first(market, pins, row, plan):
        losses = sorted(_loss(market, alternative) for alternative in found)
        if len(found) >= k and bound >= losses[k - 1]:
            break
        found.append(_with_pair(market, pins, (row, column), plan))
    return sorted(found, key=lambda it: (it.fewer_paired, it.cost))[:k]


def bounds(problem: Problem, plan: Plan, mentee_id: str) -> dict[str, float]:
    """{mentor: the least that giving them to the mentee costs the cohort}.

    Reduced costs from the prices and surpluses stored with the plan, for every mentor
    the mentee can have; never above the cost that `alternatives` tells.
    """
    row = problem.row(mentee_id)
    score = features(problem).exact(np.array([row]))[0]
    own = plan.surplus[mentee_id]
    return {
        mentor.id: max(0.0, own + plan.price[mentor.id] - float(points))
        for mentor, points in zip(problem.mentors, score, strict=True)
        if np.isfinite(points)
    }


def _cheapest_first(
    market: Market, pins: frozenset[Cell], row: int, plan: Plan
) -> Iterator[tuple[float, int]]:
    """Columns still open to the mentee, each with the least that it could cost."""
    base = best_assignment(market, pins)
    price = prices(market, base)
    reduced = surplus(market, base, price)[row] - market.whole - market.worth[row]
    gained = market.whole * (base.paired() - len(plan.mentor_of))
    gained += market.total(base.chosen) - plan.total
    bounds = reduced + price - gained
    now = plan.mentor_of.get(market.problem.mentees[row].id)
    full = np.bincount([j for _, j in pins], minlength=len(price)) >= market.capacity
    for column in np.argsort(bounds, kind="stable"):
        possible = base.allowed[row, column] and not full[column]
        if possible and market.problem.mentors[column].id != now:
            yield float(bounds[column]) - ROUNDING, int(column)


def _with_pair(
    market: Market, pins: frozenset[Cell], cell: Cell, plan: Plan
) -> Alternative:
    found = best_assignment(market, pins | {cell})
    mentor_of, score = pairs_by_id(market, found)
    mentee = market.problem.mentees[cell[0]].id
    moves = tuple(
        Move(
            mentee=person.id,
            from_mentor=plan.mentor_of.get(person.id),
            to_mentor=mentor_of.get(person.id),
            from_score=plan.score.get(person.id),
            to_score=score.get(person.id),
        )
        for person in market.problem.mentees
        if person.id != mentee
        and plan.mentor_of.get(person.id) != mentor_of.get(person.id)
    )
    return Alternative(
        mentor=mentor_of[mentee],
        score=score[mentee],
        fewer_paired=len(plan.mentor_of) - len(mentor_of),
        cost=round(plan.total - market.total(found.chosen), 6),
        moves=moves,
    )


def _loss(market: Market, alternative: Alternative) -> float:
    return market.whole * alternative.fewer_paired + alternative.cost
