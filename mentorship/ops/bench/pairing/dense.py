"""scipy's dense assignment of the same problem: what every figure is compared with."""

import time
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from pairing.engine import Problem

from .scores import blocks


@dataclass(frozen=True)
class Optimum:
    """The dense optimum and the seconds of the assignment alone, scores not counted."""

    mentor_of: dict[str, str]
    seconds: float


def dense_optimum(problem: Problem, place_cost: float) -> Optimum:
    """The most people paired, then the largest total. O(n places) memory, several
    times over: a whole float64 matrix with a column for each place."""
    value, owner = _values(problem, place_cost)
    began = time.perf_counter()
    rows, places = linear_sum_assignment(value, maximize=True)
    seconds = time.perf_counter() - began
    mentor_of = {
        problem.mentees[row].id: problem.mentors[owner[place]].id
        for row, place in zip(rows, places, strict=True)
        if value[row, place] > 0
    }
    return Optimum(mentor_of, seconds)


def _values(problem: Problem, place_cost: float) -> tuple[np.ndarray, np.ndarray]:
    """What each mentee is worth on each place, 0 where impossible, and whose place.

    One more person outweighs all scores, a pin one more person.
    """
    capacity = [min(one.capacity, len(problem.mentees)) for one in problem.mentors]
    owner = np.repeat(np.arange(len(capacity)), capacity)
    taken = np.array([one.taken for one in problem.mentors], dtype=int)[owner]
    nth = np.arange(len(owner)) - np.searchsorted(owner, owner)
    cost = place_cost * (taken + nth)
    whole = 2 + len(problem.mentees) * (2 + cost.max(initial=0))
    column = {mentor.id: place for place, mentor in enumerate(problem.mentors)}
    pins = {rule.mentee: rule.mentor for rule in problem.rules if rule.kind == "pin"}
    value = np.empty((len(problem.mentees), len(owner)))
    first = 0
    for mentees, block in blocks(problem):
        for row, one in enumerate(mentees):
            if one.id in pins:
                kept = block[row, column[pins[one.id]]]
                block[row] = -np.inf
                block[row, column[pins[one.id]]] = kept + whole
        part = value[first : first + len(block)]
        np.subtract((block + whole)[:, owner], cost, out=part)
        np.maximum(part, 0, out=part)
        first += len(block)
    return value, owner
