"""The best plan of a problem."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from .assign import UNPAIRED, Assignment, best_assignment
from .features import limits
from .limits import Limit
from .market import Market
from .plan import Plan, Unpaired
from .prices import optimality_gap, prices, surplus
from .problem import Policy, Problem

DEFAULT_POLICY = Policy()
Watch = Callable[[str, float], None]


def solve(
    problem: Problem,
    policy: Policy = DEFAULT_POLICY,
    *,
    keep: Mapping[str, str] | None = None,
    watch: Watch | None = None,
    dense: bool | None = None,
) -> Plan:
    """The best plan; the same for the same input in any order, and always one.

    Most people paired first, then nobody far below the best possible lowest score,
    then the largest sum of scores less the cost of a mentor's further mentees. A pair
    of `keep` (mentee: mentor) earns `policy.loyalty`. `watch` is called often with the
    stage and its share done; what it raises ends the work.
    """
    if watch:
        watch("score", 0.0)
    market = Market.of(problem, policy, keep)
    if watch:
        watch("solve", 0.5)
    return plan_of(market, best_assignment(market, market.pins))


def plan_of(market: Market, found: Assignment) -> Plan:
    """An assignment told by ids."""
    price = prices(market, found)
    mentor_of, score = pairs_by_id(market, found)
    mentees, mentors = market.problem.mentees, market.problem.mentors
    beyond = surplus(market, found, price)
    return Plan(
        mentor_of=mentor_of,
        score=score,
        price={
            mentor.id: min(round(float(value), 6), 1.0)
            for mentor, value in zip(mentors, price, strict=True)
        },
        surplus={
            mentee.id: round(max(float(value) - market.whole, 0.0), 6)
            for mentee, value in zip(mentees, beyond, strict=True)
        },
        gap=optimality_gap(market, found, price),
        total=round(market.total(found.chosen), 6),
        floor=found.floor,
        unpaired=_unpaired(market, found),
        shortage=(),
        policy=market.policy,
        keep=dict(market.keep),
        log=_log(market, found),
    )


def bound_of(problem: Problem, plan: Plan) -> float:
    """The most that any plan that pairs as many can total, by the plan's prices.

    Weak duality of the assignment problem, above the same floor and with the same
    pins: what each mentee would have beyond the price of the mentor who suits them
    best, and what each place earns at its price beyond its cost.
    """
    policy = replace(plan.policy, floor=plan.floor)
    market = Market.of(problem, policy, plan.keep)
    found = best_assignment(market, market.pins)
    price = prices(market, found)
    total = market.total(found.chosen)
    return total + optimality_gap(market, found, price) * max(total, 1.0)


def pairs_by_id(
    market: Market, found: Assignment
) -> tuple[dict[str, str], dict[str, float]]:
    """The mentor's id and the score of every mentee who has one."""
    mentees, mentors = market.problem.mentees, market.problem.mentors
    mentor_of, score = {}, {}
    for row in np.flatnonzero(found.chosen != UNPAIRED):
        column = found.chosen[row]
        mentor_of[mentees[row].id] = mentors[column].id
        score[mentees[row].id] = float(market.score[row, column])
    return mentor_of, score


def _unpaired(market: Market, found: Assignment) -> dict[str, Unpaired]:
    rows = np.flatnonzero(found.chosen == UNPAIRED)
    flags = limits(market.problem, rows)
    possible = (flags == 0).sum(axis=1)
    counts = {
        str(limit.name): (flags & np.uint16(limit) != 0).sum(axis=1) for limit in Limit
    }
    left = {}
    for place, row in enumerate(rows):
        removed = {name: int(count[place]) for name, count in counts.items()}
        left[market.problem.mentees[row].id] = Unpaired(
            removed={name: count for name, count in removed.items() if count},
            possible=int(possible[place]),
        )
    return left


def _log(market: Market, found: Assignment) -> dict[str, Any]:
    return {
        "mentees": len(market.problem.mentees),
        "mentors": len(market.problem.mentors),
        "places": int(sum(mentor.capacity for mentor in market.problem.mentors)),
        "possible_pairs": int(np.isfinite(market.score).sum()),
        "pins": len(market.pins),
        "refused_pins": len(market.conflicts),
        "paired": found.paired(),
    }
