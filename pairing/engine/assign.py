"""The best plan of a market: most people paired, then a floor, then the total."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from .conflicts import Cell
from .market import UNDER_FLOOR, Market

UNPAIRED = -1


@dataclass(frozen=True)
class Assignment:
    """The chosen column of each row (-1: unpaired) and what it was chosen from.

    `allowed` are the pairs beside the pins; `worth` is what they are chosen by, less
    for a pair under the floor, minus infinity where not allowed. Pinned pairs are
    beneath no floor.
    """

    chosen: np.ndarray
    allowed: np.ndarray
    worth: np.ndarray
    pins: frozenset[Cell]
    floor: float | None

    @property
    def free_rows(self) -> np.ndarray:
        """The rows without a pin."""
        pinned = [row for row, _ in self.pins]
        return np.setdiff1d(np.arange(len(self.chosen)), pinned)

    def paired(self) -> int:
        """How many mentees have a mentor."""
        return int((self.chosen != UNPAIRED).sum())


def best_assignment(market: Market, pins: Iterable[Cell]) -> Assignment:
    """The exact optimum that keeps the pins."""
    pins = frozenset(pins)
    return _assign(market, pins, market.allowed(pins))


def bottleneck(market: Market, allowed: np.ndarray, owner: np.ndarray) -> float | None:
    """The highest lowest score with which as many can be paired; None if nobody."""
    levels = np.unique(market.score[allowed])
    if not (most := _most_paired(allowed, owner)):
        return None
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _most_paired(allowed & (market.score >= levels[middle]), owner) == most:
            low = middle
        else:
            high = middle - 1
    return float(levels[low])


def _assign(market: Market, pins: frozenset[Cell], allowed: np.ndarray) -> Assignment:
    owner, cost = market.places(pins)
    share, floor = market.policy.floor_share, market.policy.floor
    if floor is None and share:
        lowest = bottleneck(market, allowed, owner)
        floor = None if lowest is None else share * lowest
    worth = np.where(allowed, market.worth, -np.inf)
    if floor is not None:
        worth[market.score < floor] -= UNDER_FLOOR
    chosen = _optimum(market, worth, owner, cost)
    for row, column in pins:
        chosen[row] = column
    return Assignment(chosen, allowed, worth, pins, floor)


def _optimum(
    market: Market, worth: np.ndarray, owner: np.ndarray, cost: np.ndarray
) -> np.ndarray:
    """Dense assignment to places, or to one of the columns for staying unpaired."""
    people, places = len(worth), len(owner)
    gain = np.zeros((people, places + people))
    gain[:, :places] = market.whole + worth[:, owner] - cost
    rows, columns = linear_sum_assignment(gain, maximize=True)
    chosen = np.full(people, UNPAIRED)
    real = columns < places
    chosen[rows[real]] = owner[columns[real]]
    return chosen


def _most_paired(allowed: np.ndarray, owner: np.ndarray) -> int:
    graph = csr_array(allowed[:, owner])
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
