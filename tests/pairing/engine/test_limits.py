"""Hard limits name every reason why two people cannot be paired."""

import pytest

from pairing.engine import (
    Problem,
    Rule,
    limit_names,
    limits,
    limits_between,
    manager_chains,
)
from tests.pairing.engine.people import bits, person


def between(mentee, mentor, **changes):
    problem = Problem((mentee,), (mentor,), **changes)
    return limits_between(problem, mentee.id, mentor.id)


def test_two_people_with_nothing_against_them_are_possible():
    assert between(person("e"), person("o")) == []


def test_every_reason_is_named_at_once():
    mentor = person("o", languages=frozenset({"pl"}), availability=0)
    assert between(person("e"), mentor) == ["NO_SHARED_LANGUAGE", "NO_OVERLAP"]


def test_less_than_a_shared_hour_is_no_overlap():
    three, four = bits(range(100, 103)), bits(range(100, 104))
    assert between(person("e", availability=three), person("o")) == ["NO_OVERLAP"]
    assert between(person("e", availability=four), person("o")) == []


@pytest.mark.parametrize("side", ["e", "o"])
def test_one_who_is_async_only_needs_no_shared_hour(side):
    people = {
        name: person(name, availability=0, async_only=name == side) for name in "eo"
    }
    assert between(people["e"], people["o"]) == []


def test_a_reporting_line_holds_both_ways_and_through_others():
    chains = manager_chains({"e": "middle", "middle": "o"})
    mentee = person("e", line_key="e", managers=chains["e"])
    mentor = person("o", line_key="o")
    assert between(mentee, mentor) == ["REPORTING_LINE"]
    assert between(mentor, mentee) == ["REPORTING_LINE"]


def test_a_shared_manager_is_no_reporting_line():
    mentee = person("e", line_key="e", managers=frozenset({"boss"}))
    mentor = person("o", line_key="o", managers=frozenset({"boss"}))
    assert between(mentee, mentor) == []


def test_a_circle_of_managers_ends_where_it_closes():
    chains = manager_chains({"a": "b", "b": "c", "c": "b", "d": "d"})
    assert chains["a"] == {"b", "c"}
    assert chains["b"] == {"c"}
    assert chains["d"] == set()


@pytest.mark.parametrize("pair", [("o", "e"), ("e", "o")])
def test_an_ended_pair_and_a_never_rule_hold_both_ways(pair):
    two = person("e"), person("o")
    assert between(*two, ended=(pair,)) == ["ENDED_BEFORE"]
    assert between(*two, rules=(Rule("never", *pair),)) == ["NEVER_PAIR"]


def test_a_mentor_without_a_place_and_oneself_are_impossible():
    assert between(person("e"), person("o", capacity=0)) == ["NO_PLACE"]
    assert between(person("e"), person("e")) == ["SAME_PERSON"]


def test_the_table_has_a_row_for_each_mentee_and_a_column_for_each_mentor():
    far = person("o2", languages=frozenset({"pl"}))
    found = limits(Problem((person("e"),), (person("o1"), far)))
    assert [limit_names(cell) for cell in found[0]] == [[], ["NO_SHARED_LANGUAGE"]]


def test_an_unknown_person_is_an_error():
    with pytest.raises(KeyError):
        limits_between(Problem((), ()), "e", "o")
