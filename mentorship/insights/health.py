"""How a cohort or a program is doing: the night's figures, with twelve weeks each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Cohort, Program

from .metrics.definitions import Metric
from .metrics.told import Told, told
from .models import DailyMetric

WEEKS = 12
# What belongs together, in reading order.
SECTIONS: list[tuple[str, Promise, tuple[str, ...]]] = [
    (
        "meeting",
        _("Are pairs meeting?"),
        ("rhythm", "participation", "frequency", "sessions"),
    ),
    (
        "getting-somewhere",
        _("Are they getting somewhere?"),
        ("milestones", "reflections", "alignment", "covered", "reached"),
    ),
    (
        "both-sides",
        _("Is it good for both, and open to all?"),
        ("reciprocity", "spread", "reach"),
    ),
    (
        "on-the-way",
        _("How long is the way to a first session?"),
        (
            "waiting_to_join",
            "waiting_to_orient",
            "waiting_to_pair",
            "waiting_to_meet",
            "days_to_join",
            "days_to_orient",
            "days_to_pair",
            "days_to_meet",
        ),
    ),
]


@dataclass(frozen=True)
class Reading:
    """A metric as of the newest day: one figure with its weeks (None where a week had
    none), or the parts that it is broken down to."""

    metric: Metric
    weeks: list[Told | None]
    parts: list[Told]

    @property
    def now(self) -> Told | None:
        return self.weeks[-1] if self.weeks else None


class Health:
    """The figures of a program or of one of its cohorts, with two queries."""

    def __init__(self, program: Program, cohort: Cohort | None = None):
        self.program, self.cohort = program, cohort
        self.whose: Cohort | Program = cohort or program

    @cached_property
    def days(self) -> list[date | None]:
        """The newest day with figures of each of the last twelve weeks, the oldest
        first and the last one the newest of all; None for a week without any."""
        rows = DailyMetric.objects.of(self.whose)
        since = rows.newest_day() - timedelta(weeks=WEEKS)
        found = rows.filter(as_of__gt=since).order_by("-as_of")
        days = list(found.values_list("as_of", flat=True).distinct())
        weeks: dict[int, date] = {}
        for day in days:
            weeks.setdefault((days[0] - day).days // 7, day)
        return [weeks.get(back) for back in reversed(range(WEEKS))]

    @property
    def as_of(self) -> date | None:
        """The newest day of all; None before the first night."""
        return self.days[-1]

    @cached_property
    def rows(self) -> list[Told]:
        """The figures of these days; what has parts is told of the newest alone."""
        days = [day for day in self.days if day]
        rows = DailyMetric.objects.of(self.whose).filter(as_of__in=days)
        newest = Q(part="") | Q(as_of=self.as_of)
        return told(rows.filter(newest).order_by("as_of", "part"))

    @property
    def sections(self) -> Iterable[tuple[str, Promise, list[Reading]]]:
        """(slug, title, readings) of all that has a figure."""
        by_name: dict[str, list[Told]] = {}
        for row in self.rows:
            by_name.setdefault(row.metric.name, []).append(row)
        for slug, title, names in SECTIONS:
            readings = [
                self.reading(by_name[name]) for name in names if name in by_name
            ]
            if readings:
                yield slug, title, readings

    def reading(self, rows: list[Told]) -> Reading:
        metric = rows[0].metric
        if metric.whose.has_parts:
            return Reading(metric, [], rows)
        by_day: dict[date | None, Told] = {row.as_of: row for row in rows}
        return Reading(metric, [by_day.get(day) for day in self.days], [])
