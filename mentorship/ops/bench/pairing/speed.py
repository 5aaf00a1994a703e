"""Rows about time, each a ratio to something else timed in the same process."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pairing.engine import Policy, Rule, alternatives, changes, score_block, solve
from pairing.engine.scores import features

from .bench import (
    KINDS,
    TOTAL_ALONE,
    Sizes,
    Timed,
    best_of,
    best_of_solves,
    timed_solve,
)
from .bound import prove
from .dense import dense_optimum
from .program import Kind, program
from .rows import Row, at_least, at_most, holds
from .scores import BLOCK, total_of

TIMES = 3
ASKED = 20

# Why a row about time may be missed.
SCORING_COUNTS = (
    "the dense assignment is given its scores; making tables of people and scoring "
    "every pair of them is most of our time and none of its"
)
PRICES_COUNT = "what every mentor is worth to others is worked out in this step too"


@dataclass(frozen=True)
class Limits:
    """The most that each part may take of the dense assignment's time."""

    first_plan: float
    proven: dict[str, float]
    solving: float | None = None


MIDDLE = Limits(0.5, {"loose": 1.5, "scarce": 1}, solving=0.15)
LARGE = Limits(0.3, {"loose": 1, "scarce": 1})


def small_market(seed: int, sizes: Sizes) -> Iterator[Row]:
    """Where the dense way is chosen anyway: with proof, at a glance."""
    for kind in KINDS:
        problem = program(seed, sizes.small, kind)
        runs = [dense_optimum(problem, TOTAL_ALONE.place_cost) for _ in range(TIMES)]
        dense = min(run.seconds for run in runs)
        ours = best_of_solves(problem)
        yield at_most(
            f"time / dense assignment, n = {sizes.small} {kind}",
            3,
            ours.seconds / dense,
            note=_parts(ours, dense),
            why=SCORING_COUNTS,
        )


def middle_market(seed: int, sizes: Sizes) -> Iterator[Row]:
    """The sparse way at 5,000."""
    for kind in KINDS:
        yield from _against_dense(seed, sizes.middle, kind, MIDDLE)


def large_market(seed: int, sizes: Sizes) -> Iterator[Row]:
    """The sparse way at 10,000."""
    for kind in KINDS:
        yield from _against_dense(seed, sizes.large, kind, LARGE)


def _against_dense(seed: int, size: int, kind: Kind, limits: Limits) -> Iterator[Row]:
    problem, where = program(seed, size, kind), f"n = {size} {kind}"
    first = timed_solve(problem, dense=False, prove=False)
    ours = timed_solve(problem, dense=False)
    best = dense_optimum(problem, TOTAL_ALONE.place_cost)
    yield at_most(
        f"time of the plan before its proof / dense assignment, {where}",
        limits.first_plan,
        first.seconds / best.seconds,
        note=f"{_parts(first, best.seconds)}; "
        f"gap {100 * first.plan.gap:.1e} % at most, as far as is known by then",
        why=SCORING_COUNTS,
    )
    yield at_most(
        f"time of the proven plan / dense assignment, {where}",
        limits.proven[kind],
        ours.seconds / best.seconds,
        note=_parts(ours, best.seconds),
        why=SCORING_COUNTS,
    )
    if limits.solving:
        solving = first.stages["solve"]
        yield at_most(
            f"time of the solve step alone / dense assignment, {where}",
            limits.solving,
            solving / best.seconds,
            note=f"{solving:.3g} s / {best.seconds:.3g} s, prices included",
            why=PRICES_COUNT,
        )
    yield from _as_good(problem, ours.plan, best.mentor_of, where)


def _as_good(problem, plan, best: dict[str, str], where: str) -> Iterator[Row]:
    proof = prove(problem, plan)
    total = total_of(problem, best, TOTAL_ALONE)
    yield holds(
        f"people paired beyond the dense optimum, {where}",
        "0",
        str(len(plan.mentor_of) - len(best)),
        len(plan.mentor_of) == len(best),
    )
    yield at_least(f"total / dense optimum, {where}", 0.999999, proof.total / total)
    yield at_most(
        f"% gap to the optimum, {where}",
        0.001,
        100 * max(plan.gap, proof.gap),
        note=f"reported {100 * plan.gap:.1e}, recomputed {100 * proof.gap:.1e}, "
        f"against the dense optimum {100 * (1 - proof.total / total):.1e}",
    )


def score_speed(seed: int, sizes: Sizes) -> Iterator[Row]:
    """Scoring every pair against the bare matrix product of the same shape."""
    problem = program(seed, sizes.middle)
    tables = features(problem)
    size = tables.mentors.shape[1] + tables.mentor_hours.shape[1]
    chance = np.random.default_rng(seed % 2**64)
    ours = chance.random((len(problem.mentees), size), dtype=np.float32)
    theirs = chance.random((len(problem.mentors), size), dtype=np.float32)
    firsts = range(0, len(ours), BLOCK)
    roof = best_of(TIMES, lambda: ours @ theirs.T)
    took = best_of(
        TIMES,
        lambda: [score_block(problem, slice(at, at + BLOCK)) for at in firsts],
    )
    work = 2 * size * len(ours) * len(theirs) / 1e9
    yield at_least(
        f"scoring / bare matrix product, GFLOP/s, n = {sizes.middle}",
        0.2,
        roof / took,
        note=f"{work / took:.0f} of {work / roof:.0f} GFLOP/s, {size} columns; "
        "goal 0.4",
    )


def changes_at_a_glance(seed: int, sizes: Sizes) -> Iterator[Row]:
    """What a coordinator waits for: one mentee's alternatives, and one more pin."""
    chance = random.Random(seed)
    for kind in KINDS:
        problem, where = program(seed, sizes.small, kind), f"n = {sizes.small} {kind}"
        plan = solve(problem)
        whole = best_of_solves(problem, Policy()).seconds
        asked = chance.choices(sorted(plan.mentor_of), k=ASKED)
        took = sorted(_alternatives(problem, plan, mentee) for mentee in asked)
        yield at_most(
            f"time of one mentee's alternatives / whole solve, {where}",
            1,
            took[-1] / whole,
            note=f"the slowest of {ASKED}; median {took[ASKED // 2] / whole:.2g}",
        )
        seconds = _one_more_pin(problem, plan, asked[0])
        yield at_most(f"seconds to see what one more pin changes, {where}", 1, seconds)


def _alternatives(problem, plan, mentee: str) -> float:
    return best_of(1, lambda: alternatives(problem, plan, mentee))


def _one_more_pin(problem, plan, mentee: str) -> float:
    """From the wish to pin the mentee's next best mentor to who would move."""
    other = alternatives(problem, plan, mentee, 1)[0].mentor
    rules = [rule for rule in problem.rules if rule.mentee != mentee]
    began = time.perf_counter()
    pinned = replace(problem, rules=(*rules, Rule("pin", other, mentee)))
    changes(plan, solve(pinned, plan.policy))
    return time.perf_counter() - began


def _parts(ours: Timed, dense: float) -> str:
    """Both times, and the largest parts of ours."""
    shares = [
        f"{stage} {seconds / ours.seconds:.0%}"
        for stage, seconds in ours.stages.items()
        if seconds >= 0.05 * ours.seconds and stage
    ]
    return f"{ours.seconds:.3g} s / {dense:.3g} s; of ours {', '.join(shares)}"
