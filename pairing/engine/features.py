"""A problem as tables, and the scores that their products give."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from .availability import BINS_PER_HOUR
from .columns import (
    APART,
    COLUMNS,
    Entries,
    closed_columns,
    language_columns,
    weighted,
)
from .limits import Limit, named_pairs
from .person import Person
from .problem import Problem
from .text import text_tables

FORBIDDEN = -np.inf
POSSIBLE = APART / 2  # what scores above this is not FORBIDDEN
ENOUGH_HOURS = 4  # shared hours a week beyond which more makes no difference
ASYNC_VALUE = 0.5  # for two people who need no shared hour: neither gain nor loss
RANKS = 5  # wishes that count; the first is worth 1, the fifth 0.2
CHUNK = 1 << 16  # pairs that are scored at once

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

        The same numbers as in `exact`, without the limits on pairs by name.
        """
        score = np.zeros(len(rows))
        for first in range(0, len(rows), CHUNK):
            part = slice(first, first + CHUNK)
            score[part] = self._pair_scores(rows[part], columns[part])
        return score.round(9).round(6)

    def points(self, rows: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
        """The points by factor of the pairs (rows[i], columns[i]): float64, each."""
        ours = self.mentees[rows].toarray().astype(np.float64)
        theirs = self.mentors[columns]
        found = {
            name: np.einsum("ij,ij->i", ours[:, part], theirs[:, part]).clip(0)
            for name, part in self.segments.items()
        }
        found["availability"] = self._hours(rows, columns)
        found["wishes"] = entries(self.wishes, rows, columns)
        if self.texts:
            found["goal_text"] = _row_products(*self.texts, rows, columns)
        return found

    def among(self, columns: np.ndarray) -> "Features":
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
        score = np.bincount(pair, factor, minlength=len(rows))
        score += self._hours(rows, columns) + entries(self.wishes, rows, columns)
        if self.texts:
            score += _row_products(*self.texts, rows, columns)
        return score

    def _hours(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        ours = self.mentee_hours[rows].astype(np.float64)
        hours = np.einsum("ij,ij->i", ours, self.mentor_hours[columns])
        return np.minimum(hours, self.hours_share)


def features(problem: Problem) -> Features:
    """The problem's tables; made once and kept with it. O(n d + m d) memory."""
    if "features" not in problem.memory:
        problem.memory["features"] = _features(problem)
    return problem.memory["features"]


def score_block(problem: Problem, rows: Rows = slice(None)) -> np.ndarray:
    """Scores (0 to 1) of the mentees in `rows` with every mentor: float32, rows x m.

    Rows and columns follow `problem.mentees` and `problem.mentors`, which stand in the
    order of ids. A pair that a hard limit removes is FORBIDDEN, minus infinity. One
    matrix product of 2 d flop a pair and one of the shared hours.
    """
    score = features(problem).block(rows)
    np.copyto(score, FORBIDDEN, where=score < POSSIBLE)
    return score


def limits(problem: Problem, rows: Rows = slice(None)) -> np.ndarray:
    """Limit flags of the mentees in `rows` with every mentor: uint16, rows x m.

    0 where a pair is possible; `limit_names` tells what else a cell holds.
    """
    tables = features(problem)
    hours = tables.mentee_hours[rows] @ tables.mentor_hours.T
    languages = tables.segments["languages"]
    shared = tables.mentees[rows][:, languages] @ tables.mentors[:, languages].T
    found = np.zeros(hours.shape, dtype=np.uint16)
    found[hours < tables.overlap] |= np.uint16(Limit.NO_OVERLAP)
    found[shared < POSSIBLE] |= np.uint16(Limit.NO_SHARED_LANGUAGE)
    for limit, ours, theirs in _own_flags(problem):
        found[np.array(ours, dtype=bool)[rows]] |= np.uint16(limit)
        found[:, np.array(theirs, dtype=bool)] |= np.uint16(limit)
    apart = tables.apart[rows].tocoo()
    found[apart.row, apart.col] |= apart.data
    return found


def availability_table(*sides: tuple[Person, ...]) -> list[np.ndarray]:
    """For each side the quarter hours of everyone, 0 or 1: uint8, people x bins."""
    people = [person for side in sides for person in side]
    longest = max((p.availability.bit_length() for p in people), default=0)
    size = longest // 8 + 1
    tables = []
    for side in sides:
        packed = b"".join(p.availability.to_bytes(size, "little") for p in side)
        table = np.frombuffer(packed, dtype=np.uint8).reshape(len(side), size)
        tables.append(np.unpackbits(table, axis=1, bitorder="little"))
    return tables


def _features(problem: Problem) -> Features:
    sides = problem.mentees, problem.mentors
    shares = problem.weights.shares()
    parts = {
        name: weighted(columns(*sides), shares[name])
        for name, columns in COLUMNS.items()
        if shares[name]
    }
    parts["languages"] = language_columns(*sides, shares["languages"])
    parts["limits"] = closed_columns(*sides)
    ends = np.cumsum([part.width for part in parts.values()]).tolist()
    firsts = [0, *ends[:-1]]
    ours = [part.mentees for part in parts.values()]
    theirs = [part.mentors for part in parts.values()]
    share = shares["availability"]
    return Features(
        mentees=_table(ours, firsts, (len(sides[0]), ends[-1])),
        mentors=_table(theirs, firsts, (len(sides[1]), ends[-1])).toarray(),
        segments=dict(zip(parts, map(slice, firsts, ends), strict=True)),
        **_hours(problem, share or 1.0),
        hours_share=share,
        overlap=(share or 1.0) * (1 / ENOUGH_HOURS - 1 / 32 / problem.weeks),
        texts=_texts(problem, shares["goal_text"]),
        wishes=_wishes(problem, shares["wishes"]),
        apart=_apart(problem),
    )


def _table(
    parts: Iterable[Entries], firsts: Iterable[int], shape: tuple[int, int]
) -> csr_array:
    """The parts beside each other, each from its first column on."""
    tables = [
        np.array(part, dtype=np.float64).reshape(-1, 3) + np.array([0, first, 0])
        for part, first in zip(parts, firsts, strict=True)
    ]
    rows, columns, values = np.concatenate(tables).T
    at = rows.astype(np.int32), columns.astype(np.int32)
    table = csr_array((values.astype(np.float32), at), shape=shape)
    table.sort_indices()
    return table


def _hours(problem: Problem, share: float) -> dict[str, np.ndarray]:
    """Quarter hours as columns; equal ones are one column that counts for several.

    Whoever is async only has no hours; three columns give their pairs ASYNC_VALUE.
    """
    ours, theirs = availability_table(problem.mentees, problem.mentors)
    together = np.ascontiguousarray(np.packbits(np.vstack([ours, theirs]), axis=0).T)
    _, first, times = np.unique(together, axis=0, return_index=True, return_counts=True)
    used = ours[:, first].any(axis=0) & theirs[:, first].any(axis=0)
    first, times = first[used], times[used]
    bins = ENOUGH_HOURS * BINS_PER_HOUR * problem.weeks
    half = share * ASYNC_VALUE
    ours_async, theirs_async = _async(problem.mentees), _async(problem.mentors)
    return {
        "mentee_hours": np.hstack(
            [ours[:, first] * (1 - ours_async) * (share * times / bins)]
            + [half * ours_async, np.full_like(ours_async, half), -half * ours_async],
        ).astype(np.float32),
        "mentor_hours": np.hstack(
            [theirs[:, first] * (1 - theirs_async), np.ones_like(theirs_async)]
            + [theirs_async] * 2
        ).astype(np.float32),
    }


def _async(people: tuple[Person, ...]) -> np.ndarray:
    found = np.array([person.async_only for person in people], dtype=np.float32)
    return found.reshape(-1, 1)


def _texts(problem: Problem, share: float) -> tuple[csr_array, csr_array] | None:
    if not share:
        return None
    sides = problem.mentees, problem.mentors
    ours, theirs = text_tables(*([p.goal_text for p in side] for side in sides))
    return ours * np.float32(share), theirs


def _wishes(problem: Problem, share: float) -> csr_array:
    entries = [
        (row, cell[1], share * (1 - rank / RANKS))
        for row, mentee in enumerate(problem.mentees)
        for rank, wish in enumerate(dict.fromkeys(mentee.wishes[:RANKS]))
        if (cell := problem.cell(wish, mentee.id)) and share
    ]
    return _table([entries], [0], (len(problem.mentees), len(problem.mentors)))


def _apart(problem: Problem) -> csr_array:
    flags: dict[tuple[int, int], int] = {}
    for mentee, mentor, limit in named_pairs(problem):
        if cell := problem.cell(mentor, mentee):
            flags[cell] = flags.get(cell, 0) | int(limit)
    shape = len(problem.mentees), len(problem.mentors)
    rows = [cell[0] for cell in flags]
    columns = [cell[1] for cell in flags]
    values = np.array(list(flags.values()), dtype=np.uint16)
    return csr_array((values, (rows, columns)), shape=shape)


def _own_flags(problem: Problem) -> Iterator[tuple[Limit, list[bool], list[bool]]]:
    mentees, mentors = problem.mentees, problem.mentors
    nobody = [False] * len(mentees)
    yield Limit.PAUSED, [p.paused for p in mentees], [p.paused for p in mentors]
    yield Limit.RESTING, nobody, [p.resting for p in mentors]
    yield Limit.NO_PLACE, nobody, [not p.capacity for p in mentors]


def _add(score: np.ndarray, more: csr_array) -> None:
    """Add a sparse table to a block of the same shape, in place."""
    more = more.tocoo()
    score[more.row, more.col] += more.data.astype(score.dtype)


def entries(table: csr_array, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    if not len(rows) or not table.nnz:
        return np.zeros(len(rows))
    return np.asarray(table[rows, columns], dtype=np.float64)


def _row_products(
    ours: csr_array, theirs: csr_array, rows: np.ndarray, columns: np.ndarray
) -> np.ndarray:
    both = ours[rows].astype(np.float64).multiply(theirs[columns])
    return np.asarray(both.sum(axis=1), dtype=np.float64).reshape(-1)
