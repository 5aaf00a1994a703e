"""What the templates show, drawn: the report's rows, and a lesson's shares."""

import math

from django.utils.translation import gettext as _

from mentorship.ui import charts
from mentorship.ui.templatetags.ui import day_words
from pairing.engine.learning import Share
from pairing.wording import NAMES

from .report import MEAN, SAY, WEEKLY, Row

FACTS = ["met", "kept_rhythm", MEAN, "reflected", SAY]
BARS = ["reached_something", "reached_all_due", "reflected", "both_reflected"]


def picture_of(period, rows: list[Row], charter) -> dict:
    """Context of the report: every figure of the `whole` period, the `facts`, `bars`
    and `weeks` drawn from them, and whether anything is shown."""
    found = {row.metric: row for row in rows if row.metric != WEEKLY}
    return {
        "shown": any(row.shown for row in rows),
        "whole": list(found.values()),
        "facts": [found[metric] for metric in FACTS],
        "met": found["met"],
        "kept": found["kept_rhythm"],
        "planned": planned_words(period, charter),
        "bars": charts.shares(
            [
                (found[metric].label, found[metric].words, *found[metric].share)
                for metric in BARS
            ]
        ),
        "weeks": weeks_chart([row for row in rows if row.metric == WEEKLY]),
    }


def planned_words(period, charter) -> str:
    """How many sessions the charter in force plans in as many days."""
    if charter is None:
        return ""
    days = (period.ends_on - period.starts_on).days + 1
    return _("Planned: about %(n)s") % {"n": max(days // charter.rhythm_days, 1)}


def weeks_chart(rows: list[Row]) -> dict | None:
    """Pairs that met, week by week, as columns that end in a range."""
    if not rows or not rows[0].shown:
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
