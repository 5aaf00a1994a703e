"""Rows about the plans themselves: nothing broken, nothing better, the same again."""

import random
from collections.abc import Iterator
from dataclasses import replace

from pairing.engine import Plan, Policy, Problem, Rule, alternatives, solve

from .alone import fingerprint, solve_alone
from .bench import KINDS, TOTAL_ALONE, Sizes
from .bound import damaged, prove
from .breaches import breaches
from .dense import dense_optimum
from .program import program
from .rows import Row, at_least, at_most, holds
from .scores import total_of

SEEDS = 10
ASKED = 50  # alternatives that are compared with a plan of their own
SAME = 1e-6


def nothing_broken(seed: int, sizes: Sizes) -> Iterator[Row]:
    """Ten seeds, two markets, both ways of solving."""
    found = []
    for kind in KINDS:
        for one in range(seed, seed + SEEDS):
            problem = program(one, sizes.tiny, kind)
            for dense in (True, False):
                found += breaches(problem, solve(problem, dense=dense))
    yield holds(
        f"broken rules, {SEEDS} seeds, both markets, n = {sizes.tiny}",
        "none",
        "none" if not found else f"{len(found)}: {found[0]}",
        not found,
        note="checked person by person, apart from the engine; dense and sparse",
    )


def as_good_as_dense(seed: int, sizes: Sizes) -> Iterator[Row]:
    """Both ways of solving against the dense optimum of the same problem."""
    ratios, unpaired = [], []
    for size in (sizes.tiny, sizes.small):
        for kind in KINDS:
            problem = program(seed, size, kind)
            best = dense_optimum(problem, TOTAL_ALONE.place_cost).mentor_of
            total = total_of(problem, best, TOTAL_ALONE)
            for dense in (True, False):
                plan = solve(problem, TOTAL_ALONE, dense=dense)
                unpaired.append(len(plan.mentor_of) - len(best))
                ratios.append(total_of(problem, plan.mentor_of, TOTAL_ALONE) / total)
    where = f"n = {sizes.tiny} and {sizes.small}, both markets"
    yield holds(
        f"people paired beyond the dense optimum, {where}",
        "0",
        ", ".join(str(value) for value in sorted(set(unpaired))),
        not any(unpaired),
        note="dense and sparse",
    )
    yield at_least(
        f"total / dense optimum, {where}",
        0.999999,
        min(ratios),
        note="the lowest of both ways of solving",
    )


def floor_price(seed: int, sizes: Sizes) -> Iterator[Row]:
    """What lifting the worst-off costs the total."""
    for kind in KINDS:
        problem = program(seed, sizes.small, kind)
        free, lifted = solve(problem, TOTAL_ALONE), solve(problem, Policy())
        lost = 100 * (1 - lifted.total / free.total)
        lowest = f"{_lowest(problem, free):.3f} → {_lowest(problem, lifted):.3f}"
        demand = f"% of the total lost by the floor at 95 %, n = {sizes.small} {kind}"
        yield at_most(demand, 0.2, lost, note=f"lowest pair beside the pins {lowest}")


def exact_alternatives(seed: int, sizes: Sizes) -> Iterator[Row]:
    """Random alternatives against a plan made anew with the pair pinned."""
    chance = random.Random(seed)
    for kind in KINDS:
        problem = program(seed, sizes.small, kind)
        plan = solve(problem)
        errors = [
            _error(problem, plan, mentee, chance)
            for mentee in chance.choices(sorted(plan.mentor_of), k=ASKED // 2)
        ]
        yield at_most(
            f"largest error of {len(errors)} alternatives, n = {sizes.small} {kind}",
            SAME,
            max(errors),
            note="each against a solve with the pair pinned",
        )


def same_plan(seed: int, sizes: Sizes) -> Iterator[Row]:
    """One problem given twice, shuffled, and with one thread or two."""
    chance = random.Random(seed)
    for dense in (True, False):
        problem = program(seed, sizes.small, "scarce")
        plans = {fingerprint(solve(problem, dense=dense))}
        plans.add(fingerprint(solve(_shuffled(problem, chance), dense=dense)))
        for threads in (1, 2):
            told = solve_alone(
                seed=seed,
                mentees=sizes.small,
                kind="scarce",
                floor_share=Policy().floor_share,
                dense=dense,
                threads=threads,
            )
            plans.add(told["plan"])
        way = "dense" if dense else "sparse"
        yield holds(
            f"plans of one input, shuffled, with 1 and 2 threads, {way}",
            "one plan",
            f"{len(plans)}",
            len(plans) == 1,
        )


def gap_is_true(seed: int, sizes: Sizes) -> Iterator[Row]:
    """The gap that is reported and the one worked out anew, for a good plan and for
    one damaged on purpose."""
    for kind in KINDS:
        problem = program(seed, sizes.small, kind)
        plan = solve(problem)
        before = prove(problem, plan).gap
        after = prove(problem, damaged(problem, plan)).gap
        yield at_most(
            f"reported gap beside the recomputed one, n = {sizes.small} {kind}",
            SAME,
            abs(plan.gap - before),
            note=f"reported {plan.gap:.1e}, recomputed {before:.1e}",
        )
        yield holds(
            f"gap after damaging a plan, n = {sizes.small} {kind}",
            "rises",
            f"{before:.1e} → {after:.1e}",
            after > before + 1e-9,
        )


def _error(problem: Problem, plan: Plan, mentee: str, chance: random.Random) -> float:
    """How far one random alternative of the mentee is from the plan with it pinned."""
    found = alternatives(problem, plan, mentee)
    if not found:
        return 0.0
    one = chance.choice(found)
    others = [r for r in problem.rules if r.kind == "never" or r.mentee != mentee]
    pinned = replace(problem, rules=(*others, Rule("pin", one.mentor, mentee)))
    anew = solve(pinned, replace(plan.policy, floor=plan.floor))
    fewer = len(plan.mentor_of) - len(anew.mentor_of)
    return abs(one.fewer_paired - fewer) + abs(one.cost - (plan.total - anew.total))


def _shuffled(problem: Problem, chance: random.Random) -> Problem:
    return replace(
        problem,
        mentees=tuple(chance.sample(problem.mentees, len(problem.mentees))),
        mentors=tuple(chance.sample(problem.mentors, len(problem.mentors))),
        rules=tuple(chance.sample(problem.rules, len(problem.rules))),
    )


def _lowest(problem: Problem, plan: Plan) -> float:
    pinned = {rule.mentee for rule in problem.rules if rule.kind == "pin"}
    free = (score for one, score in plan.score.items() if one not in pinned)
    return min(free, default=0.0)
