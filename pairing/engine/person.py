"""One person as the engine sees them: an allow-list of plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

Levels = Mapping[str, int | None]  # skill slug: level 1 to 5, or None where not given

SETS = (
    "languages",
    "goals",
    "interests",
    "working_style",
    "values",
    "good_mentor",
    "managers",
)


@dataclass(frozen=True)
class Person:
    """One person's place on one side, and all the engine may ever know about it.

    This list is an allow-list. `function`, the line of work, serves only exposure to
    other lines of work. `line_key` and `managers` (keys of the direct and indirect
    managers) serve only the limit on reporting lines. `availability` is the bit set of
    `availability_bits`. `recent_load` counts mentees of recent cohorts; `capacity`
    the places still free, `taken` those that are not.
    """

    id: str
    languages: frozenset[str] = frozenset()
    availability: int = 0
    async_only: bool = False
    paused: bool = False
    resting: bool = False
    skills_offered: Levels = field(default_factory=dict)
    skills_wanted: Levels = field(default_factory=dict)
    goals: frozenset[str] = frozenset()
    goal_text: str = ""
    interests: frozenset[str] = frozenset()
    working_style: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    good_mentor: frozenset[str] = frozenset()
    learning_preference: str = ""
    function: str = ""
    capacity: int = 0
    taken: int = 0
    recent_load: int = 0
    first_time: bool = False
    wishes: tuple[str, ...] = ()
    line_key: str = ""
    managers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        levels = {*self.skills_offered.values(), *self.skills_wanted.values()}
        if not levels <= {None, 1, 2, 3, 4, 5}:
            raise ValueError(f"{self.id}: a skill level is 1 to 5 or None")
        if min(self.capacity, self.taken, self.recent_load, self.availability) < 0:
            raise ValueError(
                f"{self.id}: places, recent load and availability are not negative"
            )

    def to_json(self) -> dict[str, Any]:
        """The person as plain JSON values; sets sorted, bit sets hexadecimal."""
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        plain |= {name: sorted(plain[name]) for name in SETS}
        return plain | {
            "availability": f"{self.availability:x}",
            "skills_offered": dict(self.skills_offered),
            "skills_wanted": dict(self.skills_wanted),
            "wishes": list(self.wishes),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Person":
        """The person that `to_json` wrote."""
        sets = {name: frozenset(plain[name]) for name in SETS}
        availability = int(plain["availability"], 16)
        wishes = tuple(plain["wishes"])
        return cls(**{**plain, **sets, "availability": availability, "wishes": wishes})
