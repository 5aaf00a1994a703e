"""A problem as arrays, in the order of ids, ready to be assigned."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from .conflicts import Cell, Conflict, settle_pins
from .features import features
from .problem import Policy, Problem

TIE = 1e-9  # far below the millionths in which scores are compared
UNDER_FLOOR = 10.0  # points: a lowest pair is lifted whatever others lose by it


@dataclass(frozen=True)
class Market:
    """All that choosing a plan needs; rows are mentees, columns are mentors.

    `score` is rounded to millionths, minus infinity where limited; `worth` adds what
    breaks ties and what loyalty earns. `whole` outweighs every difference in scores:
    one more person paired.
    """

    problem: Problem
    policy: Policy
    score: np.ndarray
    worth: np.ndarray
    capacity: np.ndarray
    whole: float
    pins: frozenset[Cell]
    conflicts: list[Conflict]
    keep: Mapping[str, str]

    @classmethod
    def of(
        cls, problem: Problem, policy: Policy, keep: Mapping[str, str] | None = None
    ) -> "Market":
        """The arrays of a problem. O(n m d) time, O(n m) memory."""
        mentees, mentors = problem.mentees, problem.mentors
        score = features(problem).exact(slice(None))
        worth = score + TIE * _tie_breaks(problem, policy.seed)
        for mentee, mentor in (keep or {}).items():
            if cell := problem.cell(mentor, mentee):
                worth[cell] += policy.loyalty
        held, refused = settle_pins(problem)
        capacity = np.array([mentor.capacity for mentor in mentors], dtype=np.intp)
        capacity = np.minimum(capacity, len(mentees))
        dearest = policy.place_cost * capacity.max(initial=0)
        return cls(
            problem=problem,
            policy=policy,
            score=score,
            worth=worth,
            capacity=capacity,
            whole=2 + len(mentees) * (2 + UNDER_FLOOR + dearest + policy.loyalty),
            pins=frozenset(held),
            conflicts=refused,
            keep=dict(keep or {}),
        )

    def allowed(self, pins: Iterable[Cell]) -> np.ndarray:
        """Pairs free to be chosen beside the pins: True where possible."""
        allowed = np.isfinite(self.score)
        allowed[[row for row, _ in pins]] = False
        return allowed

    def places(self, pins: Iterable[Cell]) -> tuple[np.ndarray, np.ndarray]:
        """Column and cost of every place that the pins leave; the dearer ones last."""
        taken = np.bincount(
            [column for _, column in pins], minlength=len(self.capacity)
        ).astype(np.intp)
        owner = np.repeat(np.arange(len(self.capacity)), self.capacity - taken)
        first = np.searchsorted(owner, owner)
        nth = taken[owner] + np.arange(len(owner)) - first
        return owner, self.policy.place_cost * nth

    def total(self, chosen: np.ndarray) -> float:
        """Scores of the chosen pairs less what further mentees of a mentor cost."""
        rows = np.flatnonzero(chosen >= 0)
        load = np.bincount(chosen[rows], minlength=len(self.capacity))
        further = (load * (load - 1) / 2).sum() * self.policy.place_cost
        return float(self.score[rows, chosen[rows]].sum() - further)


def _tie_breaks(problem: Problem, seed: int) -> np.ndarray:
    """Numbers from 0 to 1 that depend on the seed and the two ids alone."""
    rows = [_digest(f"{seed} mentee {person.id}") for person in problem.mentees]
    columns = [_digest(f"{seed} mentor {person.id}") for person in problem.mentors]
    mixed = np.array(rows, dtype=np.uint64)[:, None] ^ np.array(columns, np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)  # the finalizer of splitmix64
    return (mixed >> np.uint64(11)) / 2.0**53


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
