"""What the figures say, in a few sentences."""

from django.utils.translation import gettext as _

from ..wording import THEME_IN_SENTENCE
from .rows import SIDES, Row
from .shifts import shifts_in


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
