"""From people to tables: what each factor and limit puts into them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy.sparse import csr_array

from .availability import BINS_PER_HOUR
from .columns import (
    COLUMNS,
    Columns,
    Entries,
    closed_columns,
    language_columns,
)
from .features import Features
from .limits import named_pairs
from .person import Person
from .problem import Problem
from .text import text_tables

ENOUGH_HOURS = 4  # shared hours a week beyond which more makes no difference
ASYNC_VALUE = 0.5  # for two people who need no shared hour: neither gain nor loss
RANKS = 5  # wishes that count; the first is worth 1, the fifth 0.2

Cells = tuple[np.ndarray, np.ndarray, np.ndarray]  # rows, columns, values


def tables_of(problem: Problem) -> Features:
    """The tables of all factors and limits. O(n d + m d) memory."""
    sides = problem.mentees, problem.mentors
    shares = problem.weights.shares()
    parts = {
        name: Part.of(columns(*sides), shares[name])
        for name, columns in COLUMNS.items()
        if shares[name]
    }
    parts["languages"] = Part.of(language_columns(*sides, shares["languages"]))
    parts["limits"] = Part.of(closed_columns(*sides))
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


@dataclass(frozen=True)
class Part:
    """One factor's columns as arrays, which take a tenth of the room of its entries."""

    width: int
    mentees: Cells
    mentors: Cells

    @classmethod
    def of(cls, columns: Columns, share: float = 1.0) -> "Part":
        """The columns, worth `share` at most; weights are on the mentees' side."""
        mentees = _cells(columns.mentees, share)
        return cls(columns.width, mentees, _cells(columns.mentors))


def _cells(entries: Entries, share: float = 1.0) -> Cells:
    flat = chain.from_iterable(entries)
    rows, columns, values = (
        np.fromiter(flat, np.float64, 3 * len(entries)).reshape(-1, 3).T
    )
    return (
        rows.astype(np.int32),
        columns.astype(np.int32),
        (share * values).astype(np.float32),
    )


def _table(
    parts: Sequence[Cells], firsts: Iterable[int], shape: tuple[int, int]
) -> csr_array:
    """The parts beside each other, each from its first column on."""
    rows = np.concatenate([part[0] for part in parts])
    columns = [part[1] + first for part, first in zip(parts, firsts, strict=True)]
    values = np.concatenate([part[2] for part in parts])
    table = csr_array((values, (rows, np.concatenate(columns))), shape=shape)
    table.sort_indices()
    return table


def _hours(problem: Problem, share: float) -> dict[str, np.ndarray]:
    """Quarter hours as columns; equal ones are one column that counts for several.

    Whoever is async only has no hours; three columns give their pairs ASYNC_VALUE.
    """
    ours, theirs = _quarters(problem.mentees, problem.mentors)
    together = np.ascontiguousarray(np.packbits(np.vstack([ours, theirs]), axis=0).T)
    _, first, times = np.unique(together, axis=0, return_index=True, return_counts=True)
    used = ours[:, first].any(axis=0) & theirs[:, first].any(axis=0)
    first, times = first[used], times[used]
    bins = ENOUGH_HOURS * BINS_PER_HOUR * problem.weeks
    half = share * ASYNC_VALUE
    ours_async, theirs_async = _async(problem.mentees), _async(problem.mentors)
    mentees = [
        ours[:, first] * (1 - ours_async) * (share * times / bins).astype(np.float32),
        half * ours_async,
        np.full_like(ours_async, half),
        -half * ours_async,
    ]
    mentors = [
        theirs[:, first] * (1 - theirs_async),
        np.ones_like(theirs_async),
        theirs_async,
        theirs_async,
    ]
    return {
        "mentee_hours": np.hstack(mentees).astype(np.float32),
        "mentor_hours": np.hstack(mentors).astype(np.float32),
    }


def _quarters(*sides: tuple[Person, ...]) -> list[np.ndarray]:
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
    shape = len(problem.mentees), len(problem.mentors)
    return _table([_cells(entries)], [0], shape)


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
