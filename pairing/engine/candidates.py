"""The pairs worth looking at: everybody's best few."""

from dataclasses import dataclass

import numpy as np

from .features import features
from .problem import Problem

BLOCK = 256  # rows: a block of scores stays in the cache


@dataclass(frozen=True)
class Candidates:
    """Possible pairs, sorted by row and column.

    `mentee` (int32) and `mentor` (int32) are places in the order of ids, `score`
    (float64) is exact.
    """

    mentee: np.ndarray
    mentor: np.ndarray
    score: np.ndarray


def candidates(problem: Problem, k: int, k_mentor: int) -> Candidates:
    """The best `k` mentors of every mentee and `k_mentor` mentees of every mentor.

    O(n m d) flop in blocks; memory O(block m + n k + m k_mentor).
    """
    shape = len(problem.mentees), len(problem.mentors)
    score = features(problem).exact(slice(None))
    chosen = np.zeros(shape, dtype=bool)
    for axis, most in ((1, k), (0, k_mentor)):
        order = np.argsort(-score, axis=axis, kind="stable")
        best = np.take(order, range(min(most, shape[axis])), axis=axis)
        np.put_along_axis(chosen, best, True, axis=axis)
    rows, columns = np.nonzero(chosen & np.isfinite(score))
    return Candidates(
        rows.astype(np.int32), columns.astype(np.int32), score[rows, columns]
    )
