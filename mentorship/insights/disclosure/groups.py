"""Which groups the declared breakdowns make of a frozen roster.

Sets of people and of pairs are whole numbers used as bit masks, so that thousands of
comparisons of groups take no time worth telling.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .shapes import ANY, OTHER, Place, Rule

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

    def joined(self, other: "Part", words: tuple[str, ...]) -> "Part":
        """Both under a name that tells of neither."""
        return Part(words, self.people | other.people, self.pairs | other.pairs)


class Roster:
    """Who is in which pair. The order of the places changes nothing that is told."""

    def __init__(self, places: Iterable[Place]):
        self.places = tuple(places)
        self.people = numbered(place.person for place in self.places)
        self.pairs = numbered(place.pair for place in self.places)
        self.mentees = [place for place in self.places if place.role == "mentee"]
        self.pairs_of = [0] * len(self.people)
        for place in self.places:
            pair = 1 << self.pairs[place.pair]
            self.pairs_of[self.people[place.person]] |= pair

    def parts(self, breakdown: str, of_pairs: bool) -> dict[tuple[str, ...], Part]:
        """What a breakdown divides the roster into, unmerged. Whoever lacks one of its
        words is of the other groups from the start. A pair is where its mentee is,
        unless roles are told apart: so it is in one group of a breakdown, and what two
        groups that overlap have in common cannot be worked out."""
        names = () if breakdown == "all" else tuple(breakdown.split(", "))
        places = self.mentees if of_pairs and "role" not in names else self.places
        found: dict[tuple[str, ...], Part] = {}
        for place in places:
            words = tuple(getattr(place, name) for name in names)
            words = words if all(words) else OTHER
            so_far = found.get(words, Part(words, 0, 0))
            found[words] = replace(
                so_far,
                people=so_far.people | 1 << self.people[place.person],
                pairs=so_far.pairs | 1 << self.pairs[place.pair],
            )
        return found

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
        if breakdown == "all":
            continue
        before = [part for parts in found.values() for part in parts]
        merging = Merging(roster, minimum, of_pairs, before)
        parts = merging.merged(roster.parts(breakdown, of_pairs).values())
        if len(parts) > 1 and not same_groups(parts, before, of_pairs):
            found[breakdown] = parts
    return found


def same_groups(parts: list[Part], before: list[Part], of_pairs: bool) -> bool:
    """Whether a breakdown tells only of groups that others tell of already, as mentors
    and mentees do when pairs are counted."""
    known = {part.units(of_pairs) for part in before}
    return all(part.units(of_pairs) in known for part in parts)


@dataclass(frozen=True)
class Merging:
    """Small categories of one breakdown join the other groups until every part is
    large enough and none is close to another group, `before` included. Of two words
    the first is kept as long as it can be: other functions of one region come before
    other regions."""

    roster: Roster
    minimum: int
    of_pairs: bool
    before: Sequence[Part]

    def merged(self, parts: Iterable[Part]) -> list[Part]:
        """The parts in reading order; one part or none when they cannot be told apart
        safely. Other groups that are told of already are left out."""
        left = {part.words: part for part in parts}
        while len(left) > 1 and (weak := self.weakest(list(left.values()))):
            del left[weak.words]
            joined = joined_with(weak, partner(weak, list(left.values())), left)
            left[joined.words] = joined
        known = {part.units(self.of_pairs) for part in self.before}
        return [
            left[words]
            for words in sorted(left, key=lambda words: (ANY in words, words))
            if ANY not in words or left[words].units(self.of_pairs) not in known
        ]

    def weakest(self, parts: list[Part]) -> Part | None:
        """The smallest part that cannot stay as it is, or None."""
        small = [part for part in parts if part.size < self.minimum]
        return min(small or self.close(parts), key=rank, default=None)

    def close(self, parts: list[Part]) -> list[Part]:
        """Parts that differ by a few pairs from a group already told of; if there are
        none, the smaller of every two siblings that do from each other."""
        return [
            part for part in parts if any(self.clash(part, one) for one in self.before)
        ] or [
            min(one, other, key=rank)
            for number, one in enumerate(parts)
            for other in parts[:number]
            if self.clash(one, other)
        ]

    def clash(self, one: Part, other: Part) -> bool:
        return self.roster.too_close(one, other, self.of_pairs)


def joined_with(weak: Part, other: Part, left: dict[tuple[str, ...], Part]) -> Part:
    """Take `other` out of `left` and make one of both, under the words they share."""
    del left[other.words]
    head = weak.words[:-1]
    alike = bool(head) and other.words[:-1] == head
    return weak.joined(other, (*head, ANY) if alike else OTHER)


def partner(weak: Part, parts: list[Part]) -> Part:
    """Whom a part joins: the other groups nearest to it, else the next smallest."""
    head = weak.words[:-1]
    near = [part for part in parts if head and part.words[:-1] == head]
    among = near or parts
    others = [part for part in among if part.words in ((*head, ANY), OTHER)]
    return min(others or among, key=rank)


def rank(part: Part) -> tuple[int, tuple[str, ...]]:
    """Smallest first; of equal ones the first by name."""
    return part.size, part.words
