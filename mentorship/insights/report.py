"""The steering group's rows: what the page, its charts, CSV, PDF and mail all show.

Figures are read as `steer`, which can read the published schema and nothing else. The
drafts of a checked period are told by the same code, for the coordinator who looks at
them before they are published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from mentorship.ui.templatetags.ui import hush

from .disclosure import ANY
from .models import DraftFigure, Figure, PublishedFigure, PublishedPeriod
from .wording import (
    BREAKDOWN_NAMES,
    THEME_IN_SENTENCE,
    THEME_NAMES,
    part_words,
    wording_of,
)

STEER = "steer"
MEAN, WEEKLY, CORE = "sessions_per_pair", "met_in_week", "core"
CONCERNS = "concerns_in_time"
ASKED = ("had_a_say", "training_helped")
SIDES = ("mentee", "mentor")


@dataclass(frozen=True)
class Row:
    """A published figure, told in words and drawn from its range. A report asks some
    of the hundreds it has for the same word many times, so each is worked out once."""

    figure: Figure

    @cached_property
    def metric(self) -> str:
        """The metric's name, without the week, year or core outcome it is about."""
        return self.figure.metric.partition(":")[0]

    @property
    def about(self) -> str:
        """The week's first day, the year or the core outcome's slug; else empty."""
        return self.figure.metric.partition(":")[2]

    @property
    def label(self) -> str:
        label = str(wording_of(self.metric).label)
        if not self.year:
            return label
        return _("%(label)s, of all raised in %(year)s") % {
            "label": label,
            "year": self.year,
        }

    @property
    def how(self) -> str:
        return str(wording_of(self.metric).how)

    @property
    def breakdown(self) -> str:
        return self.figure.breakdown

    @property
    def is_whole(self) -> bool:
        return self.breakdown == "all"

    @cached_property
    def part(self) -> str:
        """The group in words."""
        return part_words(self.breakdown, self.figure.parts)

    @property
    def week(self) -> date | None:
        return date.fromisoformat(self.about) if self.metric == WEEKLY else None

    @property
    def year(self) -> str:
        """The calendar year that it is about, whatever the period; else empty."""
        return self.about if self.metric == CONCERNS else ""

    @cached_property
    def is_shift(self) -> bool:
        """Whether it is one end of a shift."""
        return self.metric.partition("_")[0] in THEME_NAMES

    @cached_property
    def is_answer(self) -> bool:
        """Whether people answered it for themselves, from 1 to 5."""
        return self.metric in ASKED or self.is_shift

    @property
    def is_mean(self) -> bool:
        return self.metric == MEAN or self.is_answer

    @property
    def is_planned(self) -> bool:
        """Whether the charter says how much is planned."""
        return self.metric == MEAN

    @property
    def shown(self) -> bool:
        return self.figure.low is not None

    @cached_property
    def words(self) -> str:
        """The range in words, the same for every reason not to show it."""
        if not self.shown:
            return _("Not shown: too few")
        if not self.is_mean:
            return words(self.figure)
        told = mean_words(self.figure, 1 if self.is_answer else 0)
        return _("%(mean)s of 5") % {"mean": told} if self.is_answer else told

    @cached_property
    def group(self) -> str:
        """How many pairs or concerns stand behind it, or people who answered."""
        if not self.shown:
            return ""
        low, high = self.figure.size_low, self.figure.size_high
        behind = _("of %(low)s to %(high)s pairs")
        if self.year:
            behind = _("of %(low)s to %(high)s concerns")
        if self.is_answer:
            behind = _("among the %(low)s to %(high)s people who answered")
            if low == high:
                behind = _("among the %(low)s people who answered")
        return behind % {"low": low, "high": high}

    @property
    def share(self) -> tuple[float | None, float | None]:
        """The smallest and largest share, in percent, that both ranges allow."""
        figure = self.figure
        if not self.shown:
            return None, None
        most = min(100, 100 * figure.high / figure.size_low)
        return 100 * figure.low / figure.size_high, most

    @property
    def cells(self) -> list:
        """The row of an export, under `export_head`."""
        figure = self.figure
        told = [self.label, self.about, self.part, self.words, self.group]
        return [*told, figure.low, figure.high, figure.size_low, figure.size_high]


def export_head() -> list[str]:
    return [
        _("Figure"),
        _("Week from, outcome or year"),
        _("Group"),
        _("In words"),
        _("Behind it"),
        _("At least"),
        _("At most"),
        _("Behind it, at least"),
        _("Behind it, at most"),
    ]


def words(figure: Figure) -> str:
    """A count of pairs in words; its ends say neither nobody nor everybody."""
    low, high = number(figure.low), number(figure.high)
    if figure.low == 0:
        return _("%(high)s or fewer") % {"high": high}
    if figure.high == figure.size_high:
        return _("%(low)s or more") % {"low": low}
    if low == high:
        return low
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def mean_words(figure: Figure, lowest: int) -> str:
    """A mean to one decimal, or the end of the scale that it lies beyond; the scale
    begins with `lowest`."""
    if figure.low == figure.high:
        return number(figure.low, 1)
    if figure.low == lowest:
        return _("at most %(high)s") % {"high": number(figure.high, 1)}
    return _("at least %(low)s") % {"low": number(figure.low, 1)}


def number(value, decimals: int = 0) -> str:
    return number_format(value, decimals)


# --------------------------------------------------------------------------- reading
def published_periods(program) -> list[PublishedPeriod]:
    """What the steering group may read of a program, the newest first."""
    periods = PublishedPeriod.objects.using(STEER).filter(program_id=program.pk)
    return list(periods.order_by("-starts_on"))


def rows_of(period) -> list[Row]:
    """Every figure of a published period, in reading order."""
    figures = PublishedFigure.objects.using(STEER).filter(period=period.pk)
    return [Row(figure) for figure in figures.order_by("position")]


def drafted_rows(period) -> list[Row]:
    """Every figure of a checked period as it will be published, in reading order."""
    return [Row(figure) for figure in DraftFigure.objects.filter(period=period.pk)]


# --------------------------------------------------------------- told from rows alone
@dataclass(frozen=True)
class Shift:
    """Two averages of the same people, and how far they lie apart: worked out from the
    published rows, so that it tells nothing they do not."""

    theme: str
    side: str  # mentor, mentee, or empty for everybody
    then: Row
    now: Row

    @property
    def label(self) -> str:
        return str(THEME_NAMES[self.theme])

    @property
    def shown(self) -> bool:
        return self.then.shown and self.now.shown

    @property
    def by(self) -> tuple[float, float]:
        """The smallest and the largest difference that both averages allow."""
        then, now = self.then.figure, self.now.figure
        return round(now.low - then.high, 1), round(now.high - then.low, 1)

    @property
    def words(self) -> str:
        """The difference with its sign; where an end is open, what is certain."""
        if not self.shown:
            return _("Not shown: too few")
        low, high = self.by
        if low == high:
            return signed(low)
        if self.then.figure.low == self.then.figure.high:
            at_least = self.now.figure.low > 1
            told = _("at least %(n)s") if at_least else _("at most %(n)s")
            return told % {"n": signed(low if at_least else high)}
        return _("between %(low)s and %(high)s") % {
            "low": signed(low),
            "high": signed(high),
        }


def signed(value: float) -> str:
    """A difference to one decimal, with a plus or a true minus."""
    if value < 0:
        return f"−{number(-value, 1)}"
    return f"+{number(value, 1)}" if value else number(0, 1)


def shifts_in(rows: Iterable[Row], then: str, now: str) -> list[Shift]:
    """Every theme for mentees and for mentors where both averages have a row, else for
    everybody; the last parts of the metrics' names say which two moments."""
    found = {(row.metric, *row.figure.parts): row for row in rows if row.is_answer}
    shifts = []
    for theme in THEME_NAMES:
        before, after = f"{theme}_{then}", f"{theme}_{now}"
        for side in sides_of(before, found):
            parts = (side,) if side else ()
            one, other = found.get((before, *parts)), found.get((after, *parts))
            if one and other:
                shifts.append(Shift(theme, side, one, other))
    return shifts


def sides_of(metric: str, found: dict) -> list[str]:
    """Mentees and mentors where they are told of apart; else everybody, as ""."""
    return [side for side in SIDES if (metric, side) in found] or [""]


@dataclass(frozen=True)
class Table:
    """A breakdown as a table: a line for each group, a column for each figure, whose
    name each cell repeats; what has no row of its own is not shown, like what is too
    small."""

    breakdown: str
    columns: list[str]
    lines: list[tuple[str, list[tuple[str, Row | None]]]]

    @property
    def title(self) -> str:
        return str(BREAKDOWN_NAMES[self.breakdown])

    @property
    def is_crossed(self) -> bool:
        """Whether it divides by two words at once."""
        return "," in self.breakdown

    @cached_property
    def body(self) -> SafeString:
        """The lines as HTML. What stands before a column's cells is written once: a
        template would go through it for each of hundreds."""
        opening = '<td class="end" data-label="{}">'
        opened = {label: format_html(opening, label) for label in self.columns}
        parts = []
        for part, cells in self.lines:
            parts += '<tr><th scope="row">', conditional_escape(part), "</th>"
            for label, row in cells:
                parts += opened[label], cell_of(row), "</td>"
            parts.append("</tr>\n")
        return mark_safe("".join(parts))


def cell_of(row: Row | None) -> SafeString:
    """What a breakdown says of one group, with how many stand behind it."""
    if row is None or not row.shown:
        return hush()
    told = '<span>{} <small class="muted">{}</small></span>'
    return format_html(told, row.words, row.group)


def tables_in(rows: list[Row]) -> list[Table]:
    """One for each breakdown that has rows, in the order of importance; shifts are
    drawn instead."""
    tables = []
    for breakdown in [name for name in BREAKDOWN_NAMES if name != "all"]:
        here = [r for r in rows if r.breakdown == breakdown and not r.is_shift]
        if here:
            tables.append(table_of(breakdown, here))
    return tables


def table_of(breakdown: str, rows: list[Row]) -> Table:
    """The rows of one breakdown as a table, the other groups last."""
    found = {(row.part, row.metric): row for row in rows}
    last = {row.part: ANY in row.figure.parts for row in rows}
    columns = list(dict.fromkeys(row.metric for row in rows))
    parts = sorted(last, key=lambda part: (last[part], part))
    labels = {name: str(wording_of(name).label) for name in columns}
    lines = [
        (part, [(label, found.get((part, name))) for name, label in labels.items()])
        for part in parts
    ]
    return Table(breakdown, list(labels.values()), lines)


def sentences(rows: list[Row]) -> list[str]:
    """What the figures say, in a few sentences made of nothing but published rows."""
    whole = {row.metric: row for row in rows if row.is_whole and not row.about}
    met, kept, say = whole.get("met"), whole.get("kept_rhythm"), whole.get("had_a_say")
    told = []
    if met and met.shown:
        told.append(how_many_met(met, kept))
    told += [sentence for side in SIDES if (sentence := moved_most(rows, side))]
    if say and say.shown:
        told.append(
            _(
                "Asked whether they had a say in who they were paired with, people "
                "answered %(say)s on average, %(group)s."
            )
            % {"say": say.words, "group": say.group}
        )
    return told


def how_many_met(met: Row, kept: Row | None) -> str:
    """How many pairs met, and how many of them as planned where that is shown."""
    told = _("Of %(low)s to %(high)s pairs, %(met)s met at least once.")
    if kept and kept.shown:
        told = _(
            "Of %(low)s to %(high)s pairs, %(met)s met at least once, and %(kept)s as "
            "often as planned, or more."
        )
    low, high = met.figure.size_low, met.figure.size_high
    counts = {"met": met.words, "kept": kept.words if kept else ""}
    return told % {"low": low, "high": high, **counts}


def moved_most(rows: list[Row], side: str) -> str:
    """In which theme one side's own estimates moved most, or nothing."""
    exact = [
        shift
        for shift in shifts_in(rows, "then", "now")
        if shift.side == side and shift.shown and shift.by[0] == shift.by[1] > 0
    ]
    if not exact:
        return ""
    most = max(exact, key=lambda shift: shift.by)
    told = {
        "mentee": _("Mentees who answered twice moved most in %(theme)s (%(by)s)."),
        "mentor": _("Mentors who answered twice moved most in %(theme)s (%(by)s)."),
    }
    return told[side] % {"theme": THEME_IN_SENTENCE[most.theme], "by": most.words}
