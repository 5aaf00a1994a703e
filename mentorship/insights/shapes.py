"""What a period that is not closed yet will hold: its groups, and not one figure.

Which rows there will be, and which cannot be shown, depends on the frozen roster; what
people do or answer is not looked at, so that looking tells nothing.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from mentorship.insights.metrics.of_period import roster_of, shapes_of
from mentorship.insights.metrics.of_year import (
    concerns_in,
    fewest_concerns,
    year_told,
)

from .actions.publishing import rule_for
from .disclosure.groups import Roster
from .disclosure.rows import told_of
from .models import BETWEEN, DraftFigure, Period
from .report import Row


@dataclass(frozen=True)
class Shape(Row):
    """A row to come: that it will be there, and about how many."""

    @cached_property
    def words(self) -> str:
        if not self.shown:
            return super().words
        if self.year:
            fewest = {"n": self.figure.size_low}
            return _("a range, if there are at least %(n)s") % fewest
        if self.is_answer:
            return _("an average, if enough answer")
        return _("an average") if self.is_mean else _("a range")

    @cached_property
    def group(self) -> str:
        return "" if self.is_answer or self.year else super().group


def shapes_in(period: Period) -> list[Shape]:
    """Every row that the period will have, in reading order, without a figure in it."""
    roster = Roster(roster_of(period, using="default"))
    rule = rule_for(period.rule)
    shapes = [
        Shape(
            DraftFigure(
                metric=row.metric,
                breakdown=row.breakdown,
                part=BETWEEN.join(row.part),
                low=row.value and 0,
                high=row.value and 0,
                size_low=row.size and row.size[0],
                size_high=row.size and row.size[1],
            )
        )
        for metric in shapes_of(roster)
        for row in (told.row for told in told_of(roster, metric, rule))
    ]
    return [*shapes, *shapes_of_year(period)]


def shapes_of_year(period: Period) -> list[Shape]:
    """The row about the year before, where the period's days ask for one."""
    year, fewest = year_told(period), fewest_concerns(period)
    if year is None:
        return []
    ranges = {"low": 0, "high": 0, "size_low": fewest, "size_high": fewest}
    return [Shape(DraftFigure(metric=concerns_in(year), **ranges))]
