"""A plan as the solver finds it, in rows and columns, and as it is told, by ids."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .market import NOBODY, Market
from .plan import Plan
from .pool import Pool
from .prices import Prices, own_worth
from .shortage import shortages, unpaired


@dataclass(frozen=True)
class Solution:
    """A market's plan in rows and columns, with all it was chosen from and proved by.

    `excess` is the most by which any other plan could be worth more.
    """

    market: Market
    pool: Pool
    chosen: np.ndarray
    at: Prices
    floor: float | None
    excess: float
    log: dict[str, Any]


def plan_of(found: Solution) -> Plan:
    """A solution told by ids."""
    market, chosen = found.market, found.chosen
    rows = np.flatnonzero(chosen != NOBODY)
    score = market.tables.pair_scores(rows, chosen[rows])
    total = market.total(chosen, score)
    mentees = [person.id for person in market.problem.mentees]
    mentors = [person.id for person in market.problem.mentors]
    paired = [mentees[row] for row in rows]
    price = found.at.price
    return Plan(
        mentor_of={mentees[row]: mentors[chosen[row]] for row in rows},
        score=dict(zip(paired, score.tolist(), strict=True)),
        price=dict(zip(mentors, price.tolist(), strict=True)),
        surplus=dict(zip(mentees, _surplus(found, score).tolist(), strict=True)),
        whole=market.whole,
        gap=min(1.0, max(0.0, round(found.excess / max(total, 1.0), 9))),
        total=round(total, 6),
        floor=found.floor,
        unpaired=unpaired(market, chosen),
        shortage=shortages(market, found.pool, chosen, price),
        policy=market.policy,
        keep={
            mentees[row]: mentors[market.kept[row]]
            for row in np.flatnonzero(market.kept != NOBODY)
        },
        log=found.log | _facts(market) | {"paired": len(rows)},
    )


def _surplus(found: Solution, score: np.ndarray) -> np.ndarray:
    """What each row has beyond the price of its mentor; minus a whole person alone."""
    market, chosen = found.market, found.chosen
    rows = np.flatnonzero(chosen != NOBODY)
    own = own_worth(found.pool, chosen)[rows]
    own = np.where(market.pinned[rows] == NOBODY, own, score)
    surplus = np.full(len(chosen), -market.whole)
    surplus[rows] = own - found.at.price[chosen[rows]]
    return surplus


def _facts(market: Market) -> dict[str, Any]:
    problem = market.problem
    return {
        "mentees": len(problem.mentees),
        "mentors": len(problem.mentors),
        "places": int(sum(mentor.capacity for mentor in problem.mentors)),
        "pins": int((market.pinned != NOBODY).sum()),
        "refused_pins": len(market.conflicts),
    }
