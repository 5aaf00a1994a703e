"""What other settings would change in a cohort."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from pairing import engine, what_if
from pairing.what_counts import Settings
from pairing.what_if import MOST_PEOPLE, Trial
from tests.pairing.engine.people import market, person

NOTHING = dict.fromkeys(engine.Weights().as_dict(), 0.0)
POLICY = {"place_cost": 0.05, "floor_share": 0.0, "rest_after": 2}


def settings(**knobs):
    """Settings in which nothing counts but these."""
    return Settings.from_dict({**NOTHING, **POLICY, **knobs})


@pytest.fixture
def trial(monkeypatch):
    """Try settings on a problem of one's own, in place of a cohort's people."""

    def on(problem, before, after):
        asked = []

        def problem_of(_cohort, weights, _day, rest_after):
            asked.append(rest_after)
            return replace(problem, weights=weights)

        monkeypatch.setattr(what_if, "problem_of", problem_of)
        tried = Trial(SimpleNamespace(), None, before, after)
        tried.asked = asked
        return tried

    return on


def wishing(problem, *wishes):
    """The problem with one wish of each mentee."""
    mentees = tuple(
        replace(mentee, wishes=(wish,))
        for mentee, wish in zip(problem.mentees, wishes, strict=True)
    )
    return replace(problem, mentees=mentees)


def test_a_stronger_wish_is_told_with_what_it_costs(trial):
    problem = wishing(market([[80, 60], [60, 80]], [1, 1]), "o1", "o0")
    tried = trial(problem, settings(skills=0.28), settings(skills=0.28, wishes=0.28))
    (effect,) = tried.effects
    assert (effect.name, effect.before, effect.after) == ("Wishes", "Off", "Very high")
    assert effect.sentences == [
        "2 more people get one of their wishes.",
        "The average fit falls by 25 %.",
        "The lowest fit falls from 80 to 60.",
        "2 people get another mentor.",
    ]


def test_both_plans_are_measured_by_what_counts_today(trial):
    problem = wishing(market([[80, 60], [60, 80]], [1, 1]), "o1", "o0")
    tried = trial(problem, settings(skills=0.28), settings(wishes=0.28))
    assert ("Average fit", "80", "60") in tried.figures


def test_each_change_is_tried_by_itself_and_all_together(trial):
    problem = wishing(market([[80, 60], [60, 80]], [2, 1]), "o1", "o0")
    after = settings(skills=0.28, wishes=0.28, place_cost=0.0)
    tried = trial(problem, settings(skills=0.28), after)
    wishes, cost = tried.effects
    assert "2 more people get one of their wishes." in wishes.sentences
    assert cost.sentences == ["Nothing would change in this cohort."]
    assert "2 more people get one of their wishes." in tried.together


def test_a_change_that_cannot_stand_alone_says_so(trial):
    problem = market([[80]], [1])
    after = settings(skills=0.0, wishes=0.28, place_cost=0.0)
    tried = trial(problem, settings(skills=0.28), after)
    alone = {effect.name: effect.sentences for effect in tried.effects}
    assert alone["Complementary skills"] == [
        "By itself this would leave nothing that counts."
    ]


def test_a_floor_is_told_with_its_price(trial):
    problem = market([[90, 50], [40, 10]], [1, 1])
    before = settings(skills=0.28)
    (effect,) = trial(problem, before, settings(skills=0.28, floor_share=1)).effects
    assert effect.sentences[-1] == (
        "Raising the lowest fit from 10 to 40 costs 10 % of the whole."
    )


def test_giving_a_floor_up_tells_what_it_had_cost(trial):
    problem = market([[90, 50], [40, 10]], [1, 1])
    floored = settings(skills=0.28, floor_share=1)
    (effect,) = trial(problem, floored, settings(skills=0.28)).effects
    assert effect.sentences[-1] == (
        "Raising the lowest fit from 10 to 40 costs 10 % of the whole."
    )


def test_people_are_fetched_once_for_each_rest(trial):
    after = settings(skills=0.28, goals=0.14, interests=0.14, rest_after=1)
    tried = trial(market([[80]], [1]), settings(skills=0.28), after)
    assert len(tried.effects) == 3
    assert sorted(tried.asked) == [1, 2]


def test_without_a_change_nothing_is_said(trial):
    usual = settings(skills=0.28)
    assert trial(market([[80]], [1]), usual, usual).effects == []


def test_a_large_cohort_is_not_tried_while_somebody_waits(trial):
    mentees = tuple(person(f"e{n}") for n in range(MOST_PEOPLE))
    problem = engine.Problem(mentees, (person("o0"),))
    tried = trial(problem, settings(skills=0.28), settings(skills=0.14))
    assert not tried.can_be_tried


def test_many_changes_in_a_large_cohort_are_tried_together_only(trial, monkeypatch):
    monkeypatch.setattr(what_if, "MOST_TRIES", 9)
    problem = wishing(market([[80, 60], [60, 80]], [1, 1]), "o1", "o0")
    after = settings(skills=0.28, wishes=0.28, place_cost=0.0)
    tried = trial(problem, settings(skills=0.28), after)
    assert [effect.sentences for effect in tried.effects] == [[], []]
    assert "2 more people get one of their wishes." in tried.together


def test_with_one_side_empty_there_is_nobody_to_try_it_on(trial):
    problem = engine.Problem((person("e0"),), ())
    assert trial(problem, settings(skills=1), settings(goals=1)).size == 0
