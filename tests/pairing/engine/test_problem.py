"""What may enter the engine, and how a problem is kept."""

import json
from dataclasses import fields, replace

import pytest

from pairing.engine import Person, Policy, Problem, Weights
from pairing.engine.explain import EVIDENCE
from tests.pairing.engine.people import person, random_problem

SUPERFICIAL = [
    "department", "job_title", "title", "tenure", "start_date", "age", "sex",
    "gender", "ethnicity", "nationality", "religion", "site", "name", "email",
]  # fmt: skip


@pytest.mark.parametrize("name", SUPERFICIAL)
def test_superficial_traits_cannot_be_given(name):
    with pytest.raises(TypeError):
        Person(id="e", **{name: "x"})


def test_nothing_enters_but_what_is_listed():
    assert {f.name for f in fields(Person)} == {
        "id", "languages", "availability", "async_only", "paused", "resting",
        "skills_offered", "skills_wanted", "goals", "goal_text", "interests",
        "working_style", "values", "good_mentor", "learning_preference", "function",
        "capacity", "taken", "recent_load", "first_time", "wishes", "line_key",
        "managers",
    }  # fmt: skip


def test_the_default_weights_sum_to_one_with_a_low_learning_preference():
    weights = Weights().as_dict()
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["learning_preference"] == 0.04
    assert weights["goal_text"] == 0


def test_every_weight_has_its_evidence():
    assert Weights().as_dict().keys() == EVIDENCE.keys()


def test_weights_survive_being_stored():
    weights = Weights(skills=0.5, wishes=0)
    assert Weights.from_dict(json.loads(json.dumps(weights.as_dict()))) == weights


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_a_weight_is_finite_and_not_negative(value):
    with pytest.raises(ValueError, match="finite"):
        Weights(skills=value)


def test_something_must_count():
    with pytest.raises(ValueError, match="at least one"):
        Weights.from_dict({})


@pytest.mark.parametrize(
    "changes",
    [
        {"skills_offered": {"sql": 6}},
        {"skills_wanted": {"sql": 0}},
        {"capacity": -1},
        {"availability": -1},
    ],
)
def test_a_person_with_values_out_of_range_is_refused(changes):
    with pytest.raises(ValueError, match=r"^e: "):
        person("e", **changes)


@pytest.mark.parametrize(
    "changes",
    [{"place_cost": -0.1}, {"place_cost": float("nan")}, {"floor_share": 1.1}],
)
def test_a_policy_out_of_range_is_refused(changes):
    with pytest.raises(ValueError, match=r"0 (or more|to 1)"):
        Policy(**changes)


def test_one_id_cannot_stand_twice_on_a_side():
    with pytest.raises(ValueError, match="at most once"):
        Problem((person("e"), person("e")), ())


def test_a_problem_survives_being_stored():
    problem = random_problem(3, 6, 5)
    assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem


def test_the_hash_knows_the_inputs_but_not_their_order():
    problem = random_problem(3, 6, 5)
    turned = replace(problem, mentees=problem.mentees[::-1])
    other = replace(problem, mentees=problem.mentees[1:])
    assert problem.inputs_hash() == turned.inputs_hash()
    assert problem.inputs_hash() != other.inputs_hash()
