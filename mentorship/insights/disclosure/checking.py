"""The last look at rows before anybody sees them. It shares no code with what made
them but the ranges, so that a slip there withholds a period instead of telling on
somebody."""

import math
from collections.abc import Collection, Hashable, Iterator, Sequence
from itertools import combinations

from .apart import Tally
from .shapes import ANY, Counted, Metric, Place, Row, Rule
from .telling import FEWEST, count_ranges, told_count, told_mean

Unit = Hashable


def violations_in(
    places: Sequence[Place], metrics: Sequence[Metric], rows: Sequence[Row], rule: Rule
) -> list[str]:
    """What is wrong with the rows, in words; empty when they may be seen."""
    found = []
    for metric in metrics:
        told = [row for row in rows if row.metric == metric.name]
        shown = {row: members(places, metric, row, told) for row in told if row.shown}
        found += [f"{row} {why}" for row in told for why in wrong_alone(row)]
        for row, units in shown.items():
            if fewer(places, metric, units) < fewest(places, metric, row, rule):
                found.append(f"{row} is about a group that may not be shown")
            elif row.value != true_value(metric, units):
                found.append(f"{row} says something else than the rules do")
        for (one, own), (other, others) in combinations(shown.items(), 2):
            if own != others and fewer(places, metric, own ^ others) < 5:
                found.append(f"{one} and {other} differ by fewer than five pairs")
    return found


def wrong_alone(row: Row) -> Iterator[str]:
    """What can be seen without knowing anybody."""
    if not row.shown and (row.size or row.scale):
        yield "is not shown and tells its size"
    if row.shown and not row.size:
        yield "is shown without its size"


def wrong_apart(tally: Tally, row: Row) -> Iterator[str]:
    """What is wrong with a row about no roster, in words."""
    yield from wrong_alone(row)
    if not row.size or not row.value:
        return
    (least, most), (low, high) = row.size, row.value
    if not least <= tally.size <= most or not low <= tally.yes <= high:
        yield "says what is not so"
    if least < max(tally.fewest, FEWEST) or tally.size < tally.fewest:
        yield "is about too few"
    if most - least < 2 or row.value not in count_ranges(int(most)):
        yield "says more than the rules allow"


def members(
    places: Sequence[Place], metric: Metric, row: Row, told: Sequence[Row]
) -> frozenset[Unit]:
    """Whose values are in the row: of "Other groups" whoever no other row names."""
    alike = [one for one in told if one.breakdown == row.breakdown and one != row]
    named = {one.part for one in alike}
    names = row.breakdown.split(", ") if row.part else []
    found = set()
    for place in places:
        words = tuple(getattr(place, name) for name in names)
        other = row.part[-1:] == (ANY,) and words not in named
        if words == row.part or (other and words[:-1] == row.part[:-1]):
            if metric.of_pairs and "role" not in names and place.role != "mentee":
                continue
            found.add(place.pair if metric.of_pairs else place.person)
    return frozenset(
        found if isinstance(metric, Counted) else found & set(metric.values)
    )


def fewer(places: Sequence[Place], metric: Metric, units: Collection[Unit]) -> int:
    """How many they are, or how many pairs they are in when those are fewer."""
    if metric.of_pairs:
        return len(units)
    pairs = {place.pair for place in places if place.person in units}
    return min(len(units), len(pairs))


def fewest(places: Sequence[Place], metric: Metric, row: Row, rule: Rule) -> float:
    """How many there must be. No part of a program of fewer than ten pairs is told."""
    if row.part and len({place.pair for place in places}) < 10:
        return float("inf")
    least = 5 if isinstance(metric, Counted) else max(8, rule.minimum_answers)
    return max(least, rule.minimum)


def true_value(metric: Metric, units: Collection[Unit]) -> tuple[float, float] | None:
    """What the rules tell of these pairs or people."""
    if isinstance(metric, Counted):
        return told_count(len(metric.yes & units), len(units))
    values = [metric.values[unit] for unit in units]
    return told_mean(math.fsum(values) / len(values), len(values), metric.scale)
