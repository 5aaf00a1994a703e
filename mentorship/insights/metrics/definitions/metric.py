"""What a metric says about itself: its words, and the SQL that works it out."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Unit(StrEnum):
    """What `value` and `count` of a row mean together."""

    SHARE = "share"  # value out of count
    MEAN = "mean"  # value for each of count
    DAYS = "days"  # a median of value days, of count that have got there
    PEOPLE = "people"  # value people or pairs, of count

    @property
    def words(self) -> Promise:
        return WORDS[self]


WORDS = {
    Unit.SHARE: _("a share"),
    Unit.MEAN: _("a mean for each"),
    Unit.DAYS: _("days, the median"),
    Unit.PEOPLE: _("how many"),
}


class Whose(StrEnum):
    """Who gets a row a day."""

    EACH = "each cohort and the program"
    PROGRAM = "the program"
    BY_AIM = "the program, by core outcome"
    BY_GROUP = "the program, by function and by site"

    @property
    def words(self) -> Promise:
        return WHOSE[self]

    @property
    def is_of_cohorts(self) -> bool:
        return self is Whose.EACH

    @property
    def has_parts(self) -> bool:
        return self in (Whose.BY_AIM, Whose.BY_GROUP)


WHOSE = {
    Whose.EACH: _("each cohort and the program"),
    Whose.PROGRAM: _("the program"),
    Whose.BY_AIM: _("the program, by core outcome"),
    Whose.BY_GROUP: _("the program, by function and by site"),
}


@dataclass(frozen=True)
class Metric:
    """One figure, as of the end of a day in the program's zone, from facts alone.

    `rows` is SQL with one row for each thing counted: `program_id`, with `cohort_id`
    for metrics of cohorts and `part` for the others. It may read `programs` and
    `pairs` (nightly.SCOPE) and the parameters day and fewest. `value` and `count` are
    aggregates over these rows, exact ones, so that again gives the same to the last
    digit; `having` says when there is a figure at all. A changed formula gets a higher
    `version`, and figures that change with it say so.
    """

    name: str
    label: Promise
    formula: Promise
    unit: Unit
    rows: str
    value: str
    count: str = "count(*)"
    having: str = "true"
    whose: Whose = Whose.EACH
    fewest: int = 1
    # Nothing that a night keeps: everybody, coordinators too, reads it as a published
    # row, and how it is counted stands where periods are closed.
    only_published: bool = False
    version: int = 1
    # Which rows a coordinator may look behind, by SQL, and what their pairs have in
    # common, in words. The rows then have the pair's `id`.
    behind: tuple[str, Promise] | None = None
    # (at least, words), the highest first: how to read a share.
    scale: tuple[tuple[float, Promise], ...] = ()

    def figure(self, value: float, count: int) -> float | None:
        """What to show: a share from 0 to 1, a mean, days or people. None when there is
        too little behind it."""
        if count < max(self.fewest, 1):
            return None
        return value / count if self.unit in (Unit.SHARE, Unit.MEAN) else value

    def reading(self, figure: float | None) -> Promise | str:
        """The words of the scale for a figure; empty without one."""
        if figure is None:
            return ""
        return next((words for least, words in self.scale if figure >= least), "")
