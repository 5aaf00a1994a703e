"""Other mentors for one mentee, and what each would cost the whole cohort."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .assign import best_assignment
from .market import Market
from .pins import Cell
from .plan import Plan, plan_of
from .prices import prices, surplus
from .problem import Problem


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

    Exact: each is a plan made anew with the pair pinned. Reduced costs, which never
    exceed the true ones, tell when no further mentor can be among the cheapest.
    """
    market = Market.of(problem, plan.policy)
    row = market.mirror.row[mentee_id]
    pins = frozenset(pin for pin in market.pins if pin[0] != row)
    found: list[tuple[float, Alternative]] = []
    for bound, column in _cheapest_first(market, pins, row, plan):
        found.sort(key=lambda entry: entry[0])
        if len(found) >= k and bound >= found[k - 1][0]:
            break
        found.append(_with_pair(market, pins, (row, column), plan))
    found.sort(key=lambda entry: entry[0])
    return [alternative for _, alternative in found[:k]]


def _cheapest_first(
    market: Market, pins: frozenset[Cell], row: int, plan: Plan
) -> Iterator[tuple[float, int]]:
    """Columns still open to the mentee, each with the least that it could cost.

    Worked out without a floor: a pin can only lower the floor, and a plan without one
    is worth at least as much.
    """
    base = best_assignment(market, pins, with_floor=False)
    price = prices(market, base)
    reduced = surplus(market, base, price)[row] - market.whole - market.worth[row]
    head_start = _value(market, base.chosen) - _plan_value(market, plan)
    bounds = reduced + price - head_start
    now = market.mirror.column.get(plan.mentor_of.get(market.problem.mentees[row].id))
    full = np.bincount([j for _, j in pins], minlength=len(price)) >= market.capacity
    for column in np.argsort(bounds, kind="stable"):
        possible = base.allowed[row, column] and not full[column]
        if possible and column != now:
            yield float(bounds[column]) - 1e-6, int(column)


def _with_pair(
    market: Market, pins: frozenset[Cell], cell: Cell, plan: Plan
) -> tuple[float, Alternative]:
    found = best_assignment(market, pins | {cell})
    other = plan_of(market, found)
    mentee = market.problem.mentees[cell[0]].id
    movers = [
        person.id
        for person in market.problem.mentees
        if person.id != mentee
        and plan.mentor_of.get(person.id) != other.mentor_of.get(person.id)
    ]
    loss = _plan_value(market, plan) - _plan_value(market, other)
    return loss, Alternative(
        mentor=other.mentor_of[mentee],
        score=other.score[mentee],
        fewer_paired=len(plan.mentor_of) - len(other.mentor_of),
        cost=round(plan.total - other.total, 6),
        moves=tuple(_move(plan, other, mover) for mover in movers),
    )


def _move(plan: Plan, other: Plan, mentee: str) -> Move:
    return Move(
        mentee=mentee,
        from_mentor=plan.mentor_of.get(mentee),
        to_mentor=other.mentor_of.get(mentee),
        from_score=plan.score.get(mentee),
        to_score=other.score.get(mentee),
    )


def _plan_value(market: Market, plan: Plan) -> float:
    return market.whole * len(plan.mentor_of) + plan.total


def _value(market: Market, chosen: np.ndarray) -> float:
    return market.whole * int((chosen >= 0).sum()) + market.total(chosen)
