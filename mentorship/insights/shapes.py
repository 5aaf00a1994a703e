"""What a period that is not closed yet will hold: its groups, and not one figure.

Which rows there will be, and which cannot be shown, depends on the frozen roster; what
people do or answer is not looked at, so that looking tells nothing.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from mentorship.insights.metrics.of_period import roster_of, shapes_of

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
        if self.is_answer:
            return _("an average, if enough answer")
        return _("an average") if self.is_mean else _("a range")

    @cached_property
    def group(self) -> str:
        return "" if self.is_answer else super().group


def shapes_in(period: Period) -> list[Shape]:
    """Every row that the period will have, in reading order, without a figure in it."""
    roster = Roster(roster_of(period, using="default"))
    rule = rule_for(period.rule)
    return [
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
