"""How contested each mentor is, and the proof that a plan cannot be bettered."""

from dataclasses import dataclass

import numpy as np

from .market import NOBODY, Market, loads
from .pool import Pool, highest


@dataclass(frozen=True)
class Prices:
    """Prices of the mentors, and what every mentee has beyond them.

    `surplus` is the best worth less price of each row, `market.whole` included, and 0
    at least: the dual values of the assignment problem.
    """

    price: np.ndarray
    surplus: np.ndarray


def prices(market: Market, pool: Pool, chosen: np.ndarray) -> Prices:
    """The smallest prices under which nobody could gain by moving.

    What one more place that costs nothing would add, for each mentor; from
    `market.whole` on it would let one more person be paired. Difference constraints,
    relaxed until they hold: a mentor is worth at least what any mentee elsewhere would
    gain there beyond the price of the mentor they have. A few dozen sweeps in practice.
    """
    own = own_worth(pool, chosen)
    price = np.maximum(_last_place_cost(market, chosen), _wanted(market, pool, chosen))
    order, start = pool.by_column
    seat = chosen[pool.row[order]]
    gain = pool.worth[order] - own[pool.row[order]]
    reach = -1.0
    while True:
        if price.max(initial=0) > reach:  # the longest gain that a price makes up for
            reach = 2 * price.max(initial=0) + 1e-3
            near = np.flatnonzero((gain > -reach) & (seat != NOBODY))
            near_start = np.searchsorted(near, start)
        raised = highest(gain[near] + price[seat[near]], near_start, -np.inf)
        if not (raised > price + market.slack).any():
            break
        price = np.maximum(price, raised)
    offers = market.whole + pool.worth - price[pool.column]
    return Prices(price, np.maximum(highest(offers, pool.start, 0.0), 0.0))


def excess(market: Market, pool: Pool, chosen: np.ndarray, at: Prices) -> float:
    """How much more than this plan any plan of the pool could be worth, at most.

    Weak duality: with any prices, the surpluses and what the places earn beyond their
    cost add up to at least what any plan is worth.
    """
    owner, cost = market.places()
    free = market.free
    bound = at.surplus[free].sum() + np.maximum(at.price[owner] - cost, 0).sum()
    paired = free[chosen[free] != NOBODY]
    load = loads(chosen, len(market.capacity)) - market.taken
    first = np.searchsorted(owner, owner)
    used = np.arange(len(owner)) - first < load[owner]
    worth = (market.whole + own_worth(pool, chosen)[paired]).sum() - cost[used].sum()
    return float(bound - worth)


def own_worth(pool: Pool, chosen: np.ndarray) -> np.ndarray:
    """What each row is worth with its mentor; 0 for the unpaired and the pinned."""
    own = np.zeros(pool.shape[0])
    mine = chosen[pool.row] == pool.column
    own[pool.row[mine]] = pool.worth[mine]
    return own


def _last_place_cost(market: Market, chosen: np.ndarray) -> np.ndarray:
    load = loads(chosen, len(market.capacity))
    return np.where(load > market.taken, market.next_cost(load - 1), 0.0)


def _wanted(market: Market, pool: Pool, chosen: np.ndarray) -> np.ndarray:
    """What whoever is unpaired would give for each mentor."""
    order, start = pool.by_column
    alone = chosen[pool.row[order]] == NOBODY
    offers = np.where(alone, market.whole + pool.worth[order], 0.0)
    return highest(offers, start, 0.0)
