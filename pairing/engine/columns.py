"""Every factor as columns: one product of two tables gives all the points.

A factor of two people is written as a sum of products, one for each column: what the
mentee has there times what the mentor has. Tables over levels become one column for
each level, likeness of tags the product of two unit vectors (their cosine).
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .levels import FIT
from .person import Person

People = Sequence[Person]
Entries = list[tuple[int, int, float]]  # person, column, value

RESTED, NEWCOMER = 0.8, 1.0  # what a mentor is worth who carried nobody of late
APART = -1000.0  # points that no factor can make up for


@dataclass(frozen=True)
class Columns:
    """One factor's columns, with values from 0 to 1 in the product of the two sides."""

    width: int
    mentees: Entries
    mentors: Entries


def _skills(mentees: People, mentors: People) -> Columns:
    """The mean fit over the skills a mentee wants."""
    wanting = [person.skills_wanted for person in mentees]
    return _wants_met(wanting, [person.skills_offered for person in mentors])


def _skills_back(mentees: People, mentors: People) -> Columns:
    """The mean fit over the skills a mentor wants."""
    wanting = [person.skills_wanted for person in mentors]
    back = _wants_met(wanting, [person.skills_offered for person in mentees])
    return Columns(back.width, mentees=back.mentors, mentors=back.mentees)


def _goals(mentees: People, mentors: People) -> Columns:
    """The share of a mentee's goals that the mentor can speak to."""
    ours = [person.goals for person in mentees]
    theirs = [person.goals | person.skills_offered.keys() for person in mentors]
    place = _shared_places(ours, theirs)
    return Columns(
        len(place),
        _members(ours, place, [1 / max(len(goals), 1) for goals in ours]),
        _members(theirs, place, [1.0] * len(theirs)),
    )


def _likeness(name: str) -> Callable[[People, People], Columns]:
    """The cosine of two sets of tags: what is shared over the mean size."""

    def columns(mentees: People, mentors: People) -> Columns:
        ours = [getattr(person, name) for person in mentees]
        theirs = [getattr(person, name) for person in mentors]
        place = _shared_places(ours, theirs)
        return Columns(
            len(place),
            _members(ours, place, [max(len(tags), 1) ** -0.5 for tags in ours]),
            _members(theirs, place, [max(len(tags), 1) ** -0.5 for tags in theirs]),
        )

    return columns


def _learning_preference(mentees: People, mentors: People) -> Columns:
    """1 where both have said the same."""
    ours = [{person.learning_preference} - {""} for person in mentees]
    theirs = [{person.learning_preference} - {""} for person in mentors]
    place = _shared_places(ours, theirs)
    return Columns(
        len(place),
        _members(ours, place, [1.0] * len(ours)),
        _members(theirs, place, [1.0] * len(theirs)),
    )


def _cross_function(mentees: People, mentors: People) -> Columns:
    """1 where both have a function and not the same one."""
    ours = [{person.function} - {""} for person in mentees]
    theirs = [{person.function} - {""} for person in mentors]
    place = _shared_places(ours, theirs)
    last = len(place)
    return Columns(
        last + 1,
        _members(ours, place, [-1.0] * len(ours))
        + [(row, last, 1.0) for row, said in enumerate(ours) if said],
        _members(theirs, place, [1.0] * len(theirs))
        + [(row, last, 1.0) for row, said in enumerate(theirs) if said],
    )


def _rotation(mentees: People, mentors: People) -> Columns:
    """Mentors who carried fewer of late come earlier, and newcomers first."""
    return Columns(
        1,
        [(row, 0, 1.0) for row in range(len(mentees))],
        [
            (row, 0, NEWCOMER if mentor.first_time else RESTED / (1 + load))
            for row, mentor in enumerate(mentors)
            for load in (mentor.recent_load,)
        ],
    )


def language_columns(mentees: People, mentors: People, share: float) -> Columns:
    """One shared language is half, two are all; without one nobody is paired.

    Not a sum of products by language, so each distinct set of languages is a column,
    on the side that has fewer of them.
    """
    ours = [person.languages for person in mentees]
    theirs = [person.languages for person in mentors]
    if len(set(ours)) > len(set(theirs)):
        turned = _by_set(theirs, ours, share)
        return Columns(turned.width, mentees=turned.mentors, mentors=turned.mentees)
    return _by_set(ours, theirs, share)


def closed_columns(mentees: People, mentors: People) -> Columns:
    """Whoever takes nobody is out of everybody's reach."""
    return Columns(
        2,
        [(i, 0, APART) for i, mentee in enumerate(mentees) if mentee.paused]
        + [(i, 1, 1.0) for i in range(len(mentees))],
        [(j, 0, 1.0) for j in range(len(mentors))]
        + [(j, 1, APART) for j, mentor in enumerate(mentors) if _closed(mentor)],
    )


def _closed(mentor: Person) -> bool:
    return mentor.paused or mentor.resting or not mentor.capacity


def _by_set(
    few: Sequence[frozenset], many: Sequence[frozenset], share: float
) -> Columns:
    place = {languages: column for column, languages in enumerate(dict.fromkeys(few))}
    worth = {
        languages: [_language_points(languages & other, share) for other in place]
        for languages in set(many)
    }
    return Columns(
        len(place),
        [(row, place[languages], 1.0) for row, languages in enumerate(few)],
        [
            (row, column, value)
            for row, languages in enumerate(many)
            for column, value in enumerate(worth[languages])
        ],
    )


def _language_points(shared: frozenset, share: float) -> float:
    return share * min(len(shared) / 2, 1) if shared else APART


def _wants_met(wanting: Sequence[Mapping], offering: Sequence[Mapping]) -> Columns:
    """The mean fit over the wanted skills: a column for each skill at each level."""
    wanted = set().union(*wanting)
    levels: dict[str, dict[int, int]] = {}
    offers: Entries = []
    width = 0
    for row, skills in enumerate(offering):
        for slug in sorted(skills.keys() & wanted):
            column = levels.setdefault(slug, {}).setdefault(skills[slug] or 0, width)
            width = max(width, column + 1)
            offers.append((row, column, 1.0))
    wants = [
        (row, column, FIT[level or 0][offered] / len(skills))
        for row, skills in enumerate(wanting)
        for slug, level in skills.items()
        for offered, column in levels.get(slug, {}).items()
    ]
    return Columns(width, wants, offers)


def _members(
    sets: Sequence[Collection], place: Mapping, values: Sequence[float]
) -> Entries:
    return [
        (row, place[member], values[row])
        for row, members in enumerate(sets)
        for member in members
        if member in place
    ]


def _shared_places(
    ours: Iterable[Collection], theirs: Iterable[Collection]
) -> dict[Hashable, int]:
    """A column for each member that occurs on both sides; no other can count."""
    common = set().union(*ours) & set().union(*theirs)
    return {name: column for column, name in enumerate(sorted(common))}


COLUMNS: dict[str, Callable[[People, People], Columns]] = {
    "skills": _skills,
    "skills_back": _skills_back,
    "goals": _goals,
    "interests": _likeness("interests"),
    "working_style": _likeness("working_style"),
    "values": _likeness("values"),
    "good_mentor": _likeness("good_mentor"),
    "learning_preference": _learning_preference,
    "cross_function": _cross_function,
    "rotation": _rotation,
}
