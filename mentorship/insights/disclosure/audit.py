"""Takes away breakdowns until nobody can be worked out from what is left."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .attack import Claim, Fact, Unknown, exposures
from .groups import Roster
from .rows import Told, told_of
from .shapes import Counted, Metric, Place, Row, Rule
from .telling import sum_bounds

INSIDERS_BELOW = 100  # pairs, up to which every single pair is tried as an insider
TOO_NARROW = 0.25  # of a scale: a guess within half a point of 1 to 5

Dropped = tuple[str, str]  # a metric's name and a breakdown


@dataclass(frozen=True)
class Seen:
    """An earlier release that told of some of the same facts: a metric of the same
    name is the same fact about everybody who is in both."""

    places: Sequence[Place]
    metrics: Sequence[Metric]
    rows: Collection[Row]
    rule: Rule


def audited(
    roster: Roster,
    metrics: Sequence[Metric],
    told: list[Told],
    rule: Rule,
    seen: Sequence[Seen] = (),
) -> tuple[list[Told], tuple[Dropped, ...]]:
    """The rows with some breakdowns hidden, so that nobody is exposed, and which
    breakdowns those were. When all together expose somebody, they are taken one by
    one, the most important first, and whichever exposes somebody then is left out."""
    dropped: list[Dropped] = []
    for linked in components(metrics):
        attacker = Attacker(roster, linked, seen)
        if not attacker.hits(told):
            continue
        kept: list[Told] = []
        for name, rows in by_importance(told, rule, attacker.facts):
            if attacker.hits(kept + rows):
                dropped.append(name)
            else:
                kept += rows
    return [one.hidden() if one.name in dropped else one for one in told], tuple(
        dropped
    )


def by_importance(
    told: Sequence[Told], rule: Rule, names: Collection[str]
) -> list[tuple[Dropped, list[Told]]]:
    """The shown rows of some metrics by breakdown, in the order of the declaration."""
    found: dict[Dropped, list[Told]] = {}
    for one in told:
        if one.row.shown and one.row.metric in names:
            found.setdefault(one.name, []).append(one)
    order = ("all", *rule.breakdowns)
    return sorted(found.items(), key=lambda each: order.index(each[0][1]))


def components(metrics: Sequence[Metric]) -> Iterator[list[Metric]]:
    """Metrics that are parts of each other, directly or by others, together."""
    top = {metric.name: metric.within for metric in metrics}

    def root(name: str) -> str:
        above = top.get(name)
        return root(above) if above in top else name

    roots = {metric.name: root(metric.name) for metric in metrics}
    for name in dict.fromkeys(roots.values()):
        yield [metric for metric in metrics if roots[metric.name] == name]


class Attacker:
    """Somebody who knows the roster, the rules and all rows; and every pair of it, who
    know their own values as well."""

    def __init__(self, roster: Roster, metrics: Sequence[Metric], seen: Sequence[Seen]):
        self.values: dict[str, dict[Hashable, float]] = {}
        for one in seen:
            self.learn(metrics, one.metrics, Roster(one.places))
        self.learn(metrics, metrics, roster)
        self.facts = {one.name: fact_of(one, self.values[one.name]) for one in metrics}
        self.before = [
            claim
            for one in seen
            for metric in one.metrics
            if metric.name in self.facts
            for told in told_of(Roster(one.places), metric, one.rule)
            if told.row in one.rows
            for claim in self.claims([told])
        ]
        self.insiders = list(self.knowing(roster))

    def learn(
        self, asked: Sequence[Metric], metrics: Sequence[Metric], roster: Roster
    ) -> None:
        """Note the true values of the roster, which insiders know of themselves."""
        names = {metric.name for metric in asked}
        for metric in metrics:
            if metric.name in names:
                own = self.values.setdefault(metric.name, {})
                own |= values_of(metric, roster)

    def knowing(self, roster: Roster) -> Iterator[Mapping[Unknown, float]]:
        """What every pair knows of itself; nothing in a program of 100 or more."""
        if len(roster.pairs) >= INSIDERS_BELOW:
            return
        both: dict[Hashable, set[Hashable]] = {}
        for place in roster.places:
            both.setdefault(place.pair, {place.pair}).add(place.person)
        for keys in both.values():
            yield {
                (name, key): values[key]
                for name, values in self.values.items()
                for key in keys & values.keys()
            }

    def claims(self, told: Sequence[Told]) -> list[Claim]:
        """What the shown rows of the attacked metrics say about sums."""
        return [
            claim_of(one, self.facts[one.row.metric])
            for one in told
            if one.row.metric in self.facts and one.row.shown
        ]

    def hits(self, told: Sequence[Told]) -> set[Unknown]:
        """Whom the first of the attackers who finds anybody finds."""
        claims = self.claims(told) + self.before
        found = exposures(claims, self.facts, self.truth, self.insiders)
        return next(filter(None, found), set())

    @property
    def truth(self) -> dict[Unknown, float]:
        """The true value of every unknown."""
        return {
            (name, key): value
            for name, values in self.values.items()
            for key, value in values.items()
        }


def values_of(metric: Metric, roster: Roster) -> dict[Hashable, float]:
    """The value of each unit of the roster that has one."""
    if isinstance(metric, Counted):
        return {pair: float(pair in metric.yes) for pair in roster.pairs}
    units = roster.pairs if metric.of_pairs else roster.people
    return {key: value for key, value in metric.values.items() if key in units}


def fact_of(metric: Metric, values: Mapping[Hashable, float]) -> Fact:
    """What everybody knows of a metric before any row is seen."""
    if isinstance(metric, Counted):
        return Fact(0, 1, whole=True, within=metric.within)
    floor, ceiling = metric.scale
    whole = all(float(one).is_integer() for one in (floor, *values.values()))
    narrow = TOO_NARROW * (ceiling - floor)
    return Fact(floor, ceiling, whole, narrow, metric.within, every=whole)


def claim_of(told: Told, fact: Fact) -> Claim:
    """The least and the most that the members' values can add up to."""
    row, size = told.row, len(told.members)
    low, high = sum_bounds(row.value, size, row.scale) if row.value else (0, 0)
    return Claim(row.metric, told.members, low, high)
