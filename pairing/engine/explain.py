"""Why two people suit each other: every factor's points, and the facts behind them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .levels import fit
from .limits import shared_hours
from .person import Person
from .problem import Problem
from .scores import features
from .text import words_of

Evidence = dict[str, Any]
WORTH_SAYING = 0.01  # points lost below this are no weakness


@dataclass(frozen=True)
class Factor:
    """One factor's part in a score: `points` are `weight` times `value`.

    `evidence` holds plain facts to put into words; empty where one of the two has said
    nothing, so that the factor tells neither for nor against the pair.
    """

    name: str
    weight: float
    value: float
    points: float
    evidence: Evidence


def explain(problem: Problem, mentee_id: str, mentor_id: str) -> list[Factor]:
    """Every factor of one pair; the points sum to its score within 1e-5.

    Raises KeyError for an unknown person.
    """
    return explain_pairs(problem, [(mentee_id, mentor_id)])[0]


def explain_pairs(
    problem: Problem, pairs: Iterable[tuple[str, str]]
) -> list[list[Factor]]:
    """The factors of many (mentee, mentor) pairs, in their order.

    The same product that scores a pair, cut into its segments. A factor without weight
    has value 0. Raises KeyError for an unknown person.
    """
    pairs = list(pairs)
    rows = np.array([problem.row(mentee) for mentee, _ in pairs], dtype=np.intp)
    columns = np.array([problem.column(mentor) for _, mentor in pairs], dtype=np.intp)
    points = features(problem).points(rows, columns)
    shares = problem.weights.shares()
    found = []
    for place, (row, column) in enumerate(zip(rows, columns, strict=True)):
        mentee, mentor = problem.mentees[row], problem.mentors[column]
        factors = []
        for name, share in shares.items():
            gained = float(points[name][place]) if share else 0.0
            value = gained / share if share else 0.0
            evidence = EVIDENCE[name](mentee, mentor) if share else {}
            if evidence and name == "availability":
                evidence["hours"] = shared_hours(mentee, mentor, problem.weeks)
            factors.append(Factor(name, share, value, gained, evidence))
        found.append(factors)
    return found


def reasons(factors: Sequence[Factor]) -> tuple[list[str], str | None]:
    """The three factors that speak most for the pair, and the one most against it."""
    known = [factor for factor in factors if factor.evidence]
    gains = sorted(known, key=lambda f: -round(f.points, 6))
    strongest = [factor.name for factor in gains[:3] if factor.points > 0]
    losses = {
        factor.name: factor.weight - factor.points
        for factor in known
        if factor.name not in strongest
    }
    weakness = max(losses, key=losses.__getitem__, default=None)
    if weakness and losses[weakness] < WORTH_SAYING:
        weakness = None
    return strongest, weakness


def _skills(mentee: Person, mentor: Person) -> Evidence:
    return _wants(mentee.skills_wanted, mentor.skills_offered)


def _skills_back(mentee: Person, mentor: Person) -> Evidence:
    return _wants(mentor.skills_wanted, mentee.skills_offered)


def _wants(wanted: Mapping[str, int | None], offered: Mapping[str, int | None]):
    if not wanted:
        return {}
    best_first = sorted(
        wanted.keys() & offered.keys(),
        key=lambda slug: (-fit(wanted[slug], offered[slug]), slug),
    )
    matches = [
        {"skill": slug, "wanted": wanted[slug], "offered": offered[slug]}
        for slug in best_first
    ]
    return {"matches": matches, "missing": sorted(wanted.keys() - offered.keys())}


def _goal_text(mentee: Person, mentor: Person) -> Evidence:
    ours, theirs = words_of(mentee.goal_text), words_of(mentor.goal_text)
    return {"shared": sorted({*ours} & {*theirs})} if ours and theirs else {}


def _goals(mentee: Person, mentor: Person) -> Evidence:
    speaks_to = mentor.goals | mentor.skills_offered.keys()
    return {"shared": sorted(mentee.goals & speaks_to)} if mentee.goals else {}


def _interests(mentee: Person, mentor: Person) -> Evidence:
    return _tags(mentee.interests, mentor.interests)


def _working_style(mentee: Person, mentor: Person) -> Evidence:
    return _tags(mentee.working_style, mentor.working_style)


def _languages(mentee: Person, mentor: Person) -> Evidence:
    return _tags(mentee.languages, mentor.languages)


def _tags(ours: frozenset[str], theirs: frozenset[str]) -> Evidence:
    return {"shared": sorted(ours & theirs)} if ours and theirs else {}


def _values(mentee: Person, mentor: Person) -> Evidence:
    return _tags(mentee.values, mentor.values)


def _good_mentor(mentee: Person, mentor: Person) -> Evidence:
    return _tags(mentee.good_mentor, mentor.good_mentor)


def _learning_preference(mentee: Person, mentor: Person) -> Evidence:
    return _said(mentee.learning_preference, mentor.learning_preference)


def _cross_function(mentee: Person, mentor: Person) -> Evidence:
    return _said(mentee.function, mentor.function)


def _said(ours: str, theirs: str) -> Evidence:
    return {"mentee": ours, "mentor": theirs} if ours and theirs else {}


def _rotation(mentee: Person, mentor: Person) -> Evidence:
    return {"recent_load": mentor.recent_load, "first_time": mentor.first_time}


def _availability(mentee: Person, mentor: Person) -> Evidence:
    return {"async_only": mentee.async_only or mentor.async_only}


def _wishes(mentee: Person, mentor: Person) -> Evidence:
    if not mentee.wishes:
        return {}
    wished = mentor.id in mentee.wishes
    return {"rank": mentee.wishes.index(mentor.id) + 1 if wished else None}


EVIDENCE: dict[str, Callable[[Person, Person], Evidence]] = {
    "skills": _skills,
    "skills_back": _skills_back,
    "goals": _goals,
    "goal_text": _goal_text,
    "interests": _interests,
    "working_style": _working_style,
    "values": _values,
    "good_mentor": _good_mentor,
    "learning_preference": _learning_preference,
    "cross_function": _cross_function,
    "rotation": _rotation,
    "availability": _availability,
    "languages": _languages,
    "wishes": _wishes,
}
