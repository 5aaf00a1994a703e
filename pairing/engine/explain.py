"""Why two people suit each other: every factor's points, and the facts behind them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .factors import FACTORS, either_async, fit, shared_hours
from .problem import Person, Problem

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
    """Every factor of one pair; the points sum to its score.

    Raises KeyError for an unknown person.
    """
    pair = problem.only(mentee_id, mentor_id)
    mentee, mentor = pair.mentees[0], pair.mentors[0]
    factors = []
    for name, share in problem.weights.shares().items():
        value = float(FACTORS[name](pair.mentees, pair.mentors)[0, 0])
        evidence = EVIDENCE[name](mentee, mentor)
        factors.append(Factor(name, share, value, share * value, evidence))
    return factors


def reasons(factors: Sequence[Factor]) -> tuple[list[str], str | None]:
    """The three factors that speak most for the pair, and the one most against it."""
    known = [factor for factor in factors if factor.evidence]
    gains = sorted((f for f in known if f.points > 0), key=lambda f: -f.points)
    strongest = [factor.name for factor in gains[:3]]
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


def _learning_preference(mentee: Person, mentor: Person) -> Evidence:
    return _said(mentee.learning_preference, mentor.learning_preference)


def _cross_function(mentee: Person, mentor: Person) -> Evidence:
    return _said(mentee.function, mentor.function)


def _said(ours: str, theirs: str) -> Evidence:
    return {"mentee": ours, "mentor": theirs} if ours and theirs else {}


def _rotation(mentee: Person, mentor: Person) -> Evidence:
    return {"recent_load": mentor.recent_load}


def _availability(mentee: Person, mentor: Person) -> Evidence:
    return {
        "hours": float(shared_hours([mentee], [mentor])[0, 0]),
        "async_only": bool(either_async([mentee], [mentor])[0, 0]),
    }


def _wishes(mentee: Person, mentor: Person) -> Evidence:
    if not mentee.wishes:
        return {}
    wished = mentor.id in mentee.wishes
    return {"rank": mentee.wishes.index(mentor.id) + 1 if wished else None}


EVIDENCE: dict[str, Callable[[Person, Person], Evidence]] = {
    "skills": _skills,
    "skills_back": _skills_back,
    "goals": _goals,
    "interests": _interests,
    "working_style": _working_style,
    "learning_preference": _learning_preference,
    "cross_function": _cross_function,
    "rotation": _rotation,
    "availability": _availability,
    "languages": _languages,
    "wishes": _wishes,
}
