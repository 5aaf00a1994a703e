"""Which groups the declared breakdowns make of a frozen roster.

Sets of people and of pairs are whole numbers used as bit masks, so that thousands of
comparisons of groups take no time worth telling.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations, groupby
from operator import or_

from .shapes import ANY, Place, Rule

FEWEST_APART = 5  # pairs between any two groups that are not the same
FEWEST_TO_BREAK_DOWN = 10  # pairs; under that, the whole program only


@dataclass(frozen=True)
class Part:
    """One group of a breakdown, as masks over the roster's people and pairs."""

    words: tuple[str, ...]
    people: int
    pairs: int

    @property
    def size(self) -> int:
        """To an insider two people of one pair are one unknown, so a group counts as
        the smaller of its people and its pairs."""
        return min(self.people.bit_count(), self.pairs.bit_count())

    def units(self, of_pairs: bool) -> int:
        """Whom a metric counts: its pairs, or its people."""
        return self.pairs if of_pairs else self.people


class Roster:
    """Who is in which pair. The order of the places changes nothing that is told."""

    def __init__(self, places: Iterable[Place]):
        self.places = tuple(places)
        self.people = numbered(place.person for place in self.places)
        self.pairs = numbered(place.pair for place in self.places)
        self.mentees = [place for place in self.places if place.role == "mentee"]
        self.mentors = [place for place in self.places if place.role != "mentee"]
        self.pairs_of = [0] * len(self.people)
        for place in self.places:
            pair = 1 << self.pairs[place.pair]
            self.pairs_of[self.people[place.person]] |= pair

    def parts(self, breakdown: str, of_pairs: bool) -> dict[tuple[str, ...], Part]:
        """What a breakdown divides the roster into, unmerged. Whoever lacks the last of
        its words is of the other groups, whoever lacks the first of none."""
        names = () if breakdown == "all" else tuple(breakdown.split(", "))
        found: dict[tuple[str, ...], Part] = {}
        for place in self.told_by(names, of_pairs):
            words = tuple(getattr(place, name) for name in names)
            if not all(words[:-1]):
                continue
            words = (*words[:-1], words[-1] or ANY) if words else ()
            so_far = found.get(words, Part(words, 0, 0))
            found[words] = replace(
                so_far,
                people=so_far.people | 1 << self.people[place.person],
                pairs=so_far.pairs | 1 << self.pairs[place.pair],
            )
        return found

    def told_by(self, names: Sequence[str], of_pairs: bool) -> Sequence[Place]:
        """The places that say in which group of a breakdown somebody is.

        A pair is where its mentee is: so it is in one group, and nobody can work out
        what two groups that overlap have in common. Under a role it is where its mentor
        is, because mentees would only repeat what is told without; and the role alone
        divides no pairs.
        """
        if not of_pairs:
            return self.places
        if names[-1:] == ("role",):
            return ()
        return self.mentors if "role" in names else self.mentees

    def keys(self, part: Part, of_pairs: bool) -> frozenset[Hashable]:
        """The pairs or the people of a part, as the places name them."""
        keys = list(self.pairs if of_pairs else self.people)
        return frozenset(keys[number] for number in bits(part.units(of_pairs)))

    def pairs_touched(self, people: int, enough: int | None = None) -> int:
        """The pairs in which any of these people is, or the first `enough` found."""
        touched = 0
        for number in bits(people):
            touched |= self.pairs_of[number]
            if enough and touched.bit_count() >= enough:
                break
        return touched

    def too_close(self, one: Part, other: Part, of_pairs: bool) -> bool:
        """Whether two groups differ by somebody, and by fewer than five pairs."""
        if of_pairs:
            return 0 < (one.pairs ^ other.pairs).bit_count() < FEWEST_APART
        between = one.people ^ other.people
        if not between or between.bit_count() < FEWEST_APART:
            return bool(between)
        return self.pairs_touched(between, FEWEST_APART).bit_count() < FEWEST_APART


def numbered(keys: Iterable[Hashable]) -> dict[Hashable, int]:
    """Every different key with its number, from 0."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}


def bits(mask: int) -> Iterator[int]:
    """The numbers in a mask."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def declared(
    roster: Roster, rule: Rule, minimum: int, of_pairs: bool
) -> dict[str, list[Part]]:
    """The groups of every breakdown that can be shown, in order of importance; by the
    roster alone, whatever anybody did or said."""
    whole = roster.parts("all", of_pairs).get((), Part((), 0, 0))
    found = {"all": [whole]}
    if len(roster.pairs) < FEWEST_TO_BREAK_DOWN or whole.size < minimum:
        return found
    for breakdown in rule.breakdowns:
        before = [part for parts in found.values() for part in parts]
        merging = Merging(roster, minimum, of_pairs, before)
        parts = merging.merged(roster.parts(breakdown, of_pairs).values())
        if parts and breakdown != "all":
            found[breakdown] = parts
    return found


@dataclass
class Merging:
    """Categories of one breakdown that are too small, or too close to a group told of
    before, join the other groups. Of two words the first is kept: other functions of
    one region are not mixed with those of another."""

    roster: Roster
    minimum: int
    of_pairs: bool
    before: list[Part]

    def merged(self, parts: Iterable[Part]) -> list[Part]:
        """The parts in reading order. What cannot be told apart safely is left
        out."""
        found: list[Part] = []
        for _, alike in groupby(sorted(parts, key=name), key=head):
            safe = self.safe(list(alike))
            if len(safe) > 1:
                found += safe
                self.before = self.before + safe
        return found

    def safe(self, parts: list[Part]) -> list[Part]:
        """The categories of one first word, with as few of them as possible, and rather
        small ones, among the other groups."""
        good = [part for part in parts if ANY not in part.words and self.passes(part)]
        if len(good) == len(parts):
            return good
        rest = [part for part in parts if part not in good]
        for joining in fewest_first(sorted(good, key=rank)):
            other = together([*rest, *joining])
            if self.passes(other):
                return [part for part in good if part not in joining] + [other]
        return []

    def passes(self, part: Part) -> bool:
        """Whether a part is large enough, and the same as or far enough from all that
        were told of before."""
        return part.size >= self.minimum and not any(
            self.roster.too_close(part, one, self.of_pairs) for one in self.before
        )


def fewest_first(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """None of them, each, every two, every three; at last all."""
    yield from (few for many in range(4) for few in combinations(parts, many))
    yield tuple(parts)


def together(parts: Sequence[Part]) -> Part:
    """One group of several, under a name that tells of none of them."""
    people = reduce(or_, (part.people for part in parts))
    pairs = reduce(or_, (part.pairs for part in parts))
    return Part((*head(parts[0]), ANY), people, pairs)


def head(part: Part) -> tuple[str, ...]:
    """All words but the last."""
    return part.words[:-1]


def name(part: Part) -> tuple[str, ...]:
    return part.words


def rank(part: Part) -> tuple[int, tuple[str, ...]]:
    """Smallest first; of equal ones the first by name."""
    return part.size, part.words
