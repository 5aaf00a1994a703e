"""Scores of pairs, read block by block, and what a whole plan is worth."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from pairing.engine import Person, Policy, Problem, score_block

BLOCK = 512


def blocks(problem: Problem) -> Iterator[tuple[Sequence[Person], np.ndarray]]:
    """Mentees and their scores with every mentor, -inf where impossible: float64,
    rounded to the millionths in which plans are compared."""
    for first in range(0, len(problem.mentees), BLOCK):
        rows = slice(first, first + BLOCK)
        score = score_block(problem, rows).astype(np.float64).round(6)
        yield problem.mentees[rows], score


def scores_of(problem: Problem, mentee_ids: Iterable[str]) -> np.ndarray:
    """The scores of some mentees with every mentor, in the order asked for."""
    row = {person.id: place for place, person in enumerate(problem.mentees)}
    rows = np.array([row[one] for one in mentee_ids], dtype=np.intp)
    return score_block(problem, rows).astype(np.float64).round(6)


def total_of(problem: Problem, mentor_of: Mapping[str, str], policy: Policy) -> float:
    """Scores of the pairs less what the further mentees of a mentor cost; -inf where
    one of the pairs is impossible."""
    column = {person.id: place for place, person in enumerate(problem.mentors)}
    total = 0.0
    for mentees, score in blocks(problem):
        for row, one in enumerate(mentees):
            if one.id in mentor_of:
                total += score[row, column[mentor_of[one.id]]]
    return total - spent(problem, mentor_of, policy.place_cost)


def spent(problem: Problem, mentor_of: Mapping[str, str], cost: float) -> float:
    """What the pairs' places cost: each further mentee of a mentor costs once more."""
    loads = Counter(mentor_of.values())
    busy = [(loads[one.id], one.taken) for one in problem.mentors if loads[one.id]]
    return cost * sum(load * taken + load * (load - 1) / 2 for load, taken in busy)
