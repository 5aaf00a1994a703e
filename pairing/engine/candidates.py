"""The pairs worth looking at first: everybody's best few, found in blocks."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .features import POSSIBLE
from .problem import Problem
from .scores import features

BLOCK = 256  # rows: a block of scores stays near the cache
SAMPLED = 16  # every so many columns are looked at to guess a threshold


@dataclass(frozen=True)
class Candidates:
    """Possible pairs, sorted by row and column.

    `mentee` and `mentor` (int32) are places in the order of ids, `score` (float64) is
    exact. No pair that is missing scores more than `missed` of its mentee, minus
    infinity where none is missing. `possible` counts the pairs that no limit removes.
    """

    mentee: np.ndarray
    mentor: np.ndarray
    score: np.ndarray
    missed: np.ndarray
    possible: int


def candidates(
    problem: Problem,
    k: int,
    k_mentor: int,
    progress: Callable[[float], None] = lambda done: None,
) -> Candidates:
    """The best `k` mentors of every mentee and `k_mentor` mentees of every mentor.

    O(n m d) flop in blocks of float32; memory O(block m + n k + m k_mentor).
    """
    tables = features(problem)
    height, width = len(problem.mentees), len(problem.mentors)
    missed = np.full(height, -np.inf)
    mine: list[tuple[np.ndarray, np.ndarray]] = []
    theirs = Best(width, k_mentor)
    possible = 0
    for first in range(0, height, BLOCK):
        rows = slice(first, min(first + BLOCK, height))
        score = tables.block(rows)
        possible += int(np.count_nonzero(score > POSSIBLE))
        row, column, missed[rows] = best_of_rows(score, k)
        mine.append((row + first, column))
        theirs.add(score, first)
        progress(rows.stop / height)
    row, column = _each_once([*mine, theirs.pairs()], max(width, 1))
    return Candidates(
        row.astype(np.int32),
        column.astype(np.int32),
        tables.pair_scores(row, column),
        missed,
        possible,
    )


def _each_once(pairs: list[tuple[np.ndarray, np.ndarray]], width: int):
    """Rows and columns of all the pairs, sorted."""
    row, column = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    return np.divmod(np.unique(row * np.int64(width) + column), width)


def best_of_rows(
    score: np.ndarray, k: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows and columns of the best `k` of each row, and the best score left out.

    A sample guesses a threshold under which few rows have less than `k`; only those
    few are sorted as a whole.
    """
    height, width = score.shape
    if k >= width:
        row, column = above(score, POSSIBLE)
        return row, column, np.full(height, -np.inf)
    threshold = _guess(score, k)
    row, column = above(score, threshold[:, None])
    found = np.bincount(row, minlength=height)
    short = np.flatnonzero((found < k + 1) & (threshold > POSSIBLE))
    if len(short):
        threshold[short] = np.partition(score[short], width - k - 1)[:, width - k - 1]
        threshold[short] = np.nextafter(threshold[short], -np.inf, dtype=np.float32)
        threshold = np.maximum(threshold, POSSIBLE)
        row, column = above(score, threshold[:, None])
        found = np.bincount(row, minlength=height)
    value = score[row, column]
    order = np.lexsort((-value, row))
    nth = np.arange(len(order)) - np.repeat(np.cumsum(found) - found, found)
    missed = np.full(height, -np.inf)
    next_best = order[nth == k]
    missed[row[next_best]] = value[next_best]
    chosen = order[nth < k]
    return row[chosen], column[chosen], missed


def above(score: np.ndarray, threshold: np.ndarray | float) -> tuple[np.ndarray, ...]:
    """Rows and columns of what is above; faster than nonzero in two dimensions."""
    return np.divmod(np.flatnonzero(score > threshold), max(score.shape[1], 1))


class Best:
    """The best few rows of every column, kept while blocks of rows pass by."""

    def __init__(self, width: int, k: int) -> None:
        self.k = k
        self.threshold = np.full(width, POSSIBLE, dtype=np.float32)
        self.held = [np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)]
        self.limit = 3 * width * k

    def add(self, score: np.ndarray, first: int) -> None:
        """Look at a block of scores whose first row is `first`."""
        if not self.k:
            return
        if not first and self.k < len(score):
            best = np.partition(score, len(score) - self.k, axis=0)[-self.k]
            best = np.nextafter(best, -np.inf, dtype=np.float32)
            self.threshold = np.maximum(self.threshold, best)
        row, column = above(score, self.threshold)
        more = row + first, column, score[row, column]
        self.held = [np.concatenate(two) for two in zip(self.held, more, strict=True)]
        if len(self.held[0]) > self.limit:
            self._prune()

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns of the best."""
        self._prune()
        return self.held[0], self.held[1]

    def _prune(self) -> None:
        row, column, value = self.held
        order = np.lexsort((-value, column))
        count = np.bincount(column, minlength=len(self.threshold))
        nth = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
        last = order[nth == self.k - 1]
        self.threshold[column[last]] = value[last]
        kept = order[nth < self.k]
        self.held = [row[kept], column[kept], value[kept]]


def _guess(score: np.ndarray, k: int) -> np.ndarray:
    sample = score[:, ::SAMPLED]
    nth = min(2 * k // SAMPLED + 3, sample.shape[1])
    guess = np.partition(sample, sample.shape[1] - nth)[:, sample.shape[1] - nth]
    return np.maximum(guess, POSSIBLE)
