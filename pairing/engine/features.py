"""A problem as tables, and the scores that their products give."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
ENOUGH_HOURS = 4  # shared hours a week beyond which more makes no difference
ASYNC_VALUE = 0.5  # for two people who need no shared hour: neither gain nor loss
RANKS = 5  # wishes that count; the first is worth 1, the fifth 0.2

Rows = slice | np.ndarray


@dataclass(frozen=True)
class Features:
    """Tables whose products are the points of every pair.

    `mentees` (n x d, sparse, weights in) times `mentors` (m x d) are the points of most
    factors, cut into `segments`; the product of `mentee_hours` and `mentor_hours`, at
    most `hours_share`, those of availability; the product of `texts` (n x words, words
    x m) those of free text. `wishes` (n x m, sparse) come on top, and `apart` (n x m,
    sparse) holds the limits on pairs by name.
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
        """Scores of some mentees with all mentors: float32, FORBIDDEN where limited."""
        return self._scores(rows, np.float32)

    def exact(self, rows: Rows) -> np.ndarray:
        """The same as float64, rounded to millionths; for few rows or small problems.

        Rounded to billionths first, so that the order of a sum cannot matter.
        """
        return self._scores(rows, np.float64).round(9).round(6)

    def pair_scores(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Exact scores of the pairs (rows[i], columns[i]); limits are not looked at."""
        rows, columns = np.asarray(rows, np.intp), np.asarray(columns, np.intp)
        points = self.points(rows, columns).values()
        return np.sum([*points], axis=0).round(9).round(6)

    def points(self, rows: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
        """The points by factor of the pairs (rows[i], columns[i]): float64, each."""
        ours = self.mentees[rows].toarray().astype(np.float64)
        theirs = self.mentors[columns]
        found = {
            name: np.einsum("ij,ij->i", ours[:, part], theirs[:, part]).clip(0)
            for name, part in self.segments.items()
        }
        ours = self.mentee_hours[rows].astype(np.float64)
        hours = np.einsum("ij,ij->i", ours, self.mentor_hours[columns])
        found["availability"] = np.minimum(hours, self.hours_share)
        found["wishes"] = np.zeros(len(rows))
        if len(rows):
            found["wishes"] += self.wishes[rows, columns]
        if self.texts:
            both = self.texts[0][rows].multiply(self.texts[1].T.tocsr()[columns])
            found["goal_text"] = np.asarray(both.sum(axis=1), dtype=np.float64)
        return found

    def _scores(self, rows: Rows, dtype: type) -> np.ndarray:
        ours = self.mentees[rows].toarray().astype(dtype, copy=False)
        score = ours @ self.mentors.T.astype(dtype, copy=False)
        ours = self.mentee_hours[rows].astype(dtype, copy=False)
        hours = ours @ self.mentor_hours.T.astype(dtype, copy=False)
        score[hours < self.overlap] = FORBIDDEN
        if self.hours_share:
            score += np.minimum(hours, self.hours_share)
        if self.texts:
            add_at(score, self.texts[0][rows] @ self.texts[1])
        add_at(score, self.wishes[rows])
        score[score < APART / 2] = FORBIDDEN
        apart = self.apart[rows].tocoo()
        score[apart.row, apart.col] = FORBIDDEN
        return score


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
    return features(problem).block(rows)


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
    found[shared < 0] |= np.uint16(Limit.NO_SHARED_LANGUAGE)
    for limit, ours, theirs in _own_flags(problem):
        found[np.array(ours, dtype=bool)[rows]] |= np.uint16(limit)
        found[:, np.array(theirs, dtype=bool)] |= np.uint16(limit)
    apart = tables.apart[rows].tocoo()
    found[apart.row, apart.col] |= apart.data
    return found


def _own_flags(problem: Problem) -> Iterator[tuple[Limit, list[bool], list[bool]]]:
    mentees, mentors = problem.mentees, problem.mentors
    nobody = [False] * len(mentees)
    yield Limit.PAUSED, [p.paused for p in mentees], [p.paused for p in mentors]
    yield Limit.RESTING, nobody, [p.resting for p in mentors]
    yield Limit.NO_PLACE, nobody, [not p.capacity for p in mentors]


def add_at(score: np.ndarray, more: csr_array) -> None:
    """Add a sparse table to a block of the same shape, in place."""
    more = more.tocoo()
    score[more.row, more.col] += more.data.astype(score.dtype)


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
    width = ends[-1]
    firsts = [0, *ends[:-1]]
    share = shares["availability"]
    ours = [part.mentees for part in parts.values()]
    theirs = [part.mentors for part in parts.values()]
    return Features(
        mentees=_table(ours, firsts, (len(sides[0]), width)),
        mentors=_table(theirs, firsts, (len(sides[1]), width)).toarray(),
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
    return csr_array((values.astype(np.float32), at), shape=shape)


def _hours(problem: Problem, share: float) -> dict[str, np.ndarray]:
    """Quarter hours as columns; equal ones are one column that counts for several.

    Whoever is async only has no hours; three columns give their pairs ASYNC_VALUE.
    """
    ours, theirs = availability_table(problem.mentees, problem.mentors)
    together = np.ascontiguousarray(np.vstack([ours, theirs]).T)
    _, first, times = np.unique(
        np.packbits(together, axis=1), axis=0, return_index=True, return_counts=True
    )
    used = ours[:, first].any(axis=0) & theirs[:, first].any(axis=0)
    first, times = first[used], times[used]
    bins = ENOUGH_HOURS * BINS_PER_HOUR * problem.weeks
    half = share * ASYNC_VALUE
    ours_async = np.array([[p.async_only] for p in problem.mentees], np.float32)
    theirs_async = np.array([[p.async_only] for p in problem.mentors], np.float32)
    ours_async, theirs_async = ours_async.reshape(-1, 1), theirs_async.reshape(-1, 1)
    all_ours, all_theirs = np.ones_like(ours_async), np.ones_like(theirs_async)
    ours_columns = ours[:, first] * (1 - ours_async) * (share * times / bins)
    return {
        "mentee_hours": np.hstack(
            [ours_columns, half * ours_async, half * all_ours, -half * ours_async]
        ).astype(np.float32),
        "mentor_hours": np.hstack(
            [theirs[:, first] * (1 - theirs_async), all_theirs, *[theirs_async] * 2]
        ).astype(np.float32),
    }


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


def _texts(problem: Problem, share: float) -> tuple[csr_array, csr_array] | None:
    if not share:
        return None
    sides = problem.mentees, problem.mentors
    (ours, theirs), _ = text_tables(*([p.goal_text for p in side] for side in sides))
    return ours * np.float32(share), theirs.T.tocsr()


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
