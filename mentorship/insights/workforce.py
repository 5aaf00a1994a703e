"""Totals of the workforce: what each row of a CSV file says, or what to mend in it; and
who takes part of them.

The columns are kind, name and people, in any order. All rows are kept or none.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mentorship.charter.models import Program
from milestones.values import Refused, Unclear, fold, people, records

from .metrics.told import told
from .models import DailyMetric, WorkforceTotal

COLUMNS = ("kind", "name", "people")
LONGEST = WorkforceTotal._meta.get_field("name").max_length


@dataclass(frozen=True)
class Row:
    """One row of the file: a total to keep, or `problem`, what to mend first."""

    number: int
    total: WorkforceTotal | None = None
    problem: str = ""


@dataclass(frozen=True)
class Reached:
    """A total, and how many of it take part; None while that may not be told."""

    total: WorkforceTotal
    taking_part: int | None


def read_totals(text: str) -> list[Row]:
    """Every row with its total or its problem. Raises Refused."""
    rows: list[Row] = []
    seen: dict[tuple, int] = {}
    for number, cells in records(text, COLUMNS):
        try:
            total = read_total(cells)
        except Unclear as unclear:
            rows.append(Row(number, problem=str(unclear)))
            continue
        key = total.kind, fold(total.name)
        if key in seen:
            words = _("Row %(number)s says this already. Leave one of them out.")
            rows.append(Row(number, problem=words % {"number": seen[key]}))
        else:
            seen[key] = number
            rows.append(Row(number, total))
    if not rows:
        raise Refused(_("There is no row below the column names."))
    return rows


def read_total(cells: dict) -> WorkforceTotal:
    """The total of one row. Raises Unclear."""
    kind, name = fold(cells["kind"]), " ".join(cells["name"].split())
    if kind not in WorkforceTotal.Kind.values:
        raise Unclear(_("Write “function” or “site” as its kind."))
    if not 0 < len(name) <= LONGEST:
        raise Unclear(_("Give it a name of at most 120 letters."))
    return WorkforceTotal(kind=kind, name=name, people=how_many(cells["people"]))


def how_many(cell: str) -> int:
    try:
        return people(cell)
    except Unclear:
        words = _("Write how many people work there as a number, at least 1.")
        raise Unclear(words) from None


def reached(program: Program) -> list[Reached]:
    """The newest total of every function and site, with the newest figure of reach."""
    newest: dict[tuple, WorkforceTotal] = {}
    totals = WorkforceTotal.objects.filter(program=program)
    for total in totals.order_by("kind", "name", "-counted_on"):
        newest.setdefault((total.kind, fold(total.name)), total)
    rows = DailyMetric.objects.newest(program).filter(name="reach")
    there = {one.part: int(one.value) for one in told(rows) if one.figure is not None}
    return [
        Reached(total, there.get(f"{total.kind}:{total.name}"))
        for total in newest.values()
    ]
