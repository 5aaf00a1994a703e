"""The best plan of a market: most people paired, then a floor, then the total."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from .market import Market
from .pins import Cell

UNPAIRED = -1


@dataclass(frozen=True)
class Assignment:
    """The chosen column of each row (-1: unpaired) and what it was chosen from.

    `allowed` are the pairs beside the pins, `open_pairs` those of them from the floor
    up. Pinned pairs are beneath no floor.
    """

    chosen: np.ndarray
    allowed: np.ndarray
    open_pairs: np.ndarray
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
    """The exact optimum that keeps the pins.

    Where it makes two people each other's mentor, the better of the two single
    directions is kept and the rest is worked out anew.
    """
    pins = frozenset(pins)
    found = _assign(market, pins, market.allowed(pins))
    while both_ways := _paired_both_ways(market, found):
        options = []
        for cell in both_ways:
            allowed = found.allowed.copy()
            allowed[cell] = False
            options.append(_assign(market, pins, allowed))
        found = max(options, key=lambda it: (it.paired(), market.total(it.chosen)))
    return found


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
    share, floor = market.policy.floor_share, None
    open_pairs = allowed
    if share and (lowest := bottleneck(market, allowed, owner)) is not None:
        floor = share * lowest
        open_pairs = allowed & (market.score >= floor)
    chosen = _optimum(market, open_pairs, owner, cost)
    for row, column in pins:
        chosen[row] = column
    return Assignment(chosen, allowed, open_pairs, pins, floor)


def _optimum(
    market: Market, open_pairs: np.ndarray, owner: np.ndarray, cost: np.ndarray
) -> np.ndarray:
    """Dense assignment to places, or to one of the columns for staying unpaired."""
    people, places = len(open_pairs), len(owner)
    gain = np.zeros((people, places + people))
    gain[:, :places] = np.where(
        open_pairs[:, owner], market.whole + market.worth[:, owner] - cost, -np.inf
    )
    rows, columns = linear_sum_assignment(gain, maximize=True)
    chosen = np.full(people, UNPAIRED)
    real = columns < places
    chosen[rows[real]] = owner[columns[real]]
    return chosen


def _most_paired(allowed: np.ndarray, owner: np.ndarray) -> int:
    graph = csr_array(allowed[:, owner])
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())


def _paired_both_ways(market: Market, found: Assignment) -> list[Cell]:
    for row, column in enumerate(found.chosen):
        if column == UNPAIRED:
            continue
        reverse = market.mirror((row, column))
        if reverse and found.chosen[reverse[0]] == reverse[1]:
            return [(row, int(column)), reverse]
    return []
