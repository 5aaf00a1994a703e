"""The proof over all pairs, without ever holding them: weak duality, block by block.

A pair that is not in the pool can only help if its worth beyond the mentor's price is
more than what the mentee has already. One pass over the scores finds those pairs, or
proves that there are none (column generation; the prices are those of Bertsekas).
Prices and surpluses are compared in two parts, whole people and points, since points
alone still matter beside a whole person in float32.
"""

from collections.abc import Callable

import numpy as np

from .candidates import BLOCK, above, best_of_rows
from .features import POSSIBLE
from .floor import Reach
from .market import Market
from .pool import Pool
from .prices import Prices

NEAR = 2e-5  # beyond the rounding of float32 scores and prices
FAR = np.float32(1e6)  # points more than anybody has
LEADING_OUT = 8  # pairs of one row are enough to go on with

Progress = Callable[[float], None]


class Screen:
    """Looks for pairs that could better a plan, and remembers what need not be read.

    `missed` bounds the scores of the pairs of each row that are not in the pool. After
    a row was read, `left` bounds their scores less `price`, the prices of that time:
    where no price fell since, and the mentee has as much, it need not be read again.
    """

    def __init__(self, market: Market, missed: np.ndarray) -> None:
        self.market = market
        self.missed = missed.copy()
        self.left = np.full(len(missed), np.inf)
        self.level = np.full(len(missed), -1)
        self.price = np.zeros((2, len(market.capacity)), dtype=np.float32)
        self.read = 0

    def wanting(self, pool: Pool, at: Prices, progress: Progress) -> Pool:
        """Pairs not in the pool that may be worth more to somebody than what they have.

        All of those that are, and the few that only rounding keeps apart from them.
        """
        level, points = self._parts(at.surplus)
        price = self._prices(at.price)
        fallen = np.flatnonzero((price < self.price - 1e-7).any(axis=0))
        self.price = price
        rows = self.market.free
        lowest = price.min(axis=1, initial=FAR)
        rows = rows[self.missed[rows] - lowest[level[rows]] + NEAR > points[rows]]
        known = (level[rows] == self.level[rows]) & (
            self.left[rows] + NEAR <= points[rows]
        )
        self.level[:] = -1
        self.level[rows] = level[rows]
        self.left[rows[~known]] = -np.inf
        parts = [(rows[~known], np.arange(len(at.price))), (rows[known], fallen)]
        work = sum(len(some) * len(among) for some, among in parts)
        found, done = [], 0
        for some, among in parts:
            for first in range(0, len(some) * bool(len(among)), BLOCK):
                block = some[first : first + BLOCK]
                found.append(self._read(pool, block, among, level, points))
                done += len(block) * len(among)
                progress(done / work)
        self.read += work
        return _pool(self.market, found)

    def gap(self, at: Prices) -> float:
        """What pairs that nobody has read could add at most, by what bounds them."""
        level, points = self._parts(at.surplus)
        lowest = self._prices(at.price).min(axis=1, initial=FAR)
        could = np.minimum(self.missed, 1.0) - lowest[level] - points
        return float(np.maximum(could[self.market.free], 0).sum())

    def _read(self, pool, rows, columns, level, points):
        """Rows and columns of the pairs of one block that come near enough."""
        tables = self.market.tables
        if len(columns) < len(tables.mentors):
            tables = tables.among(columns)
        beyond = tables.block(rows)
        np.copyto(beyond, -np.inf, where=beyond < POSSIBLE)
        _forget(beyond, pool, rows, columns)
        for value, price in enumerate(self.price[:, columns]):
            mine = level[rows] == value
            if mine.all():
                beyond -= price
            elif mine.any():
                beyond[mine] -= price
        most = beyond.max(axis=1)
        enough = points[rows] - NEAR
        self.left[rows] = np.maximum(self.left[rows], np.minimum(most, enough))
        high = np.flatnonzero(most > enough)
        row, column = above(beyond[high], enough[high, None])
        return rows[high][row], columns[column]

    def _parts(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        people = np.rint(values / self.market.whole)
        return people.astype(np.intp), values - people * self.market.whole

    def _prices(self, price: np.ndarray) -> np.ndarray:
        """What a score must exceed, for rows with 0 and with 1 whole person.

        Whoever has a whole person has nothing to gain from a mentor who costs one.
        Whoever has none would gain a whole person from any other. Nobody gains from a
        mentor without a place.
        """
        people, points = self._parts(price)
        nobody = np.where(people > 0, points, -FAR)
        somebody = np.where(people > 0, FAR, points)
        both = np.stack([nobody, somebody]).astype(np.float32)
        both[:, self.market.capacity <= self.market.taken] = FAR
        return both


def beyond_reach(market: Market, reach: Reach, above: float) -> Pool:
    """The best pairs of each row with scores over `above` that lead out of the tree."""
    outside = np.flatnonzero(market.capacity > market.taken)
    outside = np.setdiff1d(outside, reach.columns)
    tables = market.tables.among(outside)
    found = []
    for first in range(0, len(reach.rows) * bool(len(outside)), BLOCK):
        rows = reach.rows[first : first + BLOCK]
        row, column, _ = best_of_rows(tables.block(rows), LEADING_OUT)
        found.append((rows[row], outside[column]))
    more = _pool(market, found)
    return more.where(more.score > above)


def _pool(market: Market, found: list[tuple[np.ndarray, np.ndarray]]) -> Pool:
    empty = np.empty(0, dtype=np.intp)
    rows = np.concatenate([empty, *(row for row, _ in found)])
    columns = np.concatenate([empty, *(column for _, column in found)])
    order = np.lexsort((columns, rows))
    rows, columns = rows[order], columns[order]
    return Pool.of(market, rows, columns, market.tables.pair_scores(rows, columns))


def _forget(
    beyond: np.ndarray, pool: Pool, rows: np.ndarray, columns: np.ndarray
) -> None:
    """Strike out what is in the pool already."""
    line = np.full(pool.shape[1], -1)
    line[columns] = np.arange(len(columns))
    first, last = pool.start[rows], pool.start[rows + 1]
    row = np.repeat(np.arange(len(rows)), last - first)
    at = np.arange(len(row)) + np.repeat(last - np.cumsum(last - first), last - first)
    column = line[pool.column[at]]
    beyond[row[column >= 0], column[column >= 0]] = -np.inf
