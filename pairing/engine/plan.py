"""The proposed plan: who mentors whom, at what price, and who is left over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from .problem import Policy

ENGINE_VERSION = 2  # raised when the same problem and policy give another plan


@dataclass(frozen=True)
class Unpaired:
    """Why a mentee has no mentor.

    `removed` counts the mentors whom each limit rules out (one mentor can fall under
    several). `possible` mentors are left, and all of those are full.
    """

    removed: dict[str, int]
    possible: int


@dataclass(frozen=True)
class Relaxation:
    """What would let `gains` more people be paired.

    Kind `place`: one more place with the mentor `name`. Kind `limit`: the limit `name`
    waived for the mentees of the shortage.
    """

    kind: Literal["place", "limit"]
    name: str
    gains: int


@dataclass(frozen=True)
class Shortage:
    """Mentees who can only meet these mentors, who have too few places for them.

    By Hall's theorem the proof that no plan pairs more. `removed` counts, by limit, the
    pairs of these mentees with everybody else.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    places: int
    removed: dict[str, int]
    relaxation: Relaxation | None


@dataclass(frozen=True)
class Plan:
    """A plan by ids, in plain values.

    `price`, for each mentor: what one more place would add to the program; `whole`
    stands in it for one more person paired. `surplus`, for each mentee: their score
    less the price of their mentor, minus `whole` without one. Prices and surpluses
    prove the plan: no pair scores more than the two together. `gap`: the most by which
    any other plan could be better, as a share of the total. `keep`: earlier pairs that
    earned loyalty. `log`: the facts of the run.
    """

    mentor_of: dict[str, str]
    score: dict[str, float]
    price: dict[str, float]
    surplus: dict[str, float]
    whole: float
    gap: float
    total: float
    floor: float | None
    unpaired: dict[str, Unpaired]
    shortage: tuple[Shortage, ...]
    policy: Policy
    keep: dict[str, str] = field(default_factory=dict)
    log: dict[str, Any] = field(default_factory=dict)
    version: int = ENGINE_VERSION

    def to_json(self) -> dict[str, Any]:
        """The plan as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Plan":
        """The plan that `to_json` wrote, also after a way through JSON text."""
        unpaired = {id: Unpaired(**why) for id, why in plain["unpaired"].items()}
        shortage = tuple(map(_shortage_from_json, plain["shortage"]))
        policy = Policy(**plain["policy"])
        return cls(
            **{**plain, "unpaired": unpaired, "shortage": shortage, "policy": policy}
        )


def _shortage_from_json(plain: Mapping[str, Any]) -> Shortage:
    relaxation = plain["relaxation"] and Relaxation(**plain["relaxation"])
    people = {name: tuple(plain[name]) for name in ("mentees", "mentors")}
    return Shortage(**{**plain, **people, "relaxation": relaxation})
