"""How contested each mentor is, and the proof that a plan cannot be bettered."""

import numpy as np

from .assign import UNPAIRED, Assignment
from .market import Market

SLACK = 1e-12  # rounding, not gain


def prices(market: Market, found: Assignment) -> np.ndarray:
    """What one more place that costs nothing would add, for each mentor.

    The smallest prices under which nobody could gain by moving: a mentor is worth at
    least what any mentee elsewhere would gain there beyond the price of the mentor
    they have. From `market.whole` on, the place would let one more person be paired.
    """
    free = found.free_rows
    price = _last_place_cost(market, found)
    price = np.maximum(price, _wanted_by_the_unpaired(market, found))
    rows = free[found.chosen[free] != UNPAIRED]
    rows = rows[np.argsort(found.chosen[rows], kind="stable")]
    if not len(rows):
        return price
    columns = found.chosen[rows]
    move = found.worth[rows] - found.worth[rows, columns][:, None]
    used, starts = np.unique(columns, return_index=True)
    best_move = np.maximum.reduceat(move, starts)
    for _ in range(len(price) + 1):
        raised = (price[used][:, None] + best_move).max(axis=0)
        if not (raised > price + SLACK).any():
            break
        price = np.maximum(price, raised)
    return price


def optimality_gap(market: Market, found: Assignment, price: np.ndarray) -> float:
    """How far, at most, the best plan is above this one, as a share of its total.

    Weak duality: with any prices, mentees' best surpluses and the places' rents add up
    to at least what any plan is worth.
    """
    owner, cost = market.places(found.pins)
    free = found.free_rows
    bound = surplus(market, found, price)[free].sum()
    bound += np.maximum(price[owner] - cost, 0).sum()
    rows = free[found.chosen[free] != UNPAIRED]
    columns = found.chosen[rows]
    load = np.bincount(columns, minlength=len(market.capacity))
    first = np.searchsorted(owner, owner)
    taken = np.arange(len(owner)) - first < load[owner]
    worth = (market.whole + found.worth[rows, columns]).sum() - cost[taken].sum()
    above = float(bound - worth)
    return max(0.0, round(above / max(market.total(found.chosen), 1.0), 9))


def surplus(market: Market, found: Assignment, price: np.ndarray) -> np.ndarray:
    """What each mentee gets beyond the price of the mentor who suits them best."""
    offers = market.whole + found.worth - price
    return offers.max(axis=1, initial=0)


def _last_place_cost(market: Market, found: Assignment) -> np.ndarray:
    free = found.chosen[found.free_rows]
    load = np.bincount(found.chosen[found.chosen >= 0], minlength=len(market.capacity))
    used = np.isin(np.arange(len(market.capacity)), free)
    return np.where(used, (load - 1) * market.policy.place_cost, 0.0)


def _wanted_by_the_unpaired(market: Market, found: Assignment) -> np.ndarray:
    rows = found.free_rows
    rows = rows[found.chosen[rows] == UNPAIRED]
    wanted = market.whole + found.worth[rows]
    return wanted.max(axis=0, initial=0)
