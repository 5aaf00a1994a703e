"""What is told about a group: a ratio, an interval and an exact test, never alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from pairing.engine import inclusion
from pairing.engine.inclusion import Spread, exact, selection, shown

RUNS = 2000


def tables(group, rate, rest_rate, seed=0):
    """Many 2 x 2 tables of a group and a rest three times as large."""
    dice = np.random.default_rng(seed)
    ours = dice.binomial(group, rate, RUNS)
    theirs = dice.binomial(3 * group, rest_rate, RUNS)
    return [
        exact(int(a), group, int(b), 3 * group)
        for a, b in zip(ours, theirs, strict=True)
        if b
    ]


@pytest.mark.parametrize(
    ("group", "least", "most"),
    [(10, 0.38, 0.58), (20, 0.27, 0.46), (50, 0.09, 0.23), (100, 0.02, 0.10)],
)
def test_four_fifths_alone_cries_wolf_where_nothing_is_wrong(group, least, most):
    found = [not 0.8 <= r.ratio <= 1.25 for r in tables(group, 0.5, 0.5)]
    assert least < np.mean(found) < most


@pytest.mark.parametrize("group", [10, 20, 50, 100])
def test_together_with_the_exact_test_chance_is_blamed_one_time_in_twenty(group):
    found = [reading.is_finding for reading in tables(group, 0.5, 0.5)]
    assert np.mean(found) < 0.06


@pytest.mark.parametrize(
    ("group", "least", "most"), [(20, 0.40, 0.70), (50, 0.78, 0.95), (100, 0.90, 1)]
)
def test_a_true_ratio_of_seven_tenths_is_found_the_more_often_the_larger(
    group, least, most
):
    found = [reading.is_finding for reading in tables(group, 0.56, 0.8)]
    assert least < np.mean(found) <= most


@pytest.mark.parametrize("group", [20, 50])
def test_the_interval_holds_the_true_ratio_nineteen_times_in_twenty(group):
    held = [r.low <= 0.8 <= r.high for r in tables(group, 0.48, 0.6) if r.low]
    assert 0.93 < np.mean(held) < 0.98


def test_selection_says_ratio_interval_and_exact_test():
    reading = selection(20, 40, 90, 120)
    assert reading.ratio == pytest.approx(0.6667, abs=1e-4)
    assert reading.low == pytest.approx(0.4809, abs=1e-4)
    assert reading.high == pytest.approx(0.9242, abs=1e-4)
    assert reading.chance == fisher_exact([[20, 20], [90, 30]]).pvalue
    assert reading.is_finding


@pytest.mark.parametrize(
    "counts",
    [(9, 20, 90, 120), (20, 29, 90, 120), (20, 40, 9, 120), (20, 40, 111, 120)],
)
def test_nine_people_in_any_cell_are_not_told(counts):
    assert selection(*counts) is None


def test_a_group_of_whom_nobody_was_paired_has_no_interval():
    reading = exact(0, 20, 30, 60)
    assert (reading.ratio, reading.low, reading.high) == (0, None, None)
    assert reading.is_finding


def test_a_rest_of_whom_nobody_was_paired_compares_with_nothing():
    assert exact(5, 20, 0, 60) is None


def test_quality_compares_mean_fits():
    reading = inclusion.quality(Spread(40, 0.5, 0.1), Spread(80, 0.7, 0.1))
    assert reading.ratio == pytest.approx(0.714, abs=1e-3)
    assert reading.low < reading.ratio < reading.high < 0.8
    assert reading.is_finding


@pytest.mark.parametrize("people", [(9, 80), (80, 9)])
def test_quality_is_silent_about_nine(people):
    ours, theirs = people
    group, rest = Spread(ours, 0.5, 0.1), Spread(theirs, 0.7, 0.1)
    assert inclusion.quality(group, rest) is None


def test_everybody_alike_is_no_finding():
    alike = Spread(20, 0.6, 0.0)
    reading = inclusion.quality(alike, alike)
    assert (reading.ratio, reading.low, reading.high, reading.chance) == (1, 1, 1, 1)


def test_exposure_is_a_share_of_access_against_a_share_of_the_pool():
    group, rest = Spread(20, 0.1, 0.05), Spread(60, 0.2, 0.05)
    access, pool = inclusion.access_share(group, rest)
    assert access == pytest.approx(2 / 14)
    assert pool == 0.25
    assert inclusion.exposure(group, rest).ratio == pytest.approx(0.5)


def test_where_nobody_is_asked_for_by_many_there_is_no_exposure():
    nobody = Spread(20, 0.0, 0.0)
    assert inclusion.exposure(nobody, nobody) is None
    assert inclusion.access_share(nobody, nobody) == (0.5, 0.5)


def test_the_second_smallest_is_left_out_where_a_subtraction_would_tell():
    assert shown({"a": 30, "b": 12, "c": 3}) == {"a"}
    assert shown({"a": 30, "b": 12, "c": 5, "d": 6}) == {"a", "b"}
    assert shown({"a": 30, "b": 12}) == {"a", "b"}
    assert shown({"yes": 4, "no": 30}) == set()
    assert shown({"a": 30, "b": 12, "nobody": 0}) == {"a", "b"}


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(0, 40), max_size=6))
def test_what_is_left_out_is_nobody_or_ten(counts):
    told = shown(counts)
    left_out = sum(count for name, count in counts.items() if name not in told)
    assert all(counts[name] >= 10 for name in told)
    assert left_out == 0 or left_out >= 10 or not told


def test_counts_are_told_in_fives():
    assert [inclusion.rounded(n) for n in (10, 12, 13, 18, 101)] == [
        10,
        10,
        15,
        20,
        100,
    ]
