"""What may be seen of a period: the one way from facts about people to figures."""

from collections.abc import Iterable, Sequence

from .audit import Seen, audited
from .groups import Roster
from .rows import told_of
from .shapes import Metric, Place, Release, Rule


def release(
    places: Iterable[Place],
    metrics: Sequence[Metric],
    rule: Rule | None = None,
    seen: Sequence[Seen] = (),
) -> Release:
    """The rows of a period, in the order of metrics, breakdowns and names of parts.

    Which rows there are depends on the roster and the declaration alone, and so does
    whether a count is shown before the audit; whether a mean is depends on who answered
    as well. What people outside the roster did or said changes nothing. `seen` are
    earlier releases that told of the same facts.
    """
    places, rule = tuple(places), rule or Rule()
    roster = Roster(places)
    told = [one for metric in metrics for one in told_of(roster, metric, rule)]
    left, dropped = audited(roster, metrics, told, rule, seen)
    rows = tuple(one.row for one in left)
    withheld = bool(dropped) and not any(row.shown for row in rows)
    return Release(rows, dropped, withheld)
