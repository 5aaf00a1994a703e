"""What goes into a release and what comes out. Pure values: no database, no clock."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from .telling import FEWEST, FEWEST_FOR_MEANS, Range

# Small categories of a breakdown are told together, and with them whoever lacks one of
# its words: ("*",) reads "Other groups", ("Lisbon", "*") "Lisbon, other groups". What
# they hold is never listed.
ANY = "*"
OTHER = (ANY,)

# In the order of importance; the last is given up first.
BREAKDOWNS = (
    "all",
    "cohort",
    "role",
    "function",
    "region",
    "cohort, role",
    "cohort, function",
    "cohort, region",
    "function, region",
    "role, function",
    "role, region",
)


@dataclass(frozen=True)
class Place:
    """Somebody's side of a frozen pair, with what breakdowns look at."""

    person: Hashable
    pair: Hashable
    cohort: str = ""
    role: str = ""
    function: str = ""
    region: str = ""


@dataclass(frozen=True)
class Counted:
    """A yes or no about every pair of the roster; the unit is the pair.

    `within` names another such metric whose yes every one of these needs: to keep a
    rhythm one has met. Whoever attacks the figures knows that, so the audit must.
    `breakdowns` are those to make of it, where the rule's are too many.
    """

    name: str
    yes: frozenset[Hashable]
    within: str = ""
    breakdowns: tuple[str, ...] | None = None
    of_pairs: ClassVar[bool] = True


@dataclass(frozen=True)
class Answered:
    """Numbers of people on a scale: answers, changes of answers of whoever gave both,
    or one number of each pair. Whoever is missing did not answer."""

    name: str
    scale: Range
    values: Mapping[Hashable, float]  # person -> value; pair -> value with `of_pairs`
    # Whether the number is the pair's, so that both its people are one unknown.
    of_pairs: bool = False
    breakdowns: tuple[str, ...] | None = None
    # A yes or no that says which pairs have a number above 0, on a scale from 0.
    within: str = ""


Metric = Counted | Answered


@dataclass(frozen=True)
class Rule:
    """How small a group may be, and which breakdowns were declared."""

    minimum: int = FEWEST
    minimum_answers: int = FEWEST_FOR_MEANS
    breakdowns: tuple[str, ...] = BREAKDOWNS


@dataclass(frozen=True)
class Row:
    """One published figure. `value` is a range of pairs, or a mean (both ends alike) or
    "at most" and "at least"; without it the row reads "not shown: too few". `size` is a
    range of pairs, or of people who answered."""

    metric: str
    breakdown: str = "all"
    part: tuple[str, ...] = ()  # one word per attribute; () is everybody
    size: Range | None = None
    value: Range | None = None
    scale: Range | None = None  # of a mean

    @property
    def shown(self) -> bool:
        return self.value is not None


@dataclass(frozen=True)
class Release:
    """What may be seen of a period. `dropped` names breakdowns the audit took away, as
    (metric, breakdown); `withheld` says that not even the last row passed."""

    rows: tuple[Row, ...]
    dropped: tuple[tuple[str, str], ...] = ()
    withheld: bool = False
