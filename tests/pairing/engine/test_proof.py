"""The best few pairs and a pass over all give the plan of all pairs, proved."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.engine import Policy, Rule, bound_of, conflicts, repair, solve
from tests.pairing.engine.people import market, random_problem

POLICIES = [
    Policy(),
    Policy(floor_share=0),
    Policy(place_cost=0.2, floor_share=1),
    Policy(floor=0.4),
]
SEEDS = st.integers(0, 10**6)
FEWS = st.tuples(st.integers(1, 3), st.integers(0, 2))


def with_pins(seed):
    """A problem with a few pins that hold or do not."""
    problem = random_problem(seed, 20, 15)
    pins = [Rule("pin", f"o{seed * n % 17}", f"e{seed * n % 23}") for n in (3, 5)]
    return replace(problem, rules=(*problem.rules, *pins))


@pytest.mark.parametrize("policy", POLICIES)
@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, few=FEWS)
def test_the_plan_is_the_same_from_few_pairs_and_from_all(policy, seed, few):
    problem = with_pins(seed)
    dense = solve(problem, policy, dense=True)
    sparse = solve(problem, policy, dense=False, few=few)
    assert sparse.mentor_of == dense.mentor_of
    assert (sparse.total, sparse.floor) == (dense.total, dense.floor)
    assert (sparse.unpaired, sparse.shortage) == (dense.unpaired, dense.shortage)
    assert sparse.gap == dense.gap == 0
    assert bound_of(problem, sparse) == pytest.approx(dense.total, abs=1e-6)


def test_more_rounds_add_the_pairs_that_few_left_out():
    log = solve(random_problem(8, 40, 25), dense=False, few=(1, 0)).log
    assert log["rounds"] > 1
    assert log["candidates"] > 40


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_without_proof_the_gap_is_no_smaller_than_the_true_one(seed):
    problem = random_problem(seed, 30, 20, free=True)
    policy = Policy(floor_share=0)
    best = solve(problem, policy)
    quick = solve(problem, policy, dense=False, few=(2, 0), prove=False)
    if len(quick.mentor_of) < len(best.mentor_of):
        assert quick.gap == 1
    else:
        assert quick.total * (1 + quick.gap) >= best.total - 1e-6


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_a_damaged_plan_is_below_its_bound(seed):
    problem = random_problem(seed, 12, 8, free=True)
    plan = solve(problem, Policy(floor_share=0))
    assert bound_of(problem, plan) == pytest.approx(plan.total, abs=1e-6)
    dearer = {mentor: price + 0.1 for mentor, price in plan.price.items()}
    if any(mentor.capacity for mentor in problem.mentors):
        wrong = bound_of(problem, replace(plan, price=dearer))
        assert wrong >= plan.total - 1e-6
    if plan.mentor_of:
        mentee = min(plan.mentor_of)
        left = {k: v for k, v in plan.mentor_of.items() if k != mentee}
        damaged = replace(plan, mentor_of=left)
        assert bound_of(problem, damaged) > plan.total + plan.whole / 2


def test_no_pair_is_worth_more_than_price_and_surplus():
    problem = market([[90, 60], [85, 70]], [1, 1])
    plan = solve(problem)
    for i, row in enumerate([[0.9, 0.6], [0.85, 0.7]]):
        for j, score in enumerate(row):
            most = plan.surplus[f"e{i}"] + plan.price[f"o{j}"]
            assert score <= most + 1e-6


def test_an_absolute_floor_leaves_nobody_out():
    plan = solve(market([[90, 20], [80, 10]], [1, 1]), Policy(floor=0.5))
    assert len(plan.mentor_of) == 2
    assert plan.floor == 0.5


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_the_floor_holds_and_costs_the_total_something(seed):
    problem = random_problem(seed, 15, 12, free=True)
    floored = solve(problem, Policy(floor_share=1))
    free = solve(problem, Policy(floor_share=0))
    if floored.score:
        assert min(floored.score.values()) >= floored.floor
        assert min(floored.score.values()) >= min(free.score.values())
    assert floored.total <= free.total + 1e-6
    assert len(floored.mentor_of) == len(free.mentor_of)


@pytest.mark.parametrize("dense", [True, False])
def test_a_cancelled_solve_ends_at_once(dense):
    class Cancelled(Exception):
        pass

    def cancel(stage, done):
        assert 0 <= done <= 1
        if stage == "solve":
            raise Cancelled

    with pytest.raises(Cancelled):
        solve(random_problem(2, 20, 15), dense=dense, watch=cancel)


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_a_repair_without_loyalty_is_a_plan_made_anew(seed):
    problem = random_problem(seed, 12, 9)
    plan = solve(problem)
    changed = replace(problem, mentors=problem.mentors[1:])
    assert repair(changed, plan, loyalty=0) == solve(changed)
    kept = repair(changed, plan, loyalty=0.5)
    anew = solve(changed)
    assert len(kept.mentor_of) == len(anew.mentor_of)
    assert kept.total <= anew.total + 1e-6 or kept.floor != anew.floor
    assert kept.gap == 0
    assert bound_of(changed, kept) == pytest.approx(kept.total, abs=1e-6)


def test_pins_that_hold_are_in_the_plan_and_the_others_are_told():
    problem = with_pins(5)
    plan = solve(problem, dense=False, few=(1, 1))
    refused = {rule for conflict in conflicts(problem) for rule in conflict.rules}
    for rule in problem.rules:
        if rule.kind == "pin" and rule not in refused:
            assert plan.mentor_of[rule.mentee] == rule.mentor
