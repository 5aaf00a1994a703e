"""A score is made of named factors, each with its facts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.engine import Problem, Weights, explain, reasons, score_block
from tests.pairing.engine.people import bits, person, random_problem


def factor(name, mentee, mentor, **changes):
    problem = Problem((mentee,), (mentor,), **changes)
    return {f.name: f for f in explain(problem, mentee.id, mentor.id)}[name]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_points_of_every_pair_sum_to_its_score(seed):
    problem = random_problem(seed, 5, 5)
    score = score_block(problem)
    assert score.dtype == "float32"
    for i, mentee in enumerate(problem.mentees):
        for j, mentor in enumerate(problem.mentors):
            factors = explain(problem, mentee.id, mentor.id)
            points = sum(factor.points for factor in factors)
            if np.isfinite(score[i, j]):
                assert points == pytest.approx(score[i, j], abs=1e-5)
            assert all(0 <= factor.value <= 1.000001 for factor in factors)


def test_wanted_skills_tell_the_levels_and_what_is_missing():
    mentee = person("e", skills_wanted={"negotiation": 2, "sql": 4, "law": None})
    mentor = person("o", skills_offered={"negotiation": 4, "sql": 3})
    found = factor("skills", mentee, mentor)
    assert found.value == pytest.approx((1 + 0.5) / 3)
    assert found.evidence == {
        "matches": [
            {"skill": "negotiation", "wanted": 2, "offered": 4},
            {"skill": "sql", "wanted": 4, "offered": 3},
        ],
        "missing": ["law"],
    }


def test_what_a_mentor_wants_to_learn_counts_too():
    mentee = person("e", skills_offered={"python": 5})
    mentor = person("o", skills_wanted={"python": 3})
    assert factor("skills_back", mentee, mentor).value == pytest.approx(1)


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "value", "evidence"),
    [
        ("interests", {"law", "risk"}, {"risk", "ai"}, 0.5, {"shared": ["risk"]}),
        ("interests", {"law"}, set(), 0, {}),
        ("working_style", {"direct"}, {"direct"}, 1, {"shared": ["direct"]}),
        ("goals", {"sql", "law"}, {"law"}, 0.5, {"shared": ["law"]}),
        ("goals", set(), {"law"}, 0, {}),
        ("languages", {"en", "de"}, {"de"}, 0.5, {"shared": ["de"]}),
    ],
)
def test_tags_count_by_what_is_shared(name, ours, theirs, value, evidence):
    mentee = person("e", **{name: frozenset(ours)})
    mentor = person("o", **{name: frozenset(theirs)})
    found = factor(name, mentee, mentor)
    assert found.value == pytest.approx(value)
    assert found.evidence == evidence


def test_a_goal_is_met_by_an_offered_skill():
    mentee = person("e", goals=frozenset({"negotiation"}))
    mentor = person("o", skills_offered={"negotiation": 4})
    assert factor("goals", mentee, mentor).value == pytest.approx(1)


@pytest.mark.parametrize(
    ("ours", "theirs", "alike", "across"),
    [("a", "a", 1, 0), ("a", "b", 0, 1), ("", "a", 0, 0), ("", "", 0, 0)],
)
def test_learning_asks_for_likeness_and_function_for_difference(
    ours, theirs, alike, across
):
    mentee = person("e", learning_preference=ours, function=ours)
    mentor = person("o", learning_preference=theirs, function=theirs)
    assert factor("learning_preference", mentee, mentor).value == pytest.approx(alike)
    assert factor("cross_function", mentee, mentor).value == pytest.approx(across)


def test_mentors_who_carried_many_come_later():
    rested = factor("rotation", person("e"), person("o"))
    tired = factor("rotation", person("e"), person("o", recent_load=3))
    new = factor("rotation", person("e"), person("o", first_time=True))
    values = [found.value for found in (new, rested, tired)]
    assert values == pytest.approx([1, 0.8, 0.2])
    assert tired.evidence == {"recent_load": 3, "first_time": False}


def test_four_shared_hours_are_enough():
    mentee = person("e", availability=bits(range(8)))
    some = factor("availability", mentee, person("o", availability=bits(range(8))))
    assert some.value == pytest.approx(0.5)
    assert some.evidence == {"hours": 2.0, "async_only": False}
    long = bits(range(40))
    many = factor(
        "availability", person("e", availability=long), person("o", availability=long)
    )
    assert many.value == pytest.approx(1)


def test_an_earlier_wish_counts_more():
    wishes = ("o1", "o2")
    mentors = tuple(person(f"o{n}") for n in range(4))
    mentee = person("e", wishes=wishes)
    values = [factor("wishes", mentee, mentor) for mentor in mentors]
    assert [f.value for f in values] == pytest.approx([0, 1, 0.8, 0])
    assert [f.evidence["rank"] for f in values] == [None, 1, 2, None]


def test_only_the_proportions_of_weights_matter():
    mentee = person("e", interests=frozenset({"law"}))
    mentor = person("o", interests=frozenset({"law"}))
    found = factor(
        "interests", mentee, mentor, weights=Weights.from_dict({"interests": 7})
    )
    assert (found.weight, found.points) == (1, 1)


def test_three_reasons_and_one_weakness_are_named():
    mentee = person(
        "e",
        skills_wanted={"sql": 3},
        working_style=frozenset({"direct"}),
        interests=frozenset({"law"}),
        wishes=("o",),
        async_only=True,
    )
    mentor = person(
        "o",
        skills_offered={"sql": 5},
        working_style=frozenset({"direct"}),
        interests=frozenset({"risk"}),
    )
    problem = Problem((mentee,), (mentor,))
    strongest, weakness = reasons(explain(problem, "e", "o"))
    assert strongest == ["skills", "working_style", "wishes"]
    assert weakness == "interests"


def test_what_nobody_said_is_neither_reason_nor_weakness():
    problem = Problem((person("e", async_only=True),), (person("o"),))
    known = {f.name for f in explain(problem, "e", "o") if f.evidence}
    strongest, weakness = reasons(explain(problem, "e", "o"))
    assert known == {"availability", "languages", "rotation"}
    assert set(strongest) == known
    assert weakness is None
