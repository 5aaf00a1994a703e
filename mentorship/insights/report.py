"""The steering group's rows: what the page, its charts and its export all show.

Figures are read as `steer`, which can read the published schema and nothing else.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import PublishedFigure, PublishedPeriod

STEER = "steer"
LABELS = {
    "met": gettext_lazy("Met at least once"),
    "kept_rhythm": gettext_lazy("Met as often as planned, or more"),
    "sessions_per_pair": gettext_lazy("Sessions per pair, on average"),
    "reached_something": gettext_lazy("Reached or tried a milestone"),
    "reached_all_due": gettext_lazy("Reached or tried every milestone that was due"),
    "reflected": gettext_lazy("Looked back on a session in writing"),
    "both_reflected": gettext_lazy("Looked back on one, both sides"),
    "had_a_say": gettext_lazy("Had a say in who they were paired with"),
    "met_in_week": gettext_lazy("Met in the week"),
}
WEEKLY, MEAN, SAY = "met_in_week", "sessions_per_pair", "had_a_say"
LOWEST = {MEAN: 0, SAY: 1}  # where the scales of means begin


@dataclass(frozen=True)
class Row:
    """A published figure, told in words and drawn from its range."""

    figure: PublishedFigure

    @property
    def metric(self) -> str:
        return self.figure.metric

    @property
    def label(self) -> str:
        return str(LABELS[self.metric])

    @property
    def week(self) -> date | None:
        part = self.figure.part
        return date.fromisoformat(part) if self.metric == WEEKLY else None

    @property
    def is_mean(self) -> bool:
        return self.metric in LOWEST

    @property
    def is_planned(self) -> bool:
        """Whether the charter says how much is planned."""
        return self.metric == MEAN

    @property
    def shown(self) -> bool:
        return self.figure.low is not None

    @property
    def words(self) -> str:
        """The range in words, the same for every reason not to show it."""
        if not self.shown:
            return _("Not shown: too few")
        if not self.is_mean:
            return words(self.figure)
        told = mean_words(self.figure)
        return _("%(mean)s of 5") % {"mean": told} if self.metric == SAY else told

    @property
    def group(self) -> str:
        """How many pairs stand behind it, or people who answered."""
        if not self.shown:
            return ""
        behind = _("of %(low)s to %(high)s pairs")
        if self.metric == SAY:
            behind = _("%(low)s to %(high)s people answered")
        return behind % {"low": self.figure.size_low, "high": self.figure.size_high}

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
        told = [self.label, self.week, self.words, self.group]
        return [*told, figure.low, figure.high, figure.size_low, figure.size_high]


def export_head() -> list[str]:
    return [
        _("Figure"),
        _("Week from"),
        _("In words"),
        _("Behind it"),
        _("At least"),
        _("At most"),
        _("Behind it, at least"),
        _("Behind it, at most"),
    ]


def words(figure: PublishedFigure) -> str:
    """A count of pairs in words; its ends say neither nobody nor everybody."""
    low, high = number(figure.low), number(figure.high)
    if figure.low == 0:
        return _("%(high)s or fewer") % {"high": high}
    if figure.high == figure.size_high:
        return _("%(low)s or more") % {"low": low}
    if low == high:
        return low
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def mean_words(figure: PublishedFigure) -> str:
    """A mean to one decimal, or the end of the scale that it lies beyond."""
    if figure.low == figure.high:
        return number(figure.low, 1)
    if figure.low == LOWEST[figure.metric]:
        return _("at most %(high)s") % {"high": number(figure.high, 1)}
    return _("at least %(low)s") % {"low": number(figure.low, 1)}


def number(value, decimals: int = 0) -> str:
    return number_format(value, decimals)


def published_periods(program) -> list[PublishedPeriod]:
    """What the steering group may read of a program, the newest first."""
    periods = PublishedPeriod.objects.using(STEER).filter(program_id=program.pk)
    return list(periods.order_by("-starts_on"))


def rows_of(period: PublishedPeriod) -> list[Row]:
    """Every figure of a period, in reading order."""
    figures = PublishedFigure.objects.using(STEER).filter(period=period.pk)
    return [Row(figure) for figure in figures.order_by("position")]
