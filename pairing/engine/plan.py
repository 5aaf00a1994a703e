"""The proposed plan: who mentors whom, at what price, and who is left over."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .assign import UNPAIRED, Assignment, best_assignment
from .limits import Limit
from .market import Market
from .prices import optimality_gap, prices
from .problem import Policy, Problem

ENGINE_VERSION = 1  # raised when the same problem and policy give another plan
DEFAULT_POLICY = Policy()


@dataclass(frozen=True)
class Unpaired:
    """Why a mentee has no mentor.

    `removed` counts the mentors whom each limit rules out (one mentor can fall under
    several). `possible` mentors are left, and all of those are full.
    """

    removed: dict[str, int]
    possible: int


@dataclass(frozen=True)
class Plan:
    """A plan by ids, in plain values.

    `price`, for each mentor: what one more place would add to the program; 1 at most,
    which also stands for one more person paired. `gap`: the most by which any other
    plan could be better, as a share of the total. `log`: the facts of the run.
    """

    mentor_of: dict[str, str]
    score: dict[str, float]
    price: dict[str, float]
    gap: float
    unpaired: dict[str, Unpaired]
    total: float
    policy: Policy
    log: dict[str, Any] = field(default_factory=dict)
    version: int = ENGINE_VERSION

    @property
    def seed(self) -> int:
        """The seed that breaks ties."""
        return self.policy.seed


def solve(problem: Problem, policy: Policy = DEFAULT_POLICY) -> Plan:
    """The best plan; the same for the same input in any order, and always one.

    Most people paired first, then nobody far below the best possible lowest score,
    then the largest sum of scores less the cost of a mentor's further mentees.
    """
    market = Market.of(problem, policy)
    return plan_of(market, best_assignment(market, market.pins))


def plan_of(market: Market, found: Assignment) -> Plan:
    """An assignment told by ids."""
    price = prices(market, found)
    gap = optimality_gap(market, found, price)
    mentor_of, score = pairs_by_id(market, found)
    return Plan(
        mentor_of=mentor_of,
        score=score,
        price={
            mentor.id: min(round(float(value), 6), 1.0)
            for mentor, value in zip(market.problem.mentors, price, strict=True)
        },
        gap=gap,
        unpaired=_unpaired(market, found),
        total=round(market.total(found.chosen), 6),
        policy=market.policy,
        log=_log(market, found),
    )


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
    flags = market.found[rows]
    possible = (flags == 0).sum(axis=1)
    counts = {
        str(limit.name): (flags & np.uint8(limit) != 0).sum(axis=1) for limit in Limit
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
        "possible_pairs": int((market.found == 0).sum()),
        "pins": len(market.pins),
        "refused_pins": len(market.conflicts),
        "paired": found.paired(),
        "floor": found.floor,
    }
