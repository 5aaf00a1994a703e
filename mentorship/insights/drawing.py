"""What the templates show, drawn: the report's rows, and a lesson's shares."""

import math
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mentorship.ui import charts
from mentorship.ui.templatetags.ui import day_words
from pairing.engine.learning import Share
from pairing.wording import NAMES

from .report import (
    ASKED,
    CORE,
    MEAN,
    WEEKLY,
    Row,
    Shift,
    rows_of,
    sentences,
    shifts_in,
    tables_in,
)
from .themes import themes_of

FACTS = ["met", "kept_rhythm", MEAN, *ASKED]
BARS = [
    "reached_something",
    "reached_all_due",
    "both_gained",
    "aligned",
    "reflected",
    "both_reflected",
]
# Told once, when cohorts are over.
OVERALL = ["completed", "reached_an_outcome"]


def picture_of(period, rows: list[Row], charter) -> dict:
    """Context of the report: the `facts`, `bars`, `weeks`, shifts and tables drawn from
    the rows, what is about `years`, the charter's targets beside their results, and
    whether anything about the roster is shown."""
    return beside(period, charter, figures_in(rows))


def published_picture(period, charter) -> dict:
    """`picture_of` a published period, whose figures are drawn once, and its
    `themes`."""
    this_year = timezone.localdate().year  # whose days are named without it
    return beside(period, charter, figures_once(period, get_language(), this_year))


@lru_cache(maxsize=16)  # of 1.2 MB where it has 800 rows
def figures_once(period, _language, _this_year) -> dict:
    """Figures and themes of a published period, kept by this process. Nobody may change
    a published row, so they stay true; nothing of a reader or a charter is in them.
    Whether the period may be read is asked anew each time, before."""
    return figures_in(rows_of(period)) | {"themes": themes_of(period)}


def figures_in(rows: list[Row]) -> dict:
    """What is drawn from rows alone, with the core outcomes' rows by slug as
    `results`."""
    whole = {row.metric: row for row in rows if row.is_whole and not row.about}
    weeks = [row for row in rows if row.metric == WEEKLY]
    return {
        "shown": any(row.shown for row in rows if not row.year),
        "whole": [row for row in whole.values() if not row.is_shift],
        "facts": [whole[metric] for metric in FACTS if metric in whole],
        "met": whole.get("met"),
        "bars": charts.shares([bar_of(whole[one]) for one in BARS if one in whole]),
        "overall": charts.shares([bar_of(whole[m]) for m in OVERALL if m in whole]),
        "weeks": weeks_chart(weeks),
        "shifts": shift_charts(shifts_in(rows, "then", "now")),
        "recalled": shift_charts(shifts_in(rows, "recalled", "after")),
        "tables": tables_in(rows),
        "years": [row for row in rows if row.year],
        "results": {row.about: row for row in rows if row.metric == CORE},
        "sentences": sentences(rows),
    }


def beside(period, charter, figures: dict) -> dict:
    """The figures with what the charter in force planned and aimed at."""
    return figures | {
        "planned": planned_words(period, charter),
        "targets": targets_of(charter, figures["results"]),
    }


def bar_of(row: Row) -> tuple:
    """A row as a bar of shares; without one where it is not shown."""
    return (row.label, row.words, *row.share)


def targets_of(charter, results: dict[str, Row]) -> list[tuple]:
    """(core outcome, row or None): what the charter aims at beside what was reached,
    from published rows only."""
    if charter is None:
        return []
    return [(one, results.get(one.slug)) for one in charter.outcomes.all()]


def shift_charts(shifts: list[Shift]) -> list[dict]:
    """Then and now for each side: its name, the dumbbells of what is shown, and the
    shifts in words."""
    sides = dict.fromkeys(shift.side for shift in shifts)
    return [shift_chart(side, [s for s in shifts if s.side == side]) for side in sides]


def shift_chart(side: str, shifts: list[Shift]) -> dict:
    shown = [shift for shift in shifts if shift.shown]
    return {
        "side": side,
        "shifts": shifts,
        "behind": shown[0].now.group if shown else "",
        "chart": charts.dumbbells(
            [
                (
                    f"{shift.label}: {shift.words}",
                    middle(shift.then),
                    middle(shift.now),
                    shift.then.words,
                    shift.now.words,
                    5,
                )
                for shift in shown
            ],
            before=_("Before"),
            now=_("Now"),
            side=side,
            ends=("1", "5"),
        ),
        "hidden": [shift.label for shift in shifts if not shift.shown],
    }


def middle(row: Row) -> float:
    """Where an average stands from 0 to 1 on its scale of 1 to 5; an open end stands
    at its bound."""
    figure = row.figure
    at = figure.high if figure.low == 1 else figure.low
    return (at - 1) / 4


def planned_words(period, charter) -> str:
    """How many sessions the charter in force plans in as many days."""
    if charter is None:
        return ""
    days = (period.ends_on - period.starts_on).days + 1
    return _("Planned: about %(n)s") % {"n": max(days // charter.rhythm_days, 1)}


def weeks_chart(rows: list[Row]) -> dict | None:
    """Pairs that met, week by week, as columns that end in a range."""
    if not rows or not all(row.shown for row in rows):
        return None
    points = [
        (day_words(row.week), row.words, row.figure.low, row.figure.high)
        for row in rows
    ]
    return charts.ranges(
        "weeks",
        title=_("Pairs that met, each week"),
        desc=_(
            "Columns for %(weeks)s weeks, each a range. First week: %(first)s pairs. "
            "Last week: %(last)s pairs."
        )
        % {"weeks": len(points), "first": points[0][1], "last": points[-1][1]},
        points=points,
        head=(_("Week from"), _("Pairs that met")),
    )


def lesson_chart(learned: dict[str, Share]) -> dict:
    """Each factor's share in use and suggested, with its rough interval."""
    top = math.ceil(10 * max(share.high for share in learned.values())) / 10
    ticks = [at / 10 for at in range(0, round(10 * top) + 1, 1 if top <= 0.5 else 2)]
    return charts.intervals(
        "lesson",
        title=_("Shares in use and suggested"),
        desc=_(
            "For each factor the share in use as a hollow mark, the suggested one as a "
            "filled mark and a line for the rough interval."
        ),
        rows=[
            (
                str(NAMES[name]),
                share.now,
                share.low,
                share.suggested,
                share.high,
                [
                    percent(share.now),
                    percent(share.suggested),
                    percent(share.low),
                    percent(share.high),
                ],
            )
            for name, share in learned.items()
        ],
        scale=(0, top),
        ticks=[(at, percent(at)) for at in ticks],
        head=(_("Factor"), _("In use"), _("Suggested"), _("From"), _("To")),
    )


def percent(share: float) -> str:
    """A share as whole percent in words."""
    return _("%(n)s %%") % {"n": round(100 * share)}
