"""A published figure in words."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..metrics.of_period import MEAN, WEEKLY
from ..metrics.of_year import CONCERNS
from ..models import Figure
from ..wording import THEME_NAMES, part_words, wording_of

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
