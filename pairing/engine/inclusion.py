"""Whether a group fared as the rest did: paired at all, how well, and with whom.

Pure functions of what was counted. A ratio under four fifths alone says little in
small groups, so a finding needs the exact test as well. A finding opens a review; it
changes no weight.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import fisher_exact, ttest_ind_from_stats

FEWEST = 10  # people in anything that is told
STEP = 5  # counts are told in fives
FOUR_FIFTHS = 0.8
CHANCE = 0.05
NOMINAL = 1.959964  # standard errors to each side for 19 in 20


@dataclass(frozen=True)
class Spread:
    """A figure over `people`: its mean and its standard deviation."""

    people: int
    mean: float
    deviation: float


@dataclass(frozen=True)
class Reading:
    """A group's figure over that of the rest, between `low` and `high` (19 in 20), and
    how often chance alone would show as much. An end that cannot be told is None."""

    ratio: float
    low: float | None
    high: float | None
    chance: float

    @property
    def is_finding(self) -> bool:
        """One side under four fifths of the other, and hardly by chance: both, never
        one alone."""
        unequal = not FOUR_FIFTHS <= self.ratio <= 1 / FOUR_FIFTHS
        return unequal and self.chance < CHANCE


def selection(paired: int, people: int, rest_paired: int, rest: int) -> Reading | None:
    """The share of a group that was paired over the share of the rest: Katz's log
    interval (Katz et al. 1978) and Fisher's exact test, two-sided. None unless ten of
    each were paired and ten of each were not: fewer could be named by who they are."""
    cells = [[paired, people - paired], [rest_paired, rest - rest_paired]]
    if min(min(row) for row in cells) < FEWEST:
        return None
    return exact(paired, people, rest_paired, rest)


def exact(some: int, people: int, rest_some: int, rest: int) -> Reading | None:
    """`selection` without the minimum. None where the rest has no share to compare."""
    if not (people and rest and rest_some):
        return None
    table = [[some, people - some], [rest_some, rest - rest_some]]
    chance = float(fisher_exact(table).pvalue)
    ratio = (some / people) / (rest_some / rest)
    if not some:
        return Reading(0.0, None, None, chance)
    error = np.sqrt(1 / some - 1 / people + 1 / rest_some - 1 / rest)
    return _around(ratio, error, chance)


def quality(group: Spread, rest: Spread) -> Reading | None:
    """The mean fit of a group over that of the rest: an interval by the logarithm of
    the ratio, and Welch's test. None under ten people on either side."""
    return _of_means(group, rest)


def exposure(group: Spread, rest: Spread) -> Reading | None:
    """Access to the most-wanted mentors, whom a price tells, per person in the group
    over that in the rest; otherwise as `quality`. None where nobody is asked for by
    more people than there are places."""
    return _of_means(group, rest)


def access_share(group: Spread, rest: Spread) -> tuple[float, float]:
    """The group's share of all access to wanted mentors, and its share of the pool."""
    ours, theirs = group.people * group.mean, rest.people * rest.mean
    pool = group.people / (group.people + rest.people)
    return (ours / (ours + theirs) if ours + theirs else pool), pool


def shown(counts: Mapping[str, int]) -> set[str]:
    """Which of a breakdown's groups may be told: ten people or more, and when what is
    left out would be fewer than ten the next smallest is left out too."""
    told = {name for name, count in counts.items() if count >= FEWEST}
    left_out = sum(count for name, count in counts.items() if name not in told)
    for name in sorted(told, key=lambda name: (counts[name], name)):
        if not 0 < left_out < FEWEST:
            break
        told.discard(name)
        left_out += counts[name]
    return told


def rounded(count: int) -> int:
    """A count as it may be told."""
    return STEP * round(count / STEP)


def _of_means(group: Spread, rest: Spread) -> Reading | None:
    if min(group.people, rest.people) < FEWEST or min(group.mean, rest.mean) <= 0:
        return None
    with np.errstate(all="ignore"):
        found = ttest_ind_from_stats(
            group.mean,
            group.deviation,
            group.people,
            rest.mean,
            rest.deviation,
            rest.people,
            equal_var=False,
        )
    chance = float(found.pvalue) if np.isfinite(found.pvalue) else 1.0
    error = np.sqrt(
        sum((side.deviation / side.mean) ** 2 / side.people for side in (group, rest))
    )
    return _around(group.mean / rest.mean, error, chance)


def _around(ratio: float, error: float, chance: float) -> Reading:
    """A ratio with its interval, symmetric in logarithms."""
    reach = float(np.exp(NOMINAL * error))
    return Reading(ratio, ratio / reach, ratio * reach, chance)
