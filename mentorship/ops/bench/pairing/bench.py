"""What a run measures: its seed, its sizes, and a clock for the stages of a solve."""

import time
from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace

from pairing.engine import Plan, Policy, Problem, solve

KINDS = ("loose", "scarce")
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


@dataclass
class Stages:
    """Seconds in each stage of a solve, told through its `watch`.

    `first_plan` is when proving first began: from then on there was a plan.
    """

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    began: float = field(default_factory=time.perf_counter)
    first_plan: float | None = None

    def __post_init__(self) -> None:
        self.now, self.at = "", self.began

    def watch(self, stage: str, share: float) -> None:
        moment = time.perf_counter()
        self.seconds[self.now] += moment - self.at
        self.now, self.at = stage, moment
        if stage == "proof" and self.first_plan is None:
            self.first_plan = moment - self.began


@dataclass(frozen=True)
class Timed:
    """A plan and the seconds that it took, in all and by stage."""

    plan: Plan
    seconds: float
    stages: Stages


def timed_solve(
    problem: Problem, policy: Policy = TOTAL_ALONE, dense: bool | None = None
) -> Timed:
    """Solve once, with nothing else counted."""
    stages = Stages()
    plan = solve(problem, policy, dense=dense, watch=stages.watch)
    stages.watch("", 1.0)
    return Timed(plan, stages.at - stages.began, stages)


def best_of(times: int, action) -> float:
    """The least seconds of several runs: the one that others disturbed least."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        took.append(time.perf_counter() - began)
    return min(took)


def fresh(problem: Problem) -> Problem:
    """The same problem with nothing of it worked out yet."""
    return replace(problem)


def best_of_solves(problem: Problem, times: int = 3) -> tuple[Plan, float]:
    """The plan for the total alone, and the least seconds of several solves."""
    runs = [timed_solve(fresh(problem)) for _ in range(times)]
    return runs[0].plan, min(run.seconds for run in runs)
