"""Hard limits: which two people cannot be paired, and every reason why not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntFlag

from .availability import BINS_PER_HOUR
from .person import Person
from .problem import Problem


class Limit(IntFlag):
    """Reasons that make a pair impossible; several can hold at once."""

    SAME_PERSON = 1
    NO_SHARED_LANGUAGE = 2
    NO_OVERLAP = 4
    REPORTING_LINE = 8
    ENDED_BEFORE = 16
    NEVER_PAIR = 32
    NO_PLACE = 64
    PAUSED = 128
    RESTING = 256


def limit_names(flags: int) -> list[str]:
    """The names of the limits in one cell, in their fixed order."""
    return [str(limit.name) for limit in Limit if limit & int(flags)]


def limits_between(problem: Problem, mentee_id: str, mentor_id: str) -> list[str]:
    """Why these two cannot be paired; empty where they can.

    A pair needs a shared language and, unless one of them is async only, one shared
    hour a week. A reporting line, an ended pair and a never-rule hold both ways.
    Raises KeyError for an unknown person.
    """
    pair = problem.only(mentee_id, mentor_id)
    flags = own_limits(pair.mentees[0], pair.mentors[0], problem.weeks)
    for one, other, limit in named_pairs(pair):
        if (one, other) == (mentee_id, mentor_id):
            flags |= limit
    return limit_names(flags)


def own_limits(mentee: Person, mentor: Person, weeks: int) -> Limit:
    """The limits that lie in the two people alone."""
    flags = Limit(0)
    if not mentee.languages & mentor.languages:
        flags |= Limit.NO_SHARED_LANGUAGE
    apart = shared_hours(mentee, mentor, weeks) < 1
    if apart and not (mentee.async_only or mentor.async_only):
        flags |= Limit.NO_OVERLAP
    if not mentor.capacity:
        flags |= Limit.NO_PLACE
    if mentee.paused or mentor.paused:
        flags |= Limit.PAUSED
    if mentor.resting:
        flags |= Limit.RESTING
    return flags


def shared_hours(mentee: Person, mentor: Person, weeks: int) -> float:
    """Hours a week in which both are available."""
    shared = (mentee.availability & mentor.availability).bit_count()
    return shared / BINS_PER_HOUR / weeks


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


def named_pairs(problem: Problem) -> Iterator[tuple[str, str, Limit]]:
    """(mentee, mentor) impossible because of who the two people are, with the limit.

    Both ways round; some of the people may not be in the problem.
    """
    apart = [
        (rule.mentor, rule.mentee, Limit.NEVER_PAIR)
        for rule in problem.rules
        if rule.kind == "never"
    ]
    apart += [(mentor, mentee, Limit.ENDED_BEFORE) for mentor, mentee in problem.ended]
    for one, other, limit in apart:
        yield other, one, limit
        yield one, other, limit
    mentors = {mentor.id for mentor in problem.mentors}
    for mentee in problem.mentees:
        if mentee.id in mentors:
            yield mentee.id, mentee.id, Limit.SAME_PERSON
    for one, other in _reporting_lines(problem):
        yield one, other, Limit.REPORTING_LINE


def _reporting_lines(problem: Problem) -> Iterator[tuple[str, str]]:
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
