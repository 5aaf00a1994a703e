"""A business measure in a chart: people of a cohort beside comparable others."""

from itertools import groupby

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentorship.ui import charts
from milestones.models import MeasureValue


def compared(measure) -> list[dict]:
    """For each cohort its name, the chart of what may be shown, and whether something
    is kept back because fewer than ten people are behind it."""
    values = sorted(measure.values.all(), key=lambda v: (v.cohort.name, v.on))
    return [
        of_cohort(measure, cohort, list(group))
        for cohort, group in groupby(values, key=lambda value: value.cohort)
    ]


def of_cohort(measure, cohort, values) -> dict:
    shown = [value for value in values if value.is_shown]
    return {
        "cohort": cohort,
        "chart": drawn(measure, cohort, shown) if shown else None,
        "kept_back": len(values) - len(shown),
    }


def drawn(measure, cohort, values) -> dict:
    """Then and now of each group: hollow before, filled now."""
    rows = []
    for group in MeasureValue.Group:
        mine = [value for value in values if value.group == group]
        if mine:
            rows.append(row(group, mine[0], mine[-1]))
    ends = [end for _label, before, _low, at, *_ in rows for end in (before, at) if end]
    start, end = min([0.0, *ends]), max([0.0, *ends]) or 1.0
    title = _("%(measure)s, %(cohort)s") % {"measure": measure, "cohort": cohort.name}
    return charts.intervals(
        f"measure-{measure.pk}-{cohort.pk}",
        title=title,
        desc="; ".join(": ".join(map(str, (r[0], *r[-1][-2:]))) for r in rows),
        rows=rows,
        scale=(start, end),
        ticks=[(start, plain(start)), (end, plain(end))],
        head=("", _("First"), _("Latest")),
    )


def row(group, first, last):
    """One line of the chart; a single value stands alone."""
    single = first.pk == last.pk
    before = None if single else float(first.value)
    at = float(last.value)
    ends = (at,) if before is None else (before, at)
    cells = ("–" if single else said(first), said(last))
    return group.label, before, min(ends), at, max(ends), cells


def said(value) -> str:
    """A value with its day and the number of people behind it."""
    return _("%(value)s (%(people)s people, %(day)s)") % {
        "value": plain(value.value),
        "people": number_format(value.people),
        "day": date_format(value.on, pgettext("date format", "j F Y")),
    }


def plain(number) -> str:
    """A number without idle zeros, in the reader's notation."""
    return number_format(f"{number:f}".rstrip("0").rstrip(".") or "0")
