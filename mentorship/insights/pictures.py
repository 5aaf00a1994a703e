"""What coordinators read about their program, in words and drawn."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import dropwhile

from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.ui import charts
from mentorship.ui.templatetags.ui import day_words
from mentorship.ui.trends import trend

from .drawing import percent
from .funnel import Funnel, Step
from .health import Reading
from .metrics.definitions import Metric, Unit
from .metrics.told import Told
from .patterns import Group, Pattern


def figure_words(metric: Metric, figure: float | None) -> str:
    """A figure as its unit says it; a dash without one."""
    if figure is None:
        return "–"
    if metric.unit is Unit.SHARE:
        return percent(figure)
    if metric.unit is Unit.DAYS:
        return days_words(figure)
    return number_format(plain(figure))


def plain(number: float) -> float:
    """A number as it is written: without a point when it is whole."""
    return int(number) if number == int(number) else round(number, 2)


def days_words(days: float | None) -> str:
    """A median of days, which may lie half-way between two; a dash without one."""
    if days is None:
        return "–"
    number = plain(days)
    words = ngettext("%(n)s day", "%(n)s days", 1 if number == 1 else 2)
    return words % {"n": number_format(number)}


def behind_words(row: Told) -> str:
    """The number behind a figure."""
    some, all_ = round(row.value, 1), number_format(row.count)
    if row.metric.unit is Unit.DAYS:
        return _("the median of %(n)s") % {"n": all_}
    if row.metric.unit is Unit.MEAN:
        told = {"some": number_format(some, 0), "all": all_}
        return _("%(some)s for %(all)s pairs") % told
    if some != int(some) or row.metric.name == "reciprocity":
        return _("the mean of %(n)s pairs") % {"n": all_}
    return _("%(some)s of %(all)s") % {"some": number_format(some, 0), "all": all_}


def restated_words(row: Told | None) -> str:
    """That a figure was corrected, and what it said first; empty if it was not."""
    if row is None or row.restated_at is None:
        return ""
    return _("Corrected on %(day)s. It said %(first)s first.") % {
        "day": day_words(row.restated_at.date()),
        "first": figure_words(row.metric, row.was_figure),
    }


@dataclass(frozen=True)
class Card:
    """One metric of the page: its figure in words, and its chart or its bars."""

    reading: Reading
    chart: dict | None
    bars: dict | None

    @property
    def metric(self) -> Metric:
        return self.reading.metric

    @property
    def figure(self) -> str:
        now = self.reading.now
        return figure_words(self.metric, now.figure) if now else "–"

    @property
    def behind(self) -> str:
        return behind_words(self.reading.now) if self.reading.now else ""

    @property
    def restated(self) -> list[str]:
        """What is said of every figure drawn hollow."""
        rows = [*self.reading.weeks, *self.reading.parts]
        return [
            _("%(day)s: %(words)s") % {"day": day_words(row.as_of), "words": words}
            for row in rows
            if row and (words := restated_words(row))
        ]


def card(reading: Reading, labels: Mapping[str, str]) -> Card:
    """A metric with its last weeks as a line, or with a bar for each of its parts."""
    if reading.parts:
        bars = charts.shares([bar_of(row, labels) for row in reading.parts])
        return Card(reading, None, bars)
    return Card(reading, trend_chart(reading), None)


def bar_of(row: Told, labels: Mapping[str, str]) -> tuple:
    """One part of a figure as a bar, with the number behind it."""
    label = part_label(row.part, labels)
    if row.figure is None:
        return label, _("Not shown: too few"), None, None
    told = {"figure": figure_words(row.metric, row.figure), "behind": behind_words(row)}
    at = 100 * min(row.figure, 1)
    return label, _("%(figure)s, %(behind)s") % told, at, at


def part_label(part: str, labels: Mapping[str, str]) -> str:
    """What a part is called: a core outcome by its statement, a function or a site by
    its name."""
    return labels.get(part) or part.partition(":")[2] or part


def trend_chart(reading: Reading) -> dict:
    """The last twelve weeks of a figure; a corrected one is hollow."""
    metric, weeks = reading.metric, reading.weeks
    told = [row for row in weeks if row and row.figure is not None]
    desc = _("No figure so far.")
    if told:
        desc = _("From %(first)s on %(since)s to %(last)s on %(until)s.") % {
            "first": figure_words(metric, told[0].figure),
            "since": day_words(told[0].as_of),
            "last": figure_words(metric, told[-1].figure),
            "until": day_words(told[-1].as_of),
        }
    return trend(
        slugify(metric.name),
        title=_("%(figure)s, the last twelve weeks") % {"figure": metric.label},
        desc=desc,
        points=[point_of(row) for row in since_first(weeks)],
        words=lambda value: figure_words(metric, value),
        top=1 if metric.unit is Unit.SHARE else None,
        head=(_("As of"), _("Figure"), _("Behind it")),
    )


def since_first(weeks: list[Told | None]) -> list[Told | None]:
    """The weeks from the first with a row on; those between may have none."""
    return list(dropwhile(lambda row: row is None, weeks))


def point_of(row: Told | None) -> tuple:
    """One week of a trend; a night that never ran leaves a gap."""
    if row is None:
        return "–", None, False, ["–", "–"]
    cells = [figure_words(row.metric, row.figure), behind_words(row)]
    marked = row.restated_at is not None
    return day_words(row.as_of), row.figure, marked, cells


def health_cells(readings: Iterable[Reading], labels: Mapping[str, str]):
    """Every figure of the page as rows of a spreadsheet, under HEALTH_HEAD."""
    for reading in readings:
        for row in [*reading.weeks, *reading.parts]:
            if row:
                yield [
                    str(row.metric.label),
                    part_label(row.part, labels),
                    row.as_of,
                    figure_words(row.metric, row.figure),
                    row.value,
                    row.count,
                    row.restated_at and row.restated_at.date(),
                    figure_words(row.metric, row.was_figure) if row.restated_at else "",
                ]


def health_head() -> list[str]:
    return [
        _("Figure"),
        _("Of"),
        _("As of"),
        _("In words"),
        _("Value"),
        _("Behind it"),
        _("Corrected on"),
        _("It said first"),
    ]


def funnel_bars(funnel: Funnel) -> dict:
    """Out of all invited: solid who took a step, pale who waits for it."""
    return charts.shares([step_bar(step, funnel.invited) for step in funnel.steps])


def step_bar(step: Step, invited: int) -> tuple:
    words = _("%(done)s, and %(waiting)s waiting") if step.waiting else "%(done)s"
    told = {"done": number_format(step.done), "waiting": number_format(step.waiting)}
    done, so_far = step.done / invited, (step.done + step.waiting) / invited
    return step.label, words % told, 100 * done, 100 * so_far


def funnel_head() -> list[str]:
    return [
        _("Step"),
        _("Could take it"),
        _("Took it"),
        _("Waiting now"),
        _("Mentees among them"),
        _("Stopped before it"),
        _("Days it took, the median"),
        _("Days waited so far, the median"),
    ]


def step_cells(step: Step) -> list:
    """A step as a row of a spreadsheet, under `funnel_head`."""
    counts = [step.able, step.done, step.waiting, step.mentees, step.stopped]
    return [str(step.label), *counts, step.days, step.waited]


def patterns_chart(patterns: list[Pattern]) -> dict:
    """For each factor the difference in how many went well, with its interval."""
    edge = max(abs(at) for pattern in patterns for at in pattern.interval)
    edge = min(math.ceil(5 * edge) / 5, 1)
    return charts.intervals(
        "patterns",
        title=_("Pairs that went well: more of a factor against less of it"),
        desc=_(
            "For each factor a mark for the difference in points of a hundred, and a "
            "line for its interval. The dashed line says no difference."
        ),
        rows=[
            (str(p.label), None, p.interval[0], p.difference, p.interval[1], cells(p))
            for p in patterns
        ],
        scale=(-edge, edge),
        ticks=[(at, points(at)) for at in (-edge, -edge / 2, 0, edge / 2, edge)],
        rule=0,
        head=patterns_head(),
    )


def patterns_head() -> list[str]:
    return [
        _("Factor"),
        _("With more of it"),
        _("With less of it"),
        _("Difference, in points"),
        _("From"),
        _("To"),
    ]


def cells(pattern: Pattern) -> list[str]:
    """A factor's words in the table and in the export."""
    ends = [points(at) for at in (pattern.difference, *pattern.interval)]
    return [group_words(pattern.more), group_words(pattern.less), *ends]


def group_words(group: Group) -> str:
    """How a group went: how many of how many, the share, and its interval."""
    low, high = group.interval
    return _("%(good)s of %(pairs)s: %(share)s (%(low)s to %(high)s)") % {
        "good": group.good,
        "pairs": group.pairs,
        "share": percent(group.share),
        "low": percent(low),
        "high": percent(high),
    }


def points(difference: float) -> str:
    """A difference of shares in points of a hundred, with its sign."""
    whole = round(100 * difference)
    return f"{whole:+d}".replace("-", "−") if whole else "0"
