"""Other mentors for one mentee, and what each would cost the whole cohort."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .assign import best_assignment
from .market import Market
from .pins import Cell
from .plan import Plan, pairs_by_id
from .prices import prices, surplus
from .problem import Problem

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
    problem: Problem, plan: Plan, mentee_id: str, k: int = 2
) -> list[Alternative]:
    """The `k` other possible mentors who cost the cohort least, cheapest first.

    Each cost is that of a plan made anew with the pair pinned. Reduced costs, which
    never exceed the true ones while the floor stays, tell when nobody cheaper is left.
    Raises KeyError for an unknown mentee.
    """
    market = Market.of(problem, plan.policy)
    row = market.mirror.row[mentee_id]
    pins = frozenset(pin for pin in market.pins if pin[0] != row)
    found: list[Alternative] = []
    for bound, column in _cheapest_first(market, pins, row, plan):
        losses = sorted(_loss(market, alternative) for alternative in found)
        if len(found) >= k and bound >= losses[k - 1]:
            break
        found.append(_with_pair(market, pins, (row, column), plan))
    return sorted(found, key=lambda it: (it.fewer_paired, it.cost))[:k]


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
