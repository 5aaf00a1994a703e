"""How much each factor counts."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Weights:
    """How much each factor counts; only the proportions matter.

    Likeness in values and style has the most support in research (Eby et al. 2013),
    teaching to a preferred way of learning has none (Pashler et al. 2008). Free text
    counts nothing until somebody turns it on.
    """

    skills: float = 0.28
    skills_back: float = 0.04
    goals: float = 0.08
    goal_text: float = 0.0
    interests: float = 0.08
    working_style: float = 0.08
    values: float = 0.08
    good_mentor: float = 0.04
    learning_preference: float = 0.04
    cross_function: float = 0.04
    rotation: float = 0.04
    availability: float = 0.08
    languages: float = 0.04
    wishes: float = 0.08

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
