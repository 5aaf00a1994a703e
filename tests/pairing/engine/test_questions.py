"""Why not somebody else, what if two change places, and what a change brings."""

import pytest

from pairing.engine import (
    Costs,
    Equal,
    HardConflict,
    Policy,
    Problem,
    Rule,
    bounds,
    changes,
    repair,
    solve,
    swap,
    why_not,
)
from pairing.engine import market as engine_market
from tests.pairing.engine.people import market, person

SCORES = [[90, 60], [85, 70]]


def test_a_hard_limit_comes_with_its_facts():
    mentor = person("o", languages=frozenset({"pl"}), availability=0)
    problem = Problem((person("e"),), (mentor,))
    found = why_not(problem, solve(problem), "e", "o")
    assert isinstance(found, HardConflict)
    assert found.limits == ["NO_SHARED_LANGUAGE", "NO_OVERLAP"]
    assert found.facts["hours"] == 0
    assert found.facts["languages"] == {"mentee": ["en"], "mentor": ["pl"]}


def test_a_rule_is_told_with_who_set_it_when_and_why():
    rule = Rule("never", "o1", "e0", reason="asked", by="Ingrid", at="2026-03-02")
    problem = market(SCORES, [1, 1], rules=(rule,))
    assert why_not(problem, solve(problem), "e0", "o1").facts["rules"] == [rule]


def test_a_mentor_full_of_pins_is_in_the_way():
    pin = Rule("pin", "o0", "e0", by="Ana")
    problem = market(SCORES, [1, 1], rules=(pin,))
    found = why_not(problem, solve(problem), "e1", "o0")
    assert (found.limits, found.facts["pins"]) == ([], [pin])


def test_pins_that_cannot_be_held_are_in_nobodys_way():
    gone = Rule("pin", "o0", "somebody who left", by="Ana")
    twice = Rule("pin", "o0", "e0", by="Ana"), Rule("pin", "o0", "e0", by="Ingrid")
    problem = market(SCORES, [2, 1], rules=(gone, *twice))
    assert isinstance(why_not(problem, solve(problem), "e1", "o0"), Equal)


@pytest.mark.parametrize("small", [engine_market.SMALL, 0])
def test_a_higher_total_that_puts_others_under_the_floor_is_not_free(
    small, monkeypatch
):
    problem = market([[99, 50], [50, 10]], [1, 1])
    plan = solve(problem)
    monkeypatch.setattr(engine_market, "SMALL", small)
    found = why_not(problem, plan, "e0", "o0")
    assert isinstance(found, Costs)
    assert (found.alternative.under_floor, found.alternative.cost) == (1, -0.09)


@pytest.mark.parametrize("small", [engine_market.SMALL, 0])
def test_a_possible_pair_has_a_price_and_says_who_moves(small, monkeypatch):
    problem = market(SCORES, [1, 1])
    plan = solve(problem)
    monkeypatch.setattr(engine_market, "SMALL", small)
    found = why_not(problem, plan, "e1", "o0")
    assert isinstance(found, Costs)
    assert found.alternative.cost == pytest.approx(0.15)
    assert [move.mentee for move in found.alternative.moves] == ["e0"]


def test_what_costs_nothing_is_equal():
    problem = market([[50, 50]], [1, 1])
    plan = solve(problem)
    other = {"o0": "o1", "o1": "o0"}[plan.mentor_of["e0"]]
    found = why_not(problem, plan, "e0", other)
    assert isinstance(found, Equal)
    assert found.alternative.cost == 0
    assert why_not(problem, plan, "e0", plan.mentor_of["e0"]) == Equal(None)


def test_an_exchange_moves_two_people_and_nobody_else():
    problem = market(SCORES, [1, 1])
    found = swap(problem, solve(problem), "e0", "e1")
    assert found.possible
    assert found.cost == pytest.approx(0.15)
    assert found.before == {"e0": 0.9, "e1": 0.7}
    assert found.after == pytest.approx({"e0": 0.6, "e1": 0.85})


def test_an_exchange_against_a_limit_is_refused_by_name():
    never = Rule("never", "o1", "e0")
    problem = market(SCORES, [1, 1], rules=(never,))
    found = swap(problem, solve(problem), "e0", "e1")
    assert not found.possible
    assert found.limits == {"e0": ["NEVER_PAIR"]}
    assert found.cost is None


def test_the_stored_bound_never_exceeds_the_cost():
    problem = market(SCORES, [1, 1])
    plan = solve(problem)
    found = bounds(problem, plan, "e1")
    assert found["o1"] == pytest.approx(0, abs=1e-6)
    assert 0 <= found["o0"] <= 0.15 + 1e-9


def test_a_repair_keeps_who_can_be_kept():
    """A new mentor is better by a hair for everybody: only one has to move."""
    before = market([[60, 10], [60, 10]], [2, 0])
    plan = solve(before)
    after = market([[60, 61], [60, 61]], [2, 2])
    assert len(changes(plan, solve(after, Policy(place_cost=0)))) == 2
    kept = repair(after, plan, Policy(place_cost=0))
    assert changes(plan, kept) == []
    assert kept.keep == plan.mentor_of
