"""The inclusion check in words: what was told about each group, and what it means."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.participants.attributes import ATTRIBUTES, Attribute
from mentorship.ui import charts
from pairing.engine.inclusion import (
    Reading,
    Spread,
    access_share,
    exposure,
    quality,
    rounded,
    selection,
)
from pairing.models import InclusionCheck

NAMES = {
    "selection": gettext_lazy("Paired at all"),
    "quality": gettext_lazy("How well they fit"),
    "exposure": gettext_lazy("Wanted mentors"),
}
SCALE = (0.5, 1.5)


@dataclass(frozen=True)
class Measure:
    """One of the three measures of a group: `told` in words, and the reading behind
    it if there is one; without words it is not shown."""

    name: str
    reading: Reading | None
    told: str = ""

    @property
    def label(self) -> str:
        return str(NAMES[self.name])

    @property
    def verdict(self) -> str:
        """What the interval and the exact test say together."""
        if self.reading.is_finding:
            return _("Worth a review: so large a difference is hardly chance.")
        if self.reading.chance < 0.05:
            return _("A difference, and a small one.")
        return _("No more than chance would show.")


@dataclass(frozen=True)
class Group:
    """A group beside the rest of those who answered the same question."""

    label: Any
    key: str
    cell: dict
    left_over: int

    @property
    def people(self) -> int:
        return rounded(self.cell["group"]["people"])

    @property
    def rest(self) -> int:
        return rounded(self.cell["rest"]["people"])

    @cached_property
    def measures(self) -> list[Measure]:
        return [self.selection(), self.quality(), self.exposure()]

    @property
    def is_finding(self) -> bool:
        return any(each.reading and each.reading.is_finding for each in self.measures)

    def selection(self) -> Measure:
        """Paired or left; shown when ten of each side were left, or nobody at all."""
        if not self.left_over:
            told = _("Every mentee of the cohort was paired.")
            return Measure("selection", None, told)
        left, rest_left = self.cell["left"], self.cell["rest_left"]
        if left is None or rest_left is None:
            return Measure("selection", None)
        paired, rest = self.cell["group"]["people"], self.cell["rest"]["people"]
        words = _(
            "%(some)s of about %(all)s were paired; of the rest %(rest)s of %(of)s."
        )
        told = words % {
            "some": rounded(paired),
            "all": rounded(paired + left),
            "rest": rounded(rest),
            "of": rounded(rest + rest_left),
        }
        return Measure(
            "selection", selection(paired, paired + left, rest, rest + rest_left), told
        )

    def quality(self) -> Measure:
        """The mean fit, and the lowest tenth where that is a hundred people's."""
        words = _("A fit of about %(ours)s of 100 on average; the rest %(theirs)s.")
        told = words % self.points("fit")
        if None not in {self.cell[side]["tenth"] for side in ("group", "rest")}:
            words = _("One in ten fits %(ours)s or less; of the rest, %(theirs)s.")
            told = f"{told} {words % self.points('tenth')}"
        reading = quality(self.side("fit"), self.rest_of("fit"))
        return Measure("quality", reading, told if reading else "")

    def exposure(self) -> Measure:
        """Access to wanted mentors against the share of the pool."""
        ours, theirs = self.side("access"), self.rest_of("access")
        access, pool = access_share(ours, theirs)
        words = _(
            "About %(access)s %% of the access to mentors whom many ask for, and "
            "%(pool)s %% of the people."
        )
        told = words % {
            "access": rounded(round(100 * access)),
            "pool": rounded(round(100 * pool)),
        }
        reading = exposure(ours, theirs)
        return Measure("exposure", reading, told if reading else "")

    def points(self, name: str) -> dict[str, int]:
        """Both sides' figure out of 100, in fives."""
        sides = {"ours": "group", "theirs": "rest"}
        return {
            word: rounded(round(100 * self.cell[side][name]))
            for word, side in sides.items()
        }

    def side(self, name: str) -> Spread:
        return spread(self.cell["group"], name)

    def rest_of(self, name: str) -> Spread:
        return spread(self.cell["rest"], name)

    @property
    def chart(self) -> dict | None:
        """The ratios that are shown, with their intervals."""
        shown = [each for each in self.measures if each.reading and each.reading.low]
        if not shown:
            return None
        return charts.intervals(
            self.key,
            title=_("%(group)s beside the rest") % {"group": self.label},
            desc=_("Each mark is a ratio; at 1 both fare alike."),
            rows=[row(each) for each in shown],
            scale=SCALE,
            ticks=[(at, number(at)) for at in (0.5, 0.8, 1, 1.25, 1.5)],
            rule=1,
            head=(_("Measure"), _("Ratio"), _("From"), _("To")),
        )


@dataclass(frozen=True)
class Comparison:
    """One attribute and the groups of it that are shown."""

    attribute: Attribute
    groups: list[Group]


def comparisons(check: InclusionCheck) -> list[Comparison]:
    """Every attribute, whether anything is shown of it or not: which ones are missing
    must tell nothing."""
    cells = {(cell["attribute"], cell["value"]): cell for cell in check.cells}
    return [
        Comparison(
            attribute,
            [
                Group(label, f"{slug}-{value}", cells[slug, value], check.left_over)
                for value, label in attribute.values.items()
                if (slug, value) in cells
            ],
        )
        for slug, attribute in ATTRIBUTES.items()
    ]


def spread(side: dict, name: str) -> Spread:
    """A stored mean with its deviation."""
    return Spread(side["people"], side[name], side[f"{name}_deviation"])


def row(measure: Measure) -> tuple:
    """A measure as a row of the chart, its figures in steps of five hundredths."""
    found = measure.reading
    low, at, high = (
        round(20 * each) / 20 for each in (found.low, found.ratio, found.high)
    )
    cells = [number(at), number(low), number(high)]
    return measure.label, None, low, at, high, cells


def number(value: float) -> str:
    """Two decimals in the reader's own notation."""
    return number_format(value, 2)
