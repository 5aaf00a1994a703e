"""The rules of what may be said, for every size up to 200."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mentorship.insights.disclosure import (
    count_range,
    count_ranges,
    size_range,
    told_count,
    told_mean,
)

SIZES = range(5, 201)


def test_the_ranges_of_a_size_are_disjoint_and_leave_nothing_out():
    for size in SIZES:
        counts = [n for low, high in count_ranges(size) for n in range(low, high + 1)]
        assert counts == list(range(size + 1))


def test_the_ends_say_neither_nobody_nor_everybody():
    for size in SIZES:
        assert count_range(0, size) == count_range(1, size) == count_range(2, size)
        assert (
            count_range(size, size) == count_range(size - 2, size) == (size - 2, size)
        )


def test_between_the_ends_ranges_are_threes_from_three():
    for size in SIZES:
        widths = [high - low + 1 for low, high in count_ranges(size)[1:-1]]
        assert set(widths[:-2]) <= {3}
        assert widths[-2:] in ([], [1], [2], [3], [2, 2], [3, 2], [3, 3])


def test_no_count_of_more_than_six_is_told_exactly():
    assert [n for n in SIZES if any(a == b for a, b in count_ranges(n))] == [6]


@pytest.mark.parametrize("size", range(5))
def test_fewer_than_five_tell_nothing(size):
    with pytest.raises(ValueError, match="too few"):
        count_range(0, size)


@pytest.mark.parametrize("count", [-1, 13])
def test_a_count_outside_its_group_is_refused(count):
    with pytest.raises(ValueError, match="between"):
        count_range(count, 12)


def test_a_size_is_told_in_threes_from_five_and_never_as_fewer():
    for size in SIZES:
        low, high = size_range(size)
        assert 5 <= low <= size <= high == low + 2
        assert (low - 5) % 3 == 0


def test_what_is_told_of_a_count_is_true_and_hides_the_size_at_the_top():
    for size in SIZES:
        for count in range(size + 1):
            low, high = told_count(count, size)
            assert low <= count <= high
        assert told_count(size, size)[1] == size_range(size)[1]


@pytest.mark.parametrize("size", range(5, 41))
def test_no_pair_is_pinned_even_by_another_pair_that_knows_itself(size):
    """Every pair but the insider may have done it or not, whatever is told."""
    for low, high in count_ranges(size):
        for insider in (0, 1):
            others = [n - insider for n in range(low, high + 1)]
            possible = [n for n in others if 0 <= n <= size - 1]
            somebody_did_not = min(possible) < size - 1
            somebody_did = max(possible) > 0
            assert somebody_did_not
            assert somebody_did


def test_a_mean_near_an_end_is_told_as_at_most_or_at_least():
    assert told_mean(3.04, 8, (1, 5)) == (3.0, 3.0)
    assert told_mean(1.2, 8, (1, 5)) == (1, 2.0)
    assert told_mean(4.9, 8, (1, 5)) == (4.0, 5)


@pytest.mark.parametrize("size", range(8))
def test_fewer_than_eight_have_no_mean(size):
    assert size == 0 or told_mean(3, size, (1, 5)) is None


@given(
    size=some.integers(8, 200),
    scale=some.tuples(some.integers(0, 5), some.integers(6, 60)),
    share=some.floats(0, 1),
)
def test_a_told_mean_is_true_and_never_an_end_of_the_scale(size, scale, share):
    low, high = scale
    mean = low + (high - low) * share
    told = told_mean(mean, size, scale)
    assert told is not None
    assert told[0] - 0.051 <= mean <= told[1] + 0.051
    assert told != (low, low)
    assert told != (high, high)


@given(
    size=some.integers(8, 60),
    answers=some.data(),
)
def test_nobody_can_have_said_only_one_thing_given_the_mean(size, answers):
    """If all said the same, one could have said the opposite and nothing would show."""
    extreme = answers.draw(some.sampled_from([1, 5]))
    others = [extreme] * (size - 1)
    either = {told_mean(sum([*others, x]) / size, size, (1, 5)) for x in (1, 5)}
    assert len(either) == 1
