"""What may be said about a group so that nobody in it can be counted out.

Pure functions of sizes and counts: no database, no clock, no chance. Why ranges and
not noise: docs/decisions/ranges.md.
"""

import math

FEWEST = 5  # pairs behind any figure
FEWEST_FOR_MEANS = 8  # people who answered, behind a mean or a shift
STEP = 3

Range = tuple[float, float]


def size_range(size: int, fewest: int = FEWEST) -> Range:
    """The size of a group that is shown, as one of 5 to 7, 8 to 10, 11 to 13 and on;
    from another `fewest` on, in threes too."""
    low = fewest + (size - fewest) // STEP * STEP
    return low, low + STEP - 1


def count_ranges(size: int) -> list[Range]:
    """The disjoint ranges in which a count out of `size` is told: 2 or fewer, then
    threes from 3, then `size` - 2 or more. The last of the threes ends before that; a
    single number left over joins the one before, so that no count is told exactly
    where there are eight or more."""
    if size < FEWEST:
        raise ValueError("too few to tell anything")
    top = size - 2
    threes = [(low, min(low + 2, top - 1)) for low in range(3, top, STEP)]
    if len(threes) > 1 and threes[-1] == (top - 1, top - 1):
        threes[-2:] = [(top - 4, top - 3), (top - 2, top - 1)]
    return [(0, 2), *threes, (top, size)]


def count_range(count: int, size: int) -> Range:
    """The one of `count_ranges(size)` that holds `count`; the ends say neither nobody
    nor everybody. Raises ValueError for a count outside the group."""
    for low, high in count_ranges(size):
        if low <= count <= high:
            return low, high
    raise ValueError("a count lies between none and all")


def told_count(count: int, size: int) -> Range:
    """`count_range`, whose top ends with the range of sizes instead of the size."""
    low, high = count_range(count, size)
    return (low, size_range(size)[1]) if high == size else (low, high)


def told_mean(mean: float, size: int, scale: Range) -> Range | None:
    """A mean to one decimal, or "at most" and "at least" within twice one answer's
    weight of the ends of the scale. None when too few or when that leaves nothing."""
    low, high = scale
    margin = 2 * (high - low) / size
    floor, ceiling = low + margin, high - margin
    if size < FEWEST_FOR_MEANS or floor >= ceiling:
        return None
    if mean < floor:
        return low, math.ceil(floor * 10) / 10
    if mean > ceiling:
        return math.floor(ceiling * 10) / 10, high
    return round(mean, 1), round(mean, 1)


def sum_bounds(value: Range, size: int, scale: Range | None) -> Range:
    """What a figure says of the sum of its `size` values, to whoever knows the rules
    and the size: the rounding of a mean, and how near to its ends it is not told."""
    low, high = value
    if scale is None:
        return low, min(high, size)
    floor, ceiling = scale
    margin = 2 * (ceiling - floor) / size
    if low == high:
        low = max(low - 0.05, floor + margin)
        high = min(high + 0.05, ceiling - margin)
    elif low == floor:
        high = floor + margin
    else:
        low = ceiling - margin
    return low * size, high * size
