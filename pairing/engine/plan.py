"""The proposed plan: who mentors whom, at what price, and who is left over."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .assign import UNPAIRED, Assignment, best_assignment
from .limits import limit_names
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
    mentees, mentors = market.problem.mentees, market.problem.mentors
    chosen = {
        mentees[row].id: (mentors[column].id, float(market.score[row, column]))
        for row, column in enumerate(found.chosen)
        if column != UNPAIRED
    }
    return Plan(
        mentor_of={mentee: mentor for mentee, (mentor, _) in chosen.items()},
        score={mentee: score for mentee, (_, score) in chosen.items()},
        price={
            mentor.id: min(round(float(value), 6), 1.0)
            for mentor, value in zip(mentors, price, strict=True)
        },
        gap=gap,
        unpaired=_unpaired(market, found),
        total=round(market.total(found.chosen), 6),
        policy=market.policy,
        log=_log(market, found),
    )


def _unpaired(market: Market, found: Assignment) -> dict[str, Unpaired]:
    left = {}
    for row, column in enumerate(found.chosen):
        if column != UNPAIRED:
            continue
        flags = market.found[row]
        removed = Counter(name for cell in flags for name in limit_names(cell))
        mentee = market.problem.mentees[row]
        left[mentee.id] = Unpaired(dict(removed), int((flags == 0).sum()))
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
