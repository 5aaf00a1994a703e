"""A stored figure together with its definition, ready for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from mentorship.insights.models import DailyMetric

from .definitions import KEPT, Metric


@dataclass(frozen=True)
class Told:
    """One figure as a page says it: `figure` is a share from 0 to 1, a mean, days or
    people as the metric's unit says, None with too little behind it. A restated one
    says when, and what it said first."""

    metric: Metric
    part: str
    as_of: date
    value: float
    count: int
    figure: float | None
    restated_at: datetime | None
    was_figure: float | None

    @property
    def reading(self) -> Promise | str:
        """The words of the metric's scale; empty without one."""
        return self.metric.reading(self.figure)


def told(rows: Iterable[DailyMetric]) -> list[Told]:
    """Rows with their definitions, for coordinators. Left out is what no night keeps
    any more."""
    defined = ((KEPT.get(row.name), row) for row in rows)
    return [told_by(metric, row) for metric, row in defined if metric]


def told_by(metric: Metric, row: DailyMetric) -> Told:
    """A row as its metric tells it."""
    was = None
    if row.was_value is not None and row.was_count is not None:
        was = metric.figure(row.was_value, row.was_count)
    return Told(
        metric=metric,
        part=row.part,
        as_of=row.as_of,
        value=row.value,
        count=row.count,
        figure=metric.figure(row.value, row.count),
        restated_at=row.restated_at,
        was_figure=was,
    )
