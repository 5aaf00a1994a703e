"""One row of the table of targets: what is demanded, what was measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A demand with its target and what was measured; `why` explains a miss."""

    demand: str
    target: str
    measured: str
    met: bool
    missed_by: str = ""
    note: str = ""
    why: str = ""


def at_most(demand: str, limit: float, value: float, *, note="", why="") -> Row:
    """A row that is met up to the limit."""
    over = value / limit if limit else value
    missed = f"by {over - 1:.0%}" if over < 2 else f"{over:.3g} times as much"
    return Row(
        demand, f"≤ {limit:g}", f"{value:.3g}", value <= limit, missed, note, why
    )


def at_least(demand: str, limit: float, value: float, *, note="", why="") -> Row:
    """A row that is met from the limit up; told to as many digits as tell it apart."""
    digits = f"{value:.7f}" if 0.999 < limit < 1 else f"{value:.3g}"
    missed = f"{1 - value / limit:.2g} of it" if limit else digits
    return Row(demand, f"≥ {limit:g}", digits, value >= limit, missed, note, why)


def holds(demand: str, target: str, measured: str, met: bool, *, note="") -> Row:
    """A row that is met or not, without a figure to miss it by."""
    return Row(demand, target, measured, met, "not met", note)
