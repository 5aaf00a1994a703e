"""The pairs that a plan is chosen from, as arrays."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from .market import NOBODY, UNDER_FLOOR, Market


@dataclass(frozen=True)
class Pool:
    """Possible pairs of the mentees without a pin, sorted by row and column.

    `row` and `column` are int32, `score` is exact, `worth` is what pairs are chosen
    by. The pairs of row i stand from `start[i]` up to `start[i + 1]`.
    """

    row: np.ndarray
    column: np.ndarray
    score: np.ndarray
    worth: np.ndarray
    shape: tuple[int, int]

    @classmethod
    def of(
        cls, market: Market, row: np.ndarray, column: np.ndarray, score: np.ndarray
    ) -> "Pool":
        """A pool of pairs sorted by row and column."""
        row, column = row.astype(np.int32), column.astype(np.int32)
        shape = len(market.pinned), len(market.capacity)
        return cls(row, column, score, market.worth(row, column, score), shape)

    @cached_property
    def start(self) -> np.ndarray:
        """Where each row begins, and the end of the last."""
        return np.searchsorted(self.row, np.arange(self.shape[0] + 1))

    @cached_property
    def by_column(self) -> tuple[np.ndarray, np.ndarray]:
        """The pairs in the order of their columns, and where each column begins."""
        numbers = np.arange(len(self.row))
        table = csr_array((numbers, self.column, self.start), shape=self.shape).tocsc()
        return table.data, table.indptr

    @cached_property
    def keys(self) -> np.ndarray:
        """One number for each pair, in rising order."""
        return self.row * np.int64(self.shape[1]) + self.column

    def above(self, floor: float | None) -> "Pool":
        """The same pairs, those under the floor worth so much less."""
        if floor is None:
            return self
        worth = self.worth - UNDER_FLOOR * (self.score < floor)
        return replace(self, worth=worth)

    def where(self, chosen: np.ndarray) -> "Pool":
        """Some of the pairs."""
        return Pool(
            self.row[chosen],
            self.column[chosen],
            self.score[chosen],
            self.worth[chosen],
            self.shape,
        )

    def joined(self, other: "Pool") -> "Pool":
        """The pairs of both."""
        keys = np.concatenate([self.keys, other.keys])
        _, first = np.unique(keys, return_index=True)
        return Pool(
            np.concatenate([self.row, other.row])[first],
            np.concatenate([self.column, other.column])[first],
            np.concatenate([self.score, other.score])[first],
            np.concatenate([self.worth, other.worth])[first],
            self.shape,
        )

    def place(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Where the pairs stand that are known to be in the pool."""
        return np.searchsorted(self.keys, rows * np.int64(self.shape[1]) + columns)

    def has(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Whether the pairs are in the pool."""
        keys = rows * np.int64(self.shape[1]) + columns
        place = np.minimum(np.searchsorted(self.keys, keys), max(len(self.keys) - 1, 0))
        return self.keys[place] == keys if len(self.keys) else np.zeros(len(keys), bool)


def all_pairs(market: Market) -> Pool:
    """Every possible pair; O(n m) memory, for small problems."""
    score = all_scores(market)
    possible = np.isfinite(score)
    possible[market.pinned != NOBODY] = False
    row, column = np.nonzero(possible)
    return Pool.of(market, row, column, score[row, column])


def some_pairs(market: Market, columns: np.ndarray) -> Pool:
    """The possible ones of the pairs of each row with a column, NOBODY for none."""
    rows = np.flatnonzero((columns != NOBODY) & (market.pinned == NOBODY))
    columns = columns[rows]
    possible = market.tables.possible(rows, columns)
    rows, columns = rows[possible], columns[possible]
    return Pool.of(market, rows, columns, market.tables.pair_scores(rows, columns))


def all_scores(market: Market) -> np.ndarray:
    """Exact scores of all pairs, n x m, kept with the problem; small problems only."""
    memory = market.problem.memory
    if "scores" not in memory:
        memory["scores"] = market.tables.exact(slice(None))
    return memory["scores"]


def highest(values: np.ndarray, start: np.ndarray, empty: float) -> np.ndarray:
    """The highest of the values from each start up to the next; `empty` for none."""
    found = np.full(len(start) - 1, empty)
    some = start[:-1] < start[1:]
    if some.any():
        found[some] = np.maximum.reduceat(values, start[:-1][some])
    return found
