"""A pin holds, or a conflict names the smallest set that cannot."""

from dataclasses import replace

import pytest

from pairing.engine import Problem, Rule, conflicts, solve
from tests.pairing.engine.people import market, person

SCORES = [[90, 10], [80, 20], [70, 30]]


def pins(*pairs):
    return tuple(Rule("pin", mentor, mentee) for mentor, mentee in pairs)


def test_a_pin_holds_although_the_plan_is_worse():
    problem = market(SCORES, [1, 3], rules=pins(("o1", "e0")))
    plan = solve(problem)
    assert plan.mentor_of == {"e0": "o1", "e1": "o0", "e2": "o1"}
    assert plan.total == pytest.approx(0.1 + 0.8 + 0.3 - 0.05)
    assert conflicts(problem) == []


def test_a_pin_takes_the_cheapest_place():
    problem = market([[50], [50]], [2], rules=pins(("o0", "e0")))
    assert solve(problem).total == pytest.approx(1 - 0.05)


def test_a_pinned_pair_is_beneath_no_floor():
    problem = market([[1, 90], [80, 90]], [1, 1], rules=pins(("o0", "e0")))
    plan = solve(problem)
    assert plan.score["e0"] == pytest.approx(0.01)
    assert plan.floor == pytest.approx(0.95 * 0.9)


def test_a_pin_on_an_impossible_pair_is_refused_with_the_limits():
    mentor = person("o0", languages=frozenset({"pl"}), capacity=0)
    problem = Problem((person("e0"),), (mentor,), rules=pins(("o0", "e0")))
    (conflict,) = conflicts(problem)
    assert (conflict.kind, conflict.rules) == ("limit", problem.rules)
    assert conflict.limits == ("NO_SHARED_LANGUAGE", "NO_PLACE")
    assert solve(problem).mentor_of == {}


def test_a_pin_against_a_never_rule_names_both_rules_and_who_set_them():
    never = Rule("never", "e0", "o0", reason="asked", by="Ingrid")
    pin = Rule("pin", "o0", "e0", by="Ana")
    (conflict,) = conflicts(market([[50]], [1], rules=(pin, never)))
    assert conflict.kind == "limit"
    assert conflict.rules == (never, pin)


def test_a_mentee_pinned_twice_keeps_the_first_mentor():
    problem = market(SCORES, [2, 2], rules=pins(("o0", "e0"), ("o1", "e0")))
    (conflict,) = conflicts(problem)
    assert conflict.kind == "two_mentors"
    assert [rule.mentor for rule in conflict.rules] == ["o0", "o1"]
    assert solve(problem).mentor_of["e0"] == "o0"


def test_more_pins_than_places_name_one_more_than_fits():
    everyone = pins(("o0", "e0"), ("o0", "e1"), ("o0", "e2"))
    found = conflicts(market(SCORES, [1, 3], rules=everyone))
    assert [conflict.kind for conflict in found] == ["over_capacity"] * 2
    assert [rule.mentee for rule in found[1].rules] == ["e0", "e2"]


def test_a_pin_of_somebody_unknown_is_a_conflict():
    problem = market(SCORES, [1, 3], rules=pins(("o9", "e0")))
    assert [conflict.kind for conflict in conflicts(problem)] == ["unknown_person"]
    assert solve(problem).log["refused_pins"] == 1


@pytest.mark.parametrize("left_out", [0, 1])
def test_a_conflict_is_smallest(left_out):
    problem = market(SCORES, [1, 3], rules=pins(("o0", "e0"), ("o0", "e1")))
    (conflict,) = conflicts(problem)
    rest = conflict.rules[:left_out] + conflict.rules[left_out + 1 :]
    assert conflicts(replace(problem, rules=rest)) == []
