"""How far averages have moved: worked out from published rows alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..wording import THEME_NAMES
from .rows import SIDES, Row, number


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
