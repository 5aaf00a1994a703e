"""What a pairing is worked out from: people, weights, rules. Plain values only."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from .availability import BINS_PER_WEEK

SETS = {
    "languages",
    "availability",
    "goals",
    "interests",
    "working_style",
    "managers",
}


@dataclass(frozen=True)
class Person:
    """One person's place on one side, and all the engine may ever know about it.

    This list is an allow-list. `function`, the line of work, serves only exposure to
    other lines of work. `line_key` and `managers` (keys of the direct and indirect
    managers) serve only the limit on reporting lines.
    """

    id: str
    languages: frozenset[str] = frozenset()
    availability: frozenset[int] = frozenset()
    async_only: bool = False
    skills_offered: Mapping[str, int | None] = field(default_factory=dict)
    skills_wanted: Mapping[str, int | None] = field(default_factory=dict)
    goals: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    working_style: frozenset[str] = frozenset()
    learning_preference: str = ""
    function: str = ""
    capacity: int = 0
    recent_load: int = 0
    wishes: tuple[str, ...] = ()
    line_key: str = ""
    managers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        levels = {*self.skills_offered.values(), *self.skills_wanted.values()}
        if not levels <= {None, 1, 2, 3, 4, 5}:
            raise ValueError(f"{self.id}: a skill level is 1 to 5 or None")
        if self.capacity < 0 or self.recent_load < 0:
            raise ValueError(f"{self.id}: capacity and recent load are not negative")
        if not all(0 <= number < BINS_PER_WEEK for number in self.availability):
            raise ValueError(f"{self.id}: availability is outside the week")


@dataclass(frozen=True)
class Weights:
    """How much each factor counts; only the proportions matter.

    Learning preference is low because teaching to a preferred style has no support
    in research; likeness in values and style has the most.
    """

    skills: float = 0.28
    skills_back: float = 0.04
    goals: float = 0.10
    interests: float = 0.08
    working_style: float = 0.12
    learning_preference: float = 0.06
    cross_function: float = 0.06
    rotation: float = 0.04
    availability: float = 0.08
    languages: float = 0.04
    wishes: float = 0.10

    def __post_init__(self) -> None:
        values = self.as_dict().values()
        if not all(math.isfinite(value) and value >= 0 for value in values):
            raise ValueError("weights are finite and not negative")
        if not sum(values):
            raise ValueError("at least one factor must count")

    def as_dict(self) -> dict[str, float]:
        """The weights by factor name."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, float]) -> "Weights":
        """Weights from stored values; a factor not named counts nothing."""
        return cls(**{f.name: 0.0 for f in fields(cls)} | dict(values))

    def shares(self) -> dict[str, float]:
        """Each factor's share of the whole; they sum to 1."""
        whole = sum(self.as_dict().values())
        return {name: value / whole for name, value in self.as_dict().items()}


@dataclass(frozen=True)
class Rule:
    """Two people whom someone pinned together, or whom nobody may pair."""

    kind: Literal["pin", "never"]
    mentor: str
    mentee: str
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Policy:
    """How a plan is chosen among the possible ones.

    A mentor's second mentee costs `place_cost`, the third twice that, and so on.
    No pair scores under `floor_share` of the best lowest score that is possible.
    """

    place_cost: float = 0.05
    floor_share: float = 0.95
    seed: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.place_cost < math.inf and 0 <= self.floor_share <= 1):
            raise ValueError("a place costs nothing or more; a share is 0 to 1")


@dataclass(frozen=True)
class Problem:
    """Everyone to be paired, what counts, and what must hold.

    `ended` holds (mentor, mentee) of earlier pairs that must not return. A mentor's
    capacity counts the places still free.
    """

    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    weights: Weights = field(default_factory=Weights)
    rules: tuple[Rule, ...] = ()
    ended: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for side in (self.mentees, self.mentors):
            if len({person.id for person in side}) < len(side):
                raise ValueError("every person is on one side at most once")

    def canonical(self) -> "Problem":
        """The same problem in the order of ids, so that no order given can matter."""
        return replace(
            self,
            mentees=tuple(sorted(self.mentees, key=lambda person: person.id)),
            mentors=tuple(sorted(self.mentors, key=lambda person: person.id)),
            rules=tuple(
                sorted(self.rules, key=lambda rule: tuple(asdict(rule).values()))
            ),
            ended=tuple(sorted(self.ended)),
        )

    def only(self, mentee_id: str, mentor_id: str) -> "Problem":
        """The problem of these two alone. Raises KeyError for an unknown person."""
        mentees = {person.id: person for person in self.mentees}
        mentors = {person.id: person for person in self.mentors}
        return replace(
            self, mentees=(mentees[mentee_id],), mentors=(mentors[mentor_id],)
        )


def to_json(problem: Problem) -> dict[str, Any]:
    """The problem as plain JSON values, the same whatever the order given."""
    problem = problem.canonical()
    return {
        "mentees": [_person_to_json(person) for person in problem.mentees],
        "mentors": [_person_to_json(person) for person in problem.mentors],
        "weights": problem.weights.as_dict(),
        "rules": [asdict(rule) for rule in problem.rules],
        "ended": [list(pair) for pair in problem.ended],
    }


def from_json(data: Mapping[str, Any]) -> Problem:
    """The problem that `to_json` wrote."""
    return Problem(
        mentees=tuple(_person_from_json(person) for person in data["mentees"]),
        mentors=tuple(_person_from_json(person) for person in data["mentors"]),
        weights=Weights.from_dict(data["weights"]),
        rules=tuple(Rule(**rule) for rule in data["rules"]),
        ended=tuple((mentor, mentee) for mentor, mentee in data["ended"]),
    )


def inputs_hash(problem: Problem) -> str:
    """SHA-256 of the problem's plain values; the order of people does not matter."""
    text = json.dumps(to_json(problem), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _person_to_json(person: Person) -> dict[str, Any]:
    values = {f.name: getattr(person, f.name) for f in fields(person)}
    values |= {name: sorted(values[name]) for name in SETS}
    values |= {name: dict(values[name]) for name in ("skills_offered", "skills_wanted")}
    return values | {"wishes": list(person.wishes)}


def _person_from_json(values: Mapping[str, Any]) -> Person:
    sets = {name: frozenset(values[name]) for name in SETS}
    return Person(**{**values, **sets, "wishes": tuple(values["wishes"])})
