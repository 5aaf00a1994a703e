"""A problem and a policy as numbers: places, pins, and what a pair is worth."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from .conflicts import Conflict, settle_pins
from .features import Features
from .problem import Policy, Problem
from .scores import features

SMALL = 4_000_000  # mentees times places up to which all pairs are held
NOBODY = -1  # the column of a mentee without a mentor
TIE = 1e-8  # far below the millionths in which scores are compared
UNDER_FLOOR = 10.0  # points: a lowest pair is lifted whatever others lose by it


@dataclass(frozen=True)
class Market:
    """What choosing a plan needs beside the scores; rows are mentees, columns mentors.

    `pinned` is the column of every pinned row, else NOBODY. `capacity` counts places,
    `taken` those of them that pins fill; `busy` are mentees whom a mentor has already,
    beside those places, so that the next one costs more. `kept` is the column that
    earns loyalty. `whole` outweighs every difference in scores: one more person paired.
    """

    problem: Problem
    policy: Policy
    tables: Features
    pinned: np.ndarray
    conflicts: list[Conflict]
    capacity: np.ndarray
    taken: np.ndarray
    busy: np.ndarray
    kept: np.ndarray
    whole: float
    marks: tuple[np.ndarray, np.ndarray]

    @classmethod
    def of(
        cls, problem: Problem, policy: Policy, keep: Mapping[str, str] | None = None
    ) -> "Market":
        """The market of a problem; `keep` is {mentee: mentor}."""
        mentees, mentors = problem.mentees, problem.mentors
        held, refused = settle_pins(problem)
        capacity = np.array([mentor.capacity for mentor in mentors], dtype=np.intp)
        capacity = np.minimum(capacity, len(mentees))
        busy = np.array([mentor.taken for mentor in mentors], dtype=np.intp)
        dearest = policy.place_cost * (capacity + busy).max(initial=0)
        pinned = _columns(len(mentees), held)
        wanted = (
            problem.cell(mentor, mentee) for mentee, mentor in (keep or {}).items()
        )
        return cls(
            problem=problem,
            policy=policy,
            tables=features(problem),
            pinned=pinned,
            conflicts=refused,
            capacity=capacity,
            taken=loads(pinned, len(mentors)),
            busy=busy,
            kept=_columns(len(mentees), filter(None, wanted)),
            whole=2 + len(mentees) * (2 + UNDER_FLOOR + dearest + policy.loyalty),
            marks=(
                _marks(f"{policy.seed} mentee", [person.id for person in mentees]),
                _marks(f"{policy.seed} mentor", [person.id for person in mentors]),
            ),
        )

    def without_pin(self, row: int) -> "Market":
        """The same market, this row free; pins that were refused stay so."""
        pinned = self.pinned.copy()
        pinned[row] = NOBODY
        return replace(self, pinned=pinned, taken=loads(pinned, len(self.capacity)))

    @property
    def is_small(self) -> bool:
        """Whether all pairs can be held at once."""
        return len(self.pinned) * int(self.capacity.sum()) <= SMALL

    @property
    def slack(self) -> float:
        """What is rounding and not gain where whole people are counted in points."""
        return 4e-15 * self.whole

    @property
    def free(self) -> np.ndarray:
        """The rows without a pin."""
        return np.flatnonzero(self.pinned == NOBODY)

    def worth(
        self, rows: np.ndarray, columns: np.ndarray, score: np.ndarray
    ) -> np.ndarray:
        """Scores with loyalty, and what breaks ties by the seed and the two ids alone.

        The finalizer of splitmix64 mixes the two people's marks into a number from 0
        to 1, of which TIE counts.
        """
        mixed = self.marks[0][rows] ^ self.marks[1][columns]
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed ^= mixed >> np.uint64(shift)
            mixed *= np.uint64(factor)
        worth = score + TIE * ((mixed >> np.uint64(11)) / 2.0**53)
        if self.policy.loyalty:
            worth += self.policy.loyalty * (self.kept[rows] == columns)
        return worth

    def places(self) -> tuple[np.ndarray, np.ndarray]:
        """Column and cost of every place that pins leave; the dearer ones last."""
        left = self.capacity - self.taken
        owner = np.repeat(np.arange(len(left)), left)
        nth = np.arange(len(owner)) - (np.cumsum(left) - left)[owner]
        return owner, self.next_cost(self.taken)[owner] + self.policy.place_cost * nth

    def next_cost(self, load: np.ndarray) -> np.ndarray:
        """What one more place of each mentor costs who has so many mentees."""
        return self.policy.place_cost * (self.busy + load)

    def total(self, chosen: np.ndarray, score: np.ndarray) -> float:
        """Scores of the chosen pairs less what further mentees of a mentor cost."""
        load = loads(chosen, len(self.capacity))
        further = (load * (load - 1) / 2 + load * self.busy).sum()
        return float(score.sum() - further * self.policy.place_cost)


def loads(chosen: np.ndarray, mentors: int) -> np.ndarray:
    """How many mentees each mentor has."""
    return np.bincount(chosen[chosen != NOBODY], minlength=mentors).astype(np.intp)


def _columns(height: int, cells) -> np.ndarray:
    columns = np.full(height, NOBODY, dtype=np.intp)
    for row, column in cells:
        columns[row] = column
    return columns


def _marks(side: str, ids: list[str]) -> np.ndarray:
    digests = [hashlib.blake2b(f"{side} {id}".encode(), digest_size=8) for id in ids]
    return np.array([int.from_bytes(d.digest()) for d in digests], dtype=np.uint64)
