"""What another mentor for somebody would cost everybody, exactly."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pairing.engine import (
    UNDER_FLOOR,
    Policy,
    Rule,
    alternatives,
    bounds,
    conflicts,
    limits,
    solve,
)
from pairing.engine import market as market_module
from tests.pairing.engine.people import market, random_problem, spring_cohort


def by_pinning(problem, plan, mentee_id):
    """{mentor: (fewer paired, cost)} of every other one, each by a plan of its own."""
    possible = limits(problem) == 0
    row = [mentee.id for mentee in problem.mentees].index(mentee_id)
    kept = tuple(
        rule
        for rule in problem.rules
        if rule.kind == "never" or rule.mentee != mentee_id
    )
    costs = {}
    for column, mentor in enumerate(problem.mentors):
        if possible[row, column] and plan.mentor_of.get(mentee_id) != mentor.id:
            pin = Rule("pin", mentor.id, mentee_id)
            pinned = replace(problem, rules=(*kept, pin))
            if conflicts(pinned):
                continue
            other = solve(pinned, replace(plan.policy, floor=plan.floor))
            fewer = len(plan.mentor_of) - len(other.mentor_of)
            costs[mentor.id] = fewer, pytest.approx(plan.total - other.total, abs=1e-5)
    return costs


def check(problem, policy):
    """The costs told are exact; without a floor the mentors are the cheapest three."""
    plan = solve(problem, policy)
    for mentee in problem.mentees:
        exact = by_pinning(problem, plan, mentee.id)
        found = alternatives(problem, plan, mentee.id, k=3)
        told = [(one.fewer_paired, one.cost) for one in found]
        assert told == [exact[one.mentor] for one in found]
        assert len(found) == min(3, len(exact))
        if not policy.floor_share:
            cheapest = sorted((fewer, cost.expected) for fewer, cost in exact.values())
            assert [fewer for fewer, _ in told] == [fewer for fewer, _ in cheapest[:3]]
            expected = [cost for _, cost in cheapest[:3]]
            assert [cost for _, cost in told] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("policy", [Policy(), Policy(floor_share=0)])
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), mentees=st.integers(1, 6), mentors=st.integers(1, 5))
def test_costs_are_those_of_a_plan_with_the_pair_pinned(policy, seed, mentees, mentors):
    check(random_problem(seed, mentees, mentors), policy)


def test_costs_are_exact_when_the_mentee_is_pinned():
    problem = market(
        [[90, 40, 10], [80, 70, 5], [75, 20, 60]],
        [1, 1, 1],
        rules=(Rule("pin", "o2", "e0"),),
    )
    check(problem, Policy())
    assert alternatives(problem, solve(problem), "e0")[0].cost < 0


def test_who_would_move_is_named_with_both_scores():
    problem = market([[90, 60], [85, 70]], [1, 1])
    plan = solve(problem)
    (only,) = alternatives(problem, plan, "e1")
    (move,) = only.moves
    assert plan.mentor_of == {"e0": "o0", "e1": "o1"}
    assert (only.mentor, only.cost) == ("o0", pytest.approx(0.15))
    assert (move.mentee, move.from_mentor, move.to_mentor) == ("e0", "o0", "o1")
    assert (move.from_score, move.to_score) == (0.9, 0.6)


def test_an_alternative_that_leaves_somebody_out_says_so():
    problem = market([[90, 60], [85, 70]], [1, 1], rules=(Rule("never", "o1", "e0"),))
    (only,) = alternatives(problem, solve(problem), "e1")
    assert only.fewer_paired == 1
    assert only.moves[0].to_mentor is None


def test_a_mentor_full_of_pins_is_no_alternative():
    problem = market([[90, 60], [85, 70]], [1, 1], rules=(Rule("pin", "o0", "e0"),))
    assert alternatives(problem, solve(problem), "e1") == []


def test_two_alternatives_in_the_spring_cohort_are_the_cheapest_two():
    problem = spring_cohort()
    plan = solve(problem)
    mentee = problem.mentees[0].id
    exact = by_pinning(problem, plan, mentee)
    found = alternatives(problem, plan, mentee, k=2)
    cheapest = sorted(exact, key=lambda id: (round(exact[id][1].expected, 6), id))[:2]
    assert [one.mentor for one in found] == cheapest
    assert [(one.fewer_paired, one.cost) for one in found] == [
        exact[mentor] for mentor in cheapest
    ]


@settings(max_examples=25, deadline=None)
@example(seed=344, mentees=5, mentors=4)  # the way leads through two under the floor
@given(seed=st.integers(0, 10**6), mentees=st.integers(1, 9), mentors=st.integers(1, 7))
def test_large_problems_tell_the_same_alternatives(seed, mentees, mentors):
    problem = random_problem(seed, mentees, mentors)
    plan = solve(problem)
    mentee = problem.mentees[0].id
    all_of_them = alternatives(problem, plan, mentee)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(market_module, "SMALL", 0)
        found = alternatives(problem, plan, mentee, k=3)
    assert all(one in all_of_them for one in found)
    first = [one for one in all_of_them if not one.fewer_paired][:1]
    assert [one for one in found if not one.fewer_paired][:1] == first


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), mentees=st.integers(1, 9), mentors=st.integers(1, 7))
def test_the_bound_never_exceeds_the_exact_cost(seed, mentees, mentors):
    problem = random_problem(seed, mentees, mentors)
    plan = solve(problem, Policy(floor_share=1))
    for mentee in problem.mentees:
        least = bounds(problem, plan, mentee.id)
        for one in alternatives(problem, plan, mentee.id):
            exact = one.cost + plan.whole * one.fewer_paired
            exact += UNDER_FLOOR * one.under_floor
            assert least[one.mentor] <= exact + 1e-6


def test_a_plan_of_another_problem_is_an_error():
    problem = market([[90, 60, 20], [60, 90, 20], [20, 20, 20]], [1, 1, 1])
    exchanged = {"e0": "o1", "e1": "o0", "e2": "o2"}
    with pytest.raises(ValueError, match="not the best one"):
        alternatives(problem, replace(solve(problem), mentor_of=exchanged), "e2")


def test_somebody_who_would_fall_under_the_floor_is_counted():
    problem = market([[90, 60], [85, 70]], [1, 1])
    plan = solve(problem, Policy(floor_share=1))
    (only,) = alternatives(problem, plan, "e1")
    assert (plan.floor, only.fewer_paired, only.under_floor) == (0.7, 0, 1)
