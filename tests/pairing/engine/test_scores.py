"""One product gives every score: by blocks, by pairs, and cut into factors."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.engine import (
    FORBIDDEN,
    Problem,
    Weights,
    candidates,
    explain_pairs,
    limit_names,
    limits,
    limits_between,
    score_block,
)
from pairing.engine.scores import features
from tests.pairing.engine.people import bits, person, random_problem

SEEDS = st.integers(0, 10**6)
WITH_TEXT = replace(Weights(), goal_text=0.2)


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_blocks_pairs_and_factors_tell_the_same_score(seed):
    problem = replace(random_problem(seed, 9, 8), weights=WITH_TEXT)
    tables, exact = features(problem), features(problem).exact(slice(None))
    block = score_block(problem, slice(2, 7))
    assert block.dtype == np.float32
    assert np.allclose(block, exact[2:7], atol=1e-5)
    rows, columns = np.nonzero(np.isfinite(exact))
    assert (tables.pair_scores(rows, columns) == exact[rows, columns]).all()
    pairs = [
        (problem.mentees[row].id, problem.mentors[column].id)
        for row, column in zip(rows, columns, strict=True)
    ]
    for found, score in zip(
        explain_pairs(problem, pairs), exact[rows, columns], strict=True
    ):
        assert sum(factor.points for factor in found) == pytest.approx(score, abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_a_pair_is_forbidden_where_a_limit_names_it(seed):
    problem = random_problem(seed, 8, 7)
    score, flags = score_block(problem), limits(problem)
    rows, columns = np.indices(score.shape).reshape(2, -1)
    possible = features(problem).possible(rows, columns).reshape(score.shape)
    assert ((score == FORBIDDEN) == (flags != 0)).all()
    assert (possible == (flags == 0)).all()
    for (row, column), found in np.ndenumerate(flags):
        two = problem.mentees[row].id, problem.mentors[column].id
        assert limit_names(found) == limits_between(problem, *two)


def test_scores_of_some_mentors_are_those_of_all():
    problem = replace(random_problem(5, 9, 8), weights=WITH_TEXT)
    some = np.array([6, 1, 3])
    part = features(problem).among(some).exact(slice(None))
    assert (part == features(problem).exact(slice(None))[:, some]).all()
    assert (limits(problem, slice(2, 5), some) == limits(problem)[2:5, some]).all()


def test_equal_quarter_hours_are_one_column_and_unused_ones_none():
    mentees = (person("e1"), person("e2", availability=bits(range(300, 340))))
    tables = features(Problem(mentees, (person("o", availability=bits(range(600))),)))
    quarters = tables.mentee_hours.shape[1] - 3  # three columns for async people
    assert quarters == 2


def test_weekly_hours_are_a_mean_over_the_weeks():
    two_weeks = bits(range(100, 106)) | bits(range(772, 774))
    one_hour = person("e", availability=two_weeks), person("o", availability=two_weeks)
    assert limits_between(Problem(*([p] for p in one_hour), weeks=2), "e", "o") == []
    assert limits_between(Problem(*([p] for p in one_hour), weeks=3), "e", "o") == [
        "NO_OVERLAP"
    ]


@pytest.mark.parametrize(("k", "k_mentor"), [(1, 0), (3, 2), (40, 40)])
@pytest.mark.parametrize("size", [(30, 25), (300, 90)])
def test_candidates_are_the_best_of_each_side(size, k, k_mentor):
    problem = random_problem(11, *size)
    exact = features(problem).exact(slice(None))
    found = candidates(problem, k, k_mentor)
    chosen = set(zip(found.mentee.tolist(), found.mentor.tolist(), strict=True))
    assert found.possible == np.isfinite(exact).sum()
    for table, most, turn in ((exact, k, 1), (exact.T, k_mentor, -1)):
        for row, scores in enumerate(table):
            best = np.sort(scores[np.isfinite(scores)])[::-1][:most]
            mine = [scores[c] for c in range(len(scores)) if (row, c)[::turn] in chosen]
            assert sorted(mine, reverse=True)[: len(best)] == pytest.approx(best)
    for row, scores in enumerate(exact):
        left_out = [s for c, s in enumerate(scores) if (row, c) not in chosen]
        assert max(left_out, default=-np.inf) <= found.missed[row] + 1e-5


def test_a_mentor_or_mentee_who_pauses_and_a_mentor_who_rests_meet_nobody():
    mentees = person("e1"), person("e2", paused=True)
    mentors = person("o1"), person("o2", paused=True), person("o3", resting=True)
    found = limits(Problem(mentees, mentors))
    assert [[limit_names(flags) for flags in row] for row in found] == [
        [[], ["PAUSED"], ["RESTING"]],
        [["PAUSED"], ["PAUSED"], ["PAUSED", "RESTING"]],
    ]


def test_the_order_of_everything_given_is_forgotten():
    problem = random_problem(9, 12, 10)
    chance = random.Random(4)
    shuffled = replace(
        problem,
        mentees=tuple(chance.sample(problem.mentees, 12)),
        mentors=tuple(chance.sample(problem.mentors, 10)),
    )
    assert shuffled == problem
    assert (score_block(shuffled) == score_block(problem)).all()
