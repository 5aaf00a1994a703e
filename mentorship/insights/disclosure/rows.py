"""From a frozen roster and its facts to rows, before the audit."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace

from .groups import Part, Roster, bits, declared
from .shapes import Counted, Metric, Range, Row, Rule
from .telling import FEWEST, FEWEST_FOR_MEANS, size_range, told_count, told_mean


@dataclass(frozen=True)
class Told:
    """A row, and the pairs or people whose values are in its figure."""

    row: Row
    members: frozenset[Hashable] = frozenset()

    @property
    def name(self) -> tuple[str, str]:
        """The metric's name and the breakdown."""
        return self.row.metric, self.row.breakdown

    def hidden(self) -> "Told":
        """The same row as it looks for every reason not to show it."""
        return Told(Row(self.row.metric, self.row.breakdown, self.row.part))


def told_of(roster: Roster, metric: Metric, rule: Rule) -> list[Told]:
    """Every row of a metric that size, merging and differencing allow, and a hidden
    one for every group of the declaration where they do not."""
    if metric.breakdowns is not None:
        kept = tuple(one for one in rule.breakdowns if one in metric.breakdowns)
        rule = replace(rule, breakdowns=kept)
    minimum = fewest(metric, rule)
    groups = declared(roster, rule, minimum, metric.of_pairs)
    teller = Teller(roster, facts_of(roster, metric), minimum)
    return [
        teller.told(Row(metric.name, breakdown, part.words), part)
        for breakdown, parts in groups.items()
        for part in parts
    ]


def fewest(metric: Metric, rule: Rule) -> int:
    """How many must stand behind a row of this metric; a rule only raises it."""
    if isinstance(metric, Counted):
        return max(rule.minimum, FEWEST)
    return max(rule.minimum_answers, rule.minimum, FEWEST_FOR_MEANS)


@dataclass(frozen=True)
class Facts:
    """What a metric says of a roster: a value for each unit, by its number. Without a
    scale the values are 1 for yes and 0 for no."""

    of_pairs: bool
    worth: Mapping[int, float]
    scale: Range | None = None

    @property
    def known(self) -> int:
        """A mask of whoever has a value."""
        return sum(1 << number for number in self.worth)

    def within(self, part: Part) -> list[float]:
        """The values of a group, in the order of their numbers."""
        return [self.worth[number] for number in bits(part.units(self.of_pairs))]


def facts_of(roster: Roster, metric: Metric) -> Facts:
    """The metric's values for the roster; what others did or said is left out."""
    numbers: Mapping[Hashable, int] = roster.pairs if metric.of_pairs else roster.people
    if isinstance(metric, Counted):
        yes = metric.yes
        return Facts(True, {number: key in yes for key, number in numbers.items()})
    values = metric.values
    worth = {numbers[key]: value for key, value in values.items() if key in numbers}
    return Facts(metric.of_pairs, worth, metric.scale)


@dataclass
class Teller:
    """Tells of one group after another of a metric, the most important first, and
    remembers the groups that it has shown."""

    roster: Roster
    facts: Facts
    minimum: int
    shown: list[Part] = field(default_factory=list)

    def told(self, hidden: Row, part: Part) -> Told:
        """The row with its figures; as it is where too few answered, where those who
        did are nearly a group already shown, or where the mean says too much."""
        group = answering(self.roster, self.facts, part)
        if group.size < self.minimum or self.too_close(group):
            return Told(hidden)
        scale = self.facts.scale
        row = (
            self.averaged(hidden, part, group, scale)
            if scale
            else self.counted(hidden, group)
        )
        if not row.shown:
            return Told(hidden)
        self.shown.append(group)
        return Told(row, self.roster.keys(group, self.facts.of_pairs))

    def too_close(self, group: Part) -> bool:
        of_pairs = self.facts.of_pairs
        return any(self.roster.too_close(group, one, of_pairs) for one in self.shown)

    def counted(self, row: Row, group: Part) -> Row:
        """A range of pairs out of a range of sizes."""
        size = group.pairs.bit_count()
        yes = int(sum(self.facts.within(group)))
        return replace(row, size=size_range(size), value=told_count(yes, size))

    def averaged(self, row: Row, part: Part, group: Part, scale: Range) -> Row:
        """A mean. How many people answered is told as any count is, because nobody
        needs to know that everybody did."""
        values = self.facts.within(group)
        value = told_mean(math.fsum(values) / len(values), len(values), scale)
        if not value:
            return row
        size = size_range(len(values))
        if not self.facts.of_pairs:
            size = told_count(len(values), part.people.bit_count())
        return replace(row, size=size, value=value, scale=scale)


def answering(roster: Roster, facts: Facts, part: Part) -> Part:
    """The part without whoever has no value, and without the pairs they alone make."""
    if facts.of_pairs:
        return replace(part, pairs=part.pairs & facts.known)
    people = part.people & facts.known
    return replace(part, people=people, pairs=part.pairs & roster.pairs_touched(people))
