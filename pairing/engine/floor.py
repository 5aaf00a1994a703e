"""The best possible lowest score: how far the worst-off can be lifted."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from .assign import expand
from .market import NOBODY, Market
from .pool import Pool, highest


@dataclass(frozen=True)
class Reach:
    """Who is in the way of pairing one more: an alternating tree from the unpaired.

    `rows` can only have the mentors of `columns`, all of whose places they fill: by
    König's theorem the proof that no more can be paired (Hall's condition fails).
    """

    paired: int
    rows: np.ndarray
    columns: np.ndarray


# Pairs outside the pool, above a score, of the reached rows with other columns.
Beyond = Callable[[Reach, float], Pool]


def bottleneck(market: Market, pool: Pool, beyond: Beyond) -> float | None:
    """The highest lowest score with which as many can be paired; None if nobody.

    Binary search over the scores of the pool with Hopcroft and Karp's matching. What
    the pool cannot tell is looked up by `beyond`, until its proof holds for all pairs.
    """
    pool, reach = proven(market, pool, beyond, -np.inf)
    most = reach.paired
    while most:
        lowest = _search(market, pool, most)
        pool, reach = proven(market, pool, beyond, lowest)
        if reach.paired < most:
            return lowest
    return None


def proven(
    market: Market, pool: Pool, beyond: Beyond, above: float
) -> tuple[Pool, Reach]:
    """The pool with all it takes to pair the most with scores over `above`."""
    while True:
        reach = most_paired(market, pool.where(pool.score > above))
        more = beyond(reach, above)
        if not len(more.row):
            return pool, reach
        pool = pool.joined(more)


def most_paired(market: Market, pool: Pool) -> Reach:
    """How many can be paired, and who is in the way of one more."""
    chosen = matching(market, pool)
    rows, columns = reached(market, pool, chosen)
    return Reach(int((chosen != NOBODY).sum()), rows, columns)


def matching(market: Market, pool: Pool) -> np.ndarray:
    """The column of each row in some largest matching; pins are left out."""
    if not len(pool.row):
        return np.full(pool.shape[0], NOBODY)
    owner, _ = market.places()
    pair, place = expand(market, pool)
    shape = pool.shape[0], len(owner)
    graph = csr_array((np.ones(len(pair), bool), (pool.row[pair], place)), shape=shape)
    seats = maximum_bipartite_matching(graph, perm_type="column")
    return np.append(owner, NOBODY)[seats]


def reached(
    market: Market, pool: Pool, chosen: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns that the unpaired reach by alternating paths."""
    rows = np.zeros(pool.shape[0], dtype=bool)
    columns = np.zeros(pool.shape[1], dtype=bool)
    rows[market.free] = chosen[market.free] == NOBODY
    while True:
        met = columns.copy()
        met[pool.column[rows[pool.row]]] = True
        if (met == columns).all():
            return np.flatnonzero(rows), np.flatnonzero(columns)
        columns = met
        rows[market.free] |= columns[chosen[market.free]] & (
            chosen[market.free] != NOBODY
        )


def _search(market: Market, pool: Pool, most: int) -> float:
    best = np.sort(highest(pool.score, pool.start, -np.inf))[::-1]
    levels = np.unique(pool.score[pool.score <= best[most - 1]])
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        chosen = matching(market, pool.where(pool.score >= levels[middle]))
        if (chosen != NOBODY).sum() == most:
            low = middle
        else:
            high = middle - 1
    return float(levels[low])
