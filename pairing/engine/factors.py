"""The named factors of a score. Each is a table of values from 0 to 1."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from .availability import BINS_PER_HOUR
from .problem import Person, Weights

People = Sequence[Person]
Values = np.ndarray  # float32, mentees down, mentors across

ENOUGH_HOURS = 4  # shared hours a week beyond which more makes no difference
ASYNC_VALUE = 0.5  # for two people who need no shared hour: neither gain nor loss
RANKS = 5  # wishes that count; the first is worth 1, the fifth 0.2

# How far an offered level (across) serves a wanted one (down); in both directions the
# order is: no level given, then 1 to 5. One level short still helps for a while.
FIT = np.array(
    [
        [1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
        [0.8, 1.0, 1.0, 1.0, 1.0, 1.0],
        [0.8, 0.5, 1.0, 1.0, 1.0, 1.0],
        [0.8, 0.2, 0.5, 1.0, 1.0, 1.0],
        [0.6, 0.0, 0.2, 0.5, 1.0, 1.0],
        [0.6, 0.0, 0.0, 0.2, 0.5, 1.0],
    ],
    dtype=np.float32,
)


def score_block(mentees: People, mentors: People, weights: Weights) -> Values:
    """Scores from 0 to 1, float32, mentees x mentors; limits are not looked at."""
    score = np.zeros((len(mentees), len(mentors)), dtype=np.float32)
    for name, share in weights.shares().items():
        if share:
            score += np.float32(share) * FACTORS[name](mentees, mentors)
    return score


def shared_hours(mentees: People, mentors: People) -> Values:
    """Hours a week in which both are available."""
    ours = [person.availability for person in mentees]
    theirs = [person.availability for person in mentors]
    return shared(ours, theirs) / np.float32(BINS_PER_HOUR)


def shared(ours: Sequence[Collection], theirs: Sequence[Collection]) -> Values:
    """How many members each of our sets has in common with each of theirs."""
    place = _places(set().union(*ours) & set().union(*theirs))
    return _members(ours, place) @ _members(theirs, place).T


def fit(wanted: int | None, offered: int | None) -> float:
    """How far an offered level serves a wanted one, from 0 to 1."""
    return float(FIT[wanted or 0, offered or 0])


def _skills(mentees: People, mentors: People) -> Values:
    return _wants_met(
        [person.skills_wanted for person in mentees],
        [person.skills_offered for person in mentors],
    )


def _skills_back(mentees: People, mentors: People) -> Values:
    return _wants_met(
        [person.skills_wanted for person in mentors],
        [person.skills_offered for person in mentees],
    ).T


def _goals(mentees: People, mentors: People) -> Values:
    """The share of a mentee's goals that the mentor can speak to."""
    ours = [person.goals for person in mentees]
    theirs = [person.goals | person.skills_offered.keys() for person in mentors]
    return shared(ours, theirs) / _sizes(ours)[:, None]


def _interests(mentees: People, mentors: People) -> Values:
    return _likeness(
        [person.interests for person in mentees],
        [person.interests for person in mentors],
    )


def _working_style(mentees: People, mentors: People) -> Values:
    return _likeness(
        [person.working_style for person in mentees],
        [person.working_style for person in mentors],
    )


def _learning_preference(mentees: People, mentors: People) -> Values:
    return _both_said(mentees, mentors, "learning_preference", same=True)


def _cross_function(mentees: People, mentors: People) -> Values:
    return _both_said(mentees, mentors, "function", same=False)


def _rotation(mentees: People, mentors: People) -> Values:
    """Mentors who carried fewer mentees in recent cohorts come first."""
    load = np.array([person.recent_load for person in mentors], dtype=np.float32)
    return np.broadcast_to(1 / (1 + load), (len(mentees), len(mentors)))


def _availability(mentees: People, mentors: People) -> Values:
    value = np.minimum(shared_hours(mentees, mentors) / ENOUGH_HOURS, 1)
    value[either_async(mentees, mentors)] = ASYNC_VALUE
    return value


def _languages(mentees: People, mentors: People) -> Values:
    """One shared language is half, two are all; without one nobody is paired."""
    ours = [person.languages for person in mentees]
    theirs = [person.languages for person in mentors]
    return np.minimum(shared(ours, theirs) / 2, 1)


def _wishes(mentees: People, mentors: People) -> Values:
    column = _places([person.id for person in mentors])
    value = np.zeros((len(mentees), len(mentors)), dtype=np.float32)
    for row, mentee in enumerate(mentees):
        for rank, wish in enumerate(mentee.wishes[:RANKS]):
            if wish in column:
                value[row, column[wish]] = 1 - rank / RANKS
    return value


FACTORS: dict[str, Callable[[People, People], Values]] = {
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


def either_async(mentees: People, mentors: People) -> np.ndarray:
    """True where one of the two takes part without live meetings."""
    ours = np.array([person.async_only for person in mentees], dtype=bool)
    theirs = np.array([person.async_only for person in mentors], dtype=bool)
    return ours[:, None] | theirs


def _wants_met(wanting: Sequence[Mapping], offering: Sequence[Mapping]) -> Values:
    """The mean fit over the wanted skills, as one product of level columns."""
    place = _places(set().union(*wanting) & set().union(*offering))
    wants = np.zeros((len(wanting), len(place), 6), dtype=np.float32)
    offers = np.zeros((len(offering), len(place), 6), dtype=np.float32)
    for row, skills in enumerate(wanting):
        for slug in skills.keys() & place.keys():
            wants[row, place[slug]] = FIT[skills[slug] or 0] / len(skills)
    for row, skills in enumerate(offering):
        for slug in skills.keys() & place.keys():
            offers[row, place[slug], skills[slug] or 0] = 1
    width = len(place) * 6
    return wants.reshape(len(wanting), width) @ offers.reshape(len(offering), width).T


def _likeness(ours: Sequence[Collection], theirs: Sequence[Collection]) -> Values:
    """The cosine of two sets of tags: what is shared over the mean size."""
    return shared(ours, theirs) / np.sqrt(_sizes(ours)[:, None] * _sizes(theirs))


def _both_said(mentees: People, mentors: People, name: str, *, same: bool) -> Values:
    ours = np.array([getattr(person, name) for person in mentees], dtype=object)
    theirs = np.array([getattr(person, name) for person in mentors], dtype=object)
    said = (ours != "")[:, None] & (theirs != "")
    equal = (ours[:, None] == theirs).astype(bool)
    return (said & (equal == same)).astype(np.float32)


def _members(sets: Sequence[Collection], place: dict) -> Values:
    matrix = np.zeros((len(sets), len(place)), dtype=np.float32)
    for row, members in enumerate(sets):
        matrix[row, [place[member] for member in members if member in place]] = 1
    return matrix


def _places(names: Iterable[Any]) -> dict[Any, int]:
    return {name: place for place, name in enumerate(sorted(names))}


def _sizes(sets: Sequence[Collection]) -> np.ndarray:
    return np.array([max(len(members), 1) for members in sets], dtype=np.float32)
