"""What a pairing is worked out from: people, weights, rules. Plain values only."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from .person import Person
from .weights import Weights


@dataclass(frozen=True, order=True)
class Rule:
    """Two people whom someone pinned together, or whom nobody may pair.

    `by` and `at` (a date or moment as text) are kept to be told in a conflict.
    """

    kind: Literal["pin", "never"]
    mentor: str
    mentee: str
    reason: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class Policy:
    """How a plan is chosen among the possible ones.

    A mentor's second mentee costs `place_cost`, the third twice that, and so on; those
    they have already count.
    As few pairs as possible score under `floor`: where none is given, `floor_share` of
    the best lowest score that is possible, and so nobody. A pair that is kept earns
    `loyalty`.
    """

    place_cost: float = 0.05
    floor_share: float = 0.95
    floor: float | None = None
    loyalty: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        points = self.place_cost, self.loyalty, self.floor or 0.0
        if not all(0 <= value < math.inf for value in points):
            raise ValueError("a place, a floor and loyalty are 0 or more")
        if not 0 <= self.floor_share <= 1:
            raise ValueError("a share is 0 to 1")


@dataclass(frozen=True)
class Problem:
    """Everyone to be paired, what counts, and what must hold.

    People, rules and earlier pairs stand in the order of ids, whatever order was given,
    so that no order can matter. `ended` holds (mentor, mentee) of earlier pairs that
    must not return. `weeks` is the length of everyone's availability. `memory` keeps
    what was worked out of the problem, which never changes.
    """

    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    weights: Weights = field(default_factory=Weights)
    rules: tuple[Rule, ...] = ()
    ended: tuple[tuple[str, str], ...] = ()
    weeks: int = 1
    memory: dict[str, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for side in ("mentees", "mentors"):
            people = tuple(sorted(getattr(self, side), key=lambda person: person.id))
            if len({person.id for person in people}) < len(people):
                raise ValueError("every person is on one side at most once")
            object.__setattr__(self, side, people)
        object.__setattr__(self, "rules", tuple(sorted(self.rules)))
        object.__setattr__(self, "ended", tuple(sorted(self.ended)))
        if self.weeks < 1:
            raise ValueError("availability covers one week at least")

    def row(self, mentee_id: str) -> int:
        """The mentee's place in the order. Raises KeyError for an unknown mentee."""
        return self._places("mentees")[mentee_id]

    def column(self, mentor_id: str) -> int:
        """The mentor's place in the order. Raises KeyError for an unknown mentor."""
        return self._places("mentors")[mentor_id]

    def cell(self, mentor_id: str, mentee_id: str) -> tuple[int, int] | None:
        """Row and column of two people; None where one of them is not there."""
        row = self._places("mentees").get(mentee_id)
        column = self._places("mentors").get(mentor_id)
        return None if row is None or column is None else (row, column)

    def only(self, mentee_id: str, mentor_id: str) -> "Problem":
        """The problem of these two alone. Raises KeyError for an unknown person."""
        mentee = self.mentees[self.row(mentee_id)]
        mentor = self.mentors[self.column(mentor_id)]
        return replace(self, mentees=(mentee,), mentors=(mentor,))

    def to_json(self) -> dict[str, Any]:
        """The problem as plain JSON values, the same whatever the order given."""
        return {
            "mentees": [person.to_json() for person in self.mentees],
            "mentors": [person.to_json() for person in self.mentors],
            "weights": self.weights.as_dict(),
            "rules": [asdict(rule) for rule in self.rules],
            "ended": [list(pair) for pair in self.ended],
            "weeks": self.weeks,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Problem":
        """The problem that `to_json` wrote."""
        return cls(
            mentees=tuple(map(Person.from_json, plain["mentees"])),
            mentors=tuple(map(Person.from_json, plain["mentors"])),
            weights=Weights.from_dict(plain["weights"]),
            rules=tuple(Rule(**rule) for rule in plain["rules"]),
            ended=tuple((mentor, mentee) for mentor, mentee in plain["ended"]),
            weeks=plain["weeks"],
        )

    def inputs_hash(self) -> str:
        """SHA-256 of the plain values; the order of people does not matter."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def _places(self, side: str) -> dict[str, int]:
        if side not in self.memory:
            people = enumerate(getattr(self, side))
            self.memory[side] = {person.id: place for place, person in people}
        return self.memory[side]
