"""The scores and the limits of a problem's pairs, in blocks of mentees."""

from collections.abc import Iterator

import numpy as np

from .features import FORBIDDEN, POSSIBLE, Features, Rows
from .limits import Limit
from .problem import Problem
from .tables import tables_of


def features(problem: Problem) -> Features:
    """The problem's tables; made once and kept with it. O(n d + m d) memory."""
    if "features" not in problem.memory:
        problem.memory["features"] = tables_of(problem)
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


def limits(
    problem: Problem, rows: Rows = slice(None), columns: Rows = slice(None)
) -> np.ndarray:
    """Limit flags of some mentees with some mentors: uint16, rows x columns.

    0 where a pair is possible; `limit_names` tells what else a cell holds.
    """
    tables = features(problem).among(columns)
    hours = tables.mentee_hours[rows] @ tables.mentor_hours.T
    languages = tables.segments["languages"]
    shared = tables.mentees[rows][:, languages] @ tables.mentors[:, languages].T
    found = np.zeros(hours.shape, dtype=np.uint16)
    found[hours < tables.overlap] |= np.uint16(Limit.NO_OVERLAP)
    found[shared < POSSIBLE] |= np.uint16(Limit.NO_SHARED_LANGUAGE)
    for limit, ours, theirs in _own_flags(problem):
        found[np.array(ours, dtype=bool)[rows]] |= np.uint16(limit)
        found[:, np.array(theirs, dtype=bool)[columns]] |= np.uint16(limit)
    apart = tables.apart[rows].tocoo()
    found[apart.row, apart.col] |= apart.data
    return found


def _own_flags(problem: Problem) -> Iterator[tuple[Limit, list[bool], list[bool]]]:
    mentees, mentors = problem.mentees, problem.mentors
    nobody = [False] * len(mentees)
    yield Limit.PAUSED, [p.paused for p in mentees], [p.paused for p in mentors]
    yield Limit.RESTING, nobody, [p.resting for p in mentors]
    yield Limit.NO_PLACE, nobody, [not p.capacity for p in mentors]
