"""The exact assignment: everybody to a place or to none, for the largest sum.

Kuhn and Munkres' problem, solved by shortest augmenting paths after Jonker and
Volgenant (1987), as scipy has them for full and for sparse tables.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from .market import Market
from .pool import Pool


def assign(market: Market, pool: Pool, *, dense: bool) -> np.ndarray:
    """The column of every row, NOBODY for none: most people, then the largest worth.

    Pins stay. The same answer dense or not; dense needs rows x places of memory.
    """
    chosen = market.pinned.copy()
    if len(pool.row):
        rows, columns = (_dense if dense else _sparse)(market, pool)
        chosen[rows] = columns
    return chosen


def _dense(market: Market, pool: Pool) -> tuple[np.ndarray, np.ndarray]:
    """Whoever is assigned a place at no gain stays unpaired."""
    free = market.free
    owner, cost = market.places()
    line = np.zeros(pool.shape[0], dtype=np.intp)
    line[free] = np.arange(len(free))
    worth = np.full((len(free), pool.shape[1]), -np.inf)
    worth[line[pool.row], pool.column] = market.whole + pool.worth
    gain = np.maximum(worth[:, owner] - cost, 0)
    rows, places = linear_sum_assignment(gain, maximize=True)
    real = gain[rows, places] > 0
    return free[rows[real]], owner[places[real]]


def _sparse(market: Market, pool: Pool) -> tuple[np.ndarray, np.ndarray]:
    """One row for each member of the smaller side, which keeps the search short.

    Each of them has a column of its own for staying alone, so that a full matching
    always exists.
    """
    owner, cost = market.places()
    pair, place = expand(market, pool)
    loss = market.whole - (market.whole + pool.worth[pair] - cost[place])
    mentee = pool.row[pair]
    turned = len(owner) < len(market.free)
    ours, theirs = (place, mentee) if turned else (mentee, place)
    used, line = np.unique(ours, return_inverse=True)
    met, column = np.unique(theirs, return_inverse=True)
    alone = np.arange(len(used))
    table = csr_array(
        (
            np.concatenate([loss + 2, np.full(len(used), market.whole + 2)]),
            (np.concatenate([line, alone]), np.concatenate([column, len(met) + alone])),
        ),
        shape=(len(used), len(met) + len(used)),
    )
    lines, columns = min_weight_full_bipartite_matching(table)
    real = columns < len(met)
    ours, theirs = used[lines[real]], met[columns[real]]
    rows, places = (theirs, ours) if turned else (ours, theirs)
    return rows, owner[places]


def expand(market: Market, pool: Pool) -> tuple[np.ndarray, np.ndarray]:
    """Each pair once for every place of its mentor: numbers of pairs and of places."""
    left = market.capacity - market.taken
    first = np.cumsum(left) - left
    times = left[pool.column]
    pair = np.repeat(np.arange(len(times)), times)
    nth = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    return pair, first[pool.column[pair]] + nth
