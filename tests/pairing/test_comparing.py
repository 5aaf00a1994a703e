"""Two plans in words and figures, by one yardstick."""

from dataclasses import replace

import pytest

from pairing import engine
from pairing.actions.runs import Run
from pairing.comparing import Measured, differences, figures, moved, share
from pairing.what_if import price, price_of_floor
from tests.pairing.engine.people import market, person

USUAL = engine.Policy()
SKILLS = engine.Weights.from_dict({"skills": 1})


def by_skills(problem, policy=USUAL):
    return Measured.on(problem, engine.solve(problem, policy))


def swapped(measured):
    """The same plan with the mentors of the two mentees exchanged."""
    first, second = measured.plan.mentor_of
    mentors = measured.plan.mentor_of
    exchanged = {first: mentors[second], second: mentors[first]}
    plan = replace(measured.plan, mentor_of=exchanged)
    return Measured.on(measured.problem, plan)


def test_a_plan_against_itself_differs_in_nothing():
    plan = by_skills(market([[80, 40], [50, 70]], [1, 1]))
    assert differences(plan, plan) == []
    assert all(one == other for _name, one, other in figures(plan, plan))


def test_what_differs_is_said_in_sentences_of_their_own():
    best = by_skills(market([[80, 40], [50, 70]], [1, 1]))
    assert differences(best, swapped(best)) == [
        "The average fit falls by 40 %.",
        "The lowest fit falls from 70 to 40.",
        "2 people get another mentor.",
    ]


def test_who_moves_comes_with_both_fits_the_largest_loss_first():
    best = by_skills(market([[80, 40], [50, 70]], [1, 1]))
    first, second = moved(best, swapped(best))
    assert (first.mentee, first.from_mentor, first.to_mentor) == ("e0", "o0", "o1")
    assert (first.from_score, first.to_score) == (0.8, 0.4)
    assert (second.from_score, second.to_score) == (0.7, 0.5)


def test_both_plans_are_measured_by_the_same_yardstick():
    problem = market([[80, 40], [50, 70]], [1, 1])
    wishing = tuple(replace(mentee, wishes=("o0",)) for mentee in problem.mentees)
    wished = replace(
        problem, mentees=wishing, weights=engine.Weights.from_dict({"wishes": 1})
    )
    other = Measured.on(replace(wished, weights=SKILLS), engine.solve(wished))
    assert sorted(other.plan.score.values()) in ([0.4, 0.5], [0.7, 0.8])


def test_more_people_with_a_mentor_and_a_wish_are_counted():
    few = market([[80], [70]], [1])
    mentees = tuple(replace(mentee, wishes=("o0",)) for mentee in few.mentees)
    few = replace(few, mentees=mentees)
    more = replace(few, mentors=(replace(few.mentors[0], capacity=2),))
    assert differences(by_skills(few), by_skills(more)) == [
        "1 more person has a mentor.",
        "1 more person gets one of their wishes.",
        "The average fit falls by 6.3 %.",
        "The lowest fit falls from 80 to 70.",
        "1 more mentor has more than one mentee.",
    ]


def test_empty_plans_can_be_compared():
    nobody = by_skills(engine.Problem((), (person("o0"),), weights=SKILLS))
    assert differences(nobody, nobody) == []
    assert ("Lowest fit", "–", "–") in figures(nobody, nobody)


def test_the_price_of_the_floor_is_told_with_what_it_buys():
    problem = market([[90, 50], [60, 10]], [1, 1])
    plan = engine.solve(problem, engine.Policy(floor_share=1))
    words = price_of_floor(Run(problem, plan.policy), plan)
    assert words == "It costs nothing: nobody would be under it anyway."


def test_a_floor_that_lifts_the_lowest_pair_has_a_price():
    problem = market([[90, 50], [40, 10]], [1, 1])
    free = engine.solve(problem, engine.Policy(floor_share=0))
    floored = engine.solve(problem, engine.Policy(floor_share=1))
    assert min(free.score.values()) == pytest.approx(0.1)
    assert price(free, floored) == (
        "Raising the lowest fit from 10 to 40 costs 10 % of the whole."
    )
    run = Run(problem, floored.policy)
    assert price_of_floor(run, floored) == price(free, floored)


def test_without_a_floor_there_is_no_price():
    problem = market([[90, 50], [40, 10]], [1, 1])
    run = Run(problem, engine.Policy(floor_share=0))
    assert price_of_floor(run, run.solve()) == ""


@pytest.mark.parametrize(
    ("per_cent", "words"),
    [(0, "0"), (0.024, "0.02"), (0.14, "0.1"), (1.0, "1"), (6.3, "6.3"), (12.4, "12")],
)
def test_a_percentage_has_as_many_digits_as_it_can_carry(per_cent, words):
    assert share(per_cent) == words
