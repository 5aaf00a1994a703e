"""A business measure in a chart: people of a cohort beside comparable others."""

from itertools import groupby

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mentorship.ui import charts
from milestones.models import MeasureValue

# Beside a small chart there is no room for more.
SHORT = {
    MeasureValue.Group.TAKING_PART: gettext_lazy("Taking part"),
    MeasureValue.Group.OTHERS: gettext_lazy("Others"),
}


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
        "latest": [(group.label, said(last)) for group, _f, last in ends_of(shown)],
        "kept_back": len(values) - len(shown),
    }


def drawn(measure, cohort, values) -> dict:
    """Then and now of each group: hollow before, filled now."""
    rows = [row(*ends) for ends in ends_of(values)]
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


def ends_of(values):
    """(group, its first value, its latest) of the groups that have one."""
    for group in MeasureValue.Group:
        mine = [value for value in values if value.group == group]
        if mine:
            yield group, mine[0], mine[-1]


def row(group, first, last):
    """One line of the chart; a single value stands alone."""
    single = first.pk == last.pk
    before = None if single else float(first.value)
    at = float(last.value)
    ends = (at,) if before is None else (before, at)
    cells = ("–" if single else said(first), said(last))
    return SHORT[group], before, min(ends), at, max(ends), cells


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
