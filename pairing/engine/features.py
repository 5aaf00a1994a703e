"""Tables whose products are the scores of all pairs."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from .columns import APART

FORBIDDEN = -np.inf
POSSIBLE = APART / 2  # what scores above this is not FORBIDDEN
CHUNK = 1 << 13  # pairs that are scored at once; a few hundred numbers each

Rows = slice | np.ndarray


@dataclass(frozen=True)
class Features:
    """Tables whose products are the points of every pair; n mentees, m mentors.

    `mentees` (n x d, sparse, weights in) times `mentors` (m x d) are the points of most
    factors, cut into `segments`; the product of `mentee_hours` and `mentor_hours`, at
    most `hours_share`, those of availability, with too little of it under `overlap`;
    the product of `texts` (n x words, m x words) those of free text. `wishes` (n x m,
    sparse) come on top, and `apart` (n x m, sparse) holds limits on pairs by name.
    """

    mentees: csr_array
    mentors: np.ndarray
    segments: dict[str, slice]
    mentee_hours: np.ndarray
    mentor_hours: np.ndarray
    hours_share: float
    overlap: float
    texts: tuple[csr_array, csr_array] | None
    wishes: csr_array
    apart: csr_array

    def block(self, rows: Rows) -> np.ndarray:
        """Scores of some mentees with all mentors, float32; for screening.

        Whatever is not above POSSIBLE is forbidden. Within 1e-5 of the exact scores.
        """
        score = self.mentees[rows].toarray() @ self.mentors.T
        return self._finish(score, rows)

    def exact(self, rows: Rows) -> np.ndarray:
        """The same as float64, rounded to millionths, FORBIDDEN where limited.

        Rounded to billionths first, so that the order of a sum cannot matter.
        """
        score = self.mentees[rows].astype(np.float64) @ self.mentors.T.astype(float)
        score = self._finish(score, rows).round(9).round(6)
        score[score < POSSIBLE] = FORBIDDEN
        return score

    def pair_scores(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Exact scores of the pairs (rows[i], columns[i]), float64.

        The same numbers as in `exact` where a pair is possible.
        """
        score = np.zeros(len(rows))
        for first in range(0, len(rows), CHUNK):
            part = slice(first, first + CHUNK)
            score[part] = self._pair_scores(rows[part], columns[part])
        return score.round(9).round(6)

    def possible(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Whether no limit removes the pairs (rows[i], columns[i])."""
        open_ = self._pair_scores(rows, columns) > POSSIBLE
        enough = self._hours(rows, columns, np.inf) >= self.overlap
        return open_ & enough & (entries(self.apart, rows, columns) == 0)

    def points(self, rows: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
        """The points by factor of the pairs (rows[i], columns[i]): float64, each."""
        ours = self.mentees[rows].toarray().astype(np.float64)
        theirs = self.mentors[columns]
        found = {
            name: np.einsum("ij,ij->i", ours[:, part], theirs[:, part]).clip(0)
            for name, part in self.segments.items()
        }
        found["availability"] = self._hours(rows, columns, self.hours_share)
        found["wishes"] = entries(self.wishes, rows, columns)
        if self.texts:
            found["goal_text"] = _row_products(*self.texts, rows, columns)
        return found

    def among(self, columns: Rows) -> "Features":
        """The same tables for some of the mentors only."""
        texts = self.texts and (self.texts[0], self.texts[1][columns])
        return replace(
            self,
            mentors=self.mentors[columns],
            mentor_hours=self.mentor_hours[columns],
            texts=texts,
            wishes=self.wishes[:, columns],
            apart=self.apart[:, columns],
        )

    def _finish(self, score: np.ndarray, rows: Rows) -> np.ndarray:
        """What is no plain product, added in place."""
        hours = self.mentee_hours[rows].astype(score.dtype, copy=False)
        hours = hours @ self.mentor_hours.T.astype(score.dtype, copy=False)
        np.copyto(score, FORBIDDEN, where=hours < self.overlap)
        if self.hours_share:
            score += np.minimum(hours, self.hours_share, out=hours)
        if self.texts:
            _add(score, self.texts[0][rows] @ self.texts[1].T)
        _add(score, self.wishes[rows])
        apart = self.apart[rows].tocoo()
        score[apart.row, apart.col] = FORBIDDEN
        return score

    def _pair_scores(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Summed in the order of the columns, so that it cannot depend on the pairs."""
        first, last = self.mentees.indptr[rows], self.mentees.indptr[rows + 1]
        pair = np.repeat(np.arange(len(rows)), last - first)
        at = np.arange(len(pair)) + np.repeat(
            last - np.cumsum(last - first), last - first
        )
        factor = self.mentees.data[at].astype(np.float64)
        factor *= self.mentors[columns[pair], self.mentees.indices[at]]
        score = np.bincount(pair, factor, minlength=len(rows)).astype(np.float64)
        score += self._hours(rows, columns, self.hours_share)
        score += entries(self.wishes, rows, columns)
        if self.texts:
            score += _row_products(*self.texts, rows, columns)
        return score

    def _hours(self, rows: np.ndarray, columns: np.ndarray, most: float) -> np.ndarray:
        ours = self.mentee_hours[rows].astype(np.float64)
        hours = np.einsum("ij,ij->i", ours, self.mentor_hours[columns])
        return np.minimum(hours, most)


def _add(score: np.ndarray, more: csr_array) -> None:
    """Add a sparse table to a block of the same shape, in place."""
    more = more.tocoo()
    score[more.row, more.col] += more.data.astype(score.dtype)


def entries(table: csr_array, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The entries (rows[i], columns[i]) of a sparse table as float64."""
    if not len(rows) or not table.nnz:
        return np.zeros(len(rows))
    return np.asarray(table[rows, columns], dtype=np.float64)


def _row_products(
    ours: csr_array, theirs: csr_array, rows: np.ndarray, columns: np.ndarray
) -> np.ndarray:
    both = ours[rows].astype(np.float64).multiply(theirs[columns])
    return np.asarray(both.sum(axis=1), dtype=np.float64).reshape(-1)
