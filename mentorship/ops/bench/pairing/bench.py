"""What a run measures: its seed, its sizes, and a clock for the stages of a solve."""

import time
from collections import defaultdict
from dataclasses import asdict, dataclass, replace

from pairing.engine import Plan, Policy, Problem, solve

from .program import Kind

KINDS: tuple[Kind, ...] = ("loose", "scarce")
TOTAL_ALONE = Policy(floor_share=0)  # as the dense assignment, which knows no floor


@dataclass(frozen=True)
class Sizes:
    """Mentees of each measurement; a scale makes a try of seconds."""

    tiny: int = 200
    small: int = 1_000
    middle: int = 5_000
    large: int = 10_000
    huge: int = 50_000
    growth: tuple[int, ...] = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
    stable: int = 500  # for deferred acceptance
    rounds: int = 100  # for Munkres in plain Python

    def scaled(self, scale: float) -> "Sizes":
        """The same, each times `scale`, but never under twenty."""
        sizes = asdict(self)
        growth = sizes.pop("growth")
        few = {name: max(round(size * scale), 20) for name, size in sizes.items()}
        steps = sorted({max(round(size * scale), 20) for size in growth})
        return Sizes(**few, growth=tuple(steps))


class Stages:
    """A clock for the stages of a solve, which tells them through its `watch`."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.now, self.at = "", time.perf_counter()

    def watch(self, stage: str, done: float) -> None:
        """Count the time since the last call for the stage that it named."""
        moment = time.perf_counter()
        self.seconds[self.now] += moment - self.at
        self.now, self.at = stage, moment


@dataclass(frozen=True)
class Timed:
    """A plan, the seconds that it took, and those of each stage."""

    plan: Plan
    seconds: float
    stages: dict[str, float]


def timed_solve(
    problem: Problem,
    policy: Policy = TOTAL_ALONE,
    *,
    dense: bool | None = None,
    prove: bool = True,
) -> Timed:
    """Solve once, from the profiles on, with nothing else counted."""
    problem, stages = replace(problem), Stages()  # nothing of it worked out yet
    plan = solve(problem, policy, watch=stages.watch, dense=dense, prove=prove)
    stages.watch("", 1.0)
    return Timed(plan, sum(stages.seconds.values()), dict(stages.seconds))


def best_of(times: int, action) -> float:
    """The least seconds of several runs: the one that others disturbed least."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        took.append(time.perf_counter() - began)
    return min(took)


def best_of_solves(problem: Problem, policy: Policy = TOTAL_ALONE) -> Timed:
    """The quickest of three solves."""
    runs = [timed_solve(problem, policy) for _ in range(3)]
    return min(runs, key=lambda run: run.seconds)
