"""Hard limits: which two people cannot be paired, and every reason why not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntFlag

import numpy as np

from .factors import either_async, shared, shared_hours
from .problem import Person, Problem


class Limit(IntFlag):
    """Reasons that make a pair impossible; several can hold at once."""

    SAME_PERSON = 1
    NO_SHARED_LANGUAGE = 2
    NO_OVERLAP = 4
    REPORTING_LINE = 8
    ENDED_BEFORE = 16
    NEVER_PAIR = 32
    NO_PLACE = 64


def limits(problem: Problem) -> np.ndarray:
    """Limit flags of every pair, uint8, mentees x mentors; 0 where a pair is possible.

    A pair needs a shared language and, unless one of them is async only, one shared
    hour a week. A reporting line, an ended pair and a never-rule hold both ways.
    """
    mentees, mentors = problem.mentees, problem.mentors
    found = np.zeros((len(mentees), len(mentors)), dtype=np.uint8)
    languages = shared(
        [person.languages for person in mentees],
        [person.languages for person in mentors],
    )
    apart = shared_hours(mentees, mentors) < 1
    found[languages == 0] |= np.uint8(Limit.NO_SHARED_LANGUAGE)
    found[apart & ~either_async(mentees, mentors)] |= np.uint8(Limit.NO_OVERLAP)
    found[:, [person.capacity == 0 for person in mentors]] |= np.uint8(Limit.NO_PLACE)
    for mentee, mentor, limit in _named_pairs(problem):
        found[mentee, mentor] |= np.uint8(limit)
    return found


def limit_names(flags: int) -> list[str]:
    """The names of the limits in one cell, in their fixed order."""
    return [str(limit.name) for limit in Limit if limit & int(flags)]


def limits_between(problem: Problem, mentee_id: str, mentor_id: str) -> list[str]:
    """Why these two cannot be paired; empty where they can."""
    return limit_names(limits(problem.only(mentee_id, mentor_id))[0, 0])


def manager_chains(manager_of: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Direct and indirect managers of everyone, from who reports to whom.

    A circle in the data ends where it closes; nobody is their own manager.
    """
    chains = {}
    for person in manager_of:
        chain: list[str] = []
        manager = manager_of.get(person)
        while manager and manager != person and manager not in chain:
            chain.append(manager)
            manager = manager_of.get(manager)
        chains[person] = frozenset(chain)
    return chains


def _named_pairs(problem: Problem) -> Iterable[tuple[int, int, Limit]]:
    """Cells that are impossible because of who the two people are."""
    row = {person.id: place for place, person in enumerate(problem.mentees)}
    column = {person.id: place for place, person in enumerate(problem.mentors)}
    apart = [
        (rule.mentor, rule.mentee, Limit.NEVER_PAIR)
        for rule in problem.rules
        if rule.kind == "never"
    ]
    apart += [(mentor, mentee, Limit.ENDED_BEFORE) for mentor, mentee in problem.ended]
    apart += [(one, one, Limit.SAME_PERSON) for one in row.keys() & column.keys()]
    for one, other, limit in apart:
        for mentee, mentor in ((other, one), (one, other)):
            if mentee in row and mentor in column:
                yield row[mentee], column[mentor], limit
    for mentee, mentor in _reporting_lines(problem):
        yield row[mentee], column[mentor], Limit.REPORTING_LINE


def _reporting_lines(problem: Problem) -> Iterable[tuple[str, str]]:
    mentees, mentors = _by_line_key(problem.mentees), _by_line_key(problem.mentors)
    for mentee in problem.mentees:
        for key in mentee.managers & mentors.keys():
            yield from ((mentee.id, mentor) for mentor in mentors[key])
    for mentor in problem.mentors:
        for key in mentor.managers & mentees.keys():
            yield from ((mentee, mentor.id) for mentee in mentees[key])


def _by_line_key(people: Iterable[Person]) -> dict[str, list[str]]:
    ids = defaultdict(list)
    for person in people:
        if person.line_key:
            ids[person.line_key].append(person.id)
    return ids
