"""What no plan can exceed, told by the prices of one."""

from dataclasses import replace

import numpy as np

from .alternatives import chosen_of, prices_of
from .candidates import BLOCK
from .market import NOBODY, UNDER_FLOOR, Market
from .plan import Plan
from .problem import Problem


def bound_of(problem: Problem, plan: Plan) -> float:
    """The most that any plan as good in people, floor and pairs kept can total.

    Weak duality of the assignment problem: with whatever prices, what each mentee would
    have beyond the price of the mentor who suits them best, and what each place earns
    beyond its cost, add up to at least what any plan is worth. Read from the prices of
    the plan over all pairs, in blocks of exact scores; nothing else of the plan counts.
    A plan that pairs fewer than could be paired gets a bound `plan.whole` above it for
    each of them. O(n m d) time, O(block m) memory.
    """
    market = Market.of(problem, replace(plan.policy, floor=plan.floor), plan.keep)
    price = prices_of(problem, plan).price
    owner, cost = market.places()
    bound = np.maximum(price[owner] - cost, 0).sum()
    free = market.free
    for first in range(0, len(free), BLOCK):
        offers = market.whole + _worth(market, free[first : first + BLOCK]) - price
        bound += offers.max(axis=1, initial=0.0).sum()
    return float(bound - _beside_total(market, plan))


def _worth(market: Market, rows: np.ndarray) -> np.ndarray:
    """What pairs are chosen by, without what breaks ties."""
    score = market.tables.exact(rows)
    score[:, market.capacity <= market.taken] = -np.inf
    worth = score
    if market.policy.floor is not None:
        worth = score - UNDER_FLOOR * (score < market.policy.floor)
    kept = market.kept[rows]
    some = kept != NOBODY
    worth[np.flatnonzero(some), kept[some]] += market.policy.loyalty
    return worth


def _beside_total(market: Market, plan: Plan) -> float:
    """What the plan's free pairs are worth beside what they add to its total."""
    chosen = chosen_of(market.problem, plan)
    pinned = np.flatnonzero(market.pinned != NOBODY)
    rows = market.free[chosen[market.free] != NOBODY]
    score = market.tables.pair_scores(rows, chosen[rows])
    floor = -np.inf if market.policy.floor is None else market.policy.floor
    kept = (market.kept[rows] == chosen[rows]).sum() * market.policy.loyalty
    beside = market.whole * len(rows) + kept - UNDER_FLOOR * (score < floor).sum()
    pins = market.tables.pair_scores(pinned, market.pinned[pinned])
    return float(beside - market.total(market.pinned, pins))
