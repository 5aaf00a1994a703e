"""What ended pairs that went well have in common, with how sure that is.

For each factor of pairing the ended pairs are parted in two: those who had more of it
and those who had less. Shares come with Wilson's interval (1927), their difference with
Newcombe's hybrid score interval (1998, Statistics in Medicine 17, 873-890, method 10),
both meant to hold in 95 of 100 cases.
"""

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from statistics import NormalDist, median

from django.utils.functional import Promise

from mentorship.charter.models import Program
from pairing import engine
from pairing.wording import NAMES

from .metrics.outcomes import EndedPair, ended_pairs

FEWEST = 10  # pairs in a group
SURE = 0.95
Z = NormalDist().inv_cdf((1 + SURE) / 2)


@dataclass(frozen=True)
class Group:
    """So many pairs, and how many of them went well."""

    pairs: int
    good: int

    @property
    def share(self) -> float:
        return self.good / self.pairs

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval of the share."""
        n, p = self.pairs, self.share
        middle = p + Z**2 / (2 * n)
        half = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
        low, high = (middle - half) / (1 + Z**2 / n), (middle + half) / (1 + Z**2 / n)
        return max(low, 0.0), min(high, 1.0)


@dataclass(frozen=True)
class Pattern:
    """A factor, and how pairs went who had `more` and `less` of it."""

    name: str
    more: Group
    less: Group

    @property
    def label(self) -> Promise:
        return NAMES[self.name]

    @property
    def difference(self) -> float:
        return self.more.share - self.less.share

    @property
    def interval(self) -> tuple[float, float]:
        """Newcombe's interval of the difference, from both Wilson intervals."""
        (more_low, more_high), (less_low, less_high) = (
            self.more.interval,
            self.less.interval,
        )
        down = sqrt(
            (self.more.share - more_low) ** 2 + (less_high - self.less.share) ** 2
        )
        up = sqrt(
            (more_high - self.more.share) ** 2 + (self.less.share - less_low) ** 2
        )
        return self.difference - down, self.difference + up

    @property
    def stands_out(self) -> bool:
        """Whether the interval leaves out that it makes no difference."""
        low, high = self.interval
        return low > 0 or high < 0


class Patterns:
    """Of one program, with one query."""

    def __init__(self, program: Program):
        self.program = program

    @cached_property
    def pairs(self) -> list[EndedPair]:
        return ended_pairs(self.program)

    @property
    def good(self) -> int:
        return sum(pair.good for pair in self.pairs)

    @cached_property
    def found(self) -> list[Pattern]:
        """In the order of the factors, never by how large a difference is."""
        parted = ((name, part(self.pairs, name)) for name in engine.Weights().as_dict())
        return [Pattern(name, *groups) for name, groups in parted if groups]

    @property
    def untold(self) -> list[str]:
        """Factors with too few pairs on one side."""
        told = {pattern.name for pattern in self.found}
        return [
            str(NAMES[name]) for name in engine.Weights().as_dict() if name not in told
        ]

    @property
    def standing_out(self) -> list[Pattern]:
        return [pattern for pattern in self.found if pattern.stands_out]

    @property
    def by_chance(self) -> float:
        """How many would stand out if no factor made any difference."""
        return len(self.found) * (1 - SURE)


def part(pairs: list[EndedPair], name: str) -> tuple[Group, Group] | None:
    """Pairs with more and with less of a factor than the one in the middle, as even in
    number as ties allow; None when one side has fewer than FEWEST."""
    valued = ((value_of(pair, name), pair.good) for pair in pairs)
    known = [(value, good) for value, good in valued if value is not None]
    if not known:
        return None
    middle = median(value for value, _ in known)
    parted = (
        [value > middle for value, _ in known],
        [value >= middle for value, _ in known],
    )
    evenly = min(parted, key=lambda half: abs(2 * sum(half) - len(known)))
    sides = list(zip(evenly, (good for _, good in known), strict=True))
    more = [good for is_more, good in sides if is_more]
    less = [good for is_more, good in sides if not is_more]
    if min(len(more), len(less)) < FEWEST:
        return None
    return Group(len(more), sum(more)), Group(len(less), sum(less))


def value_of(pair: EndedPair, name: str) -> float | None:
    """How much of a factor a pair had when it was proposed, if that was known."""
    return next((each["value"] for each in pair.reasons if each["name"] == name), None)
