"""Values of business measures from a CSV file: what each row says, or what to mend.

The columns are measure, cohort, group, day, value and people, in any order.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from milestones.models import MeasureValue

COLUMNS = ("measure", "cohort", "group", "day", "value", "people")
MOST_ROWS = 2000
MOST_BYTES = 256 * 1024
GROUPS = {
    "taking part": MeasureValue.Group.TAKING_PART,
    "others": MeasureValue.Group.OTHERS,
}
LARGEST = Decimal(10) ** 9
MOST_PEOPLE = 10_000_000


class Refused(Exception):
    """The file as a whole cannot be read; its text says what to do."""


class Unclear(Exception):
    """One cell cannot be read; its text says what to do."""


@dataclass(frozen=True)
class Row:
    """One row of the file: a value to keep, or `problem`, what to mend first."""

    number: int
    cells: tuple
    value: MeasureValue | None = None
    problem: str = ""

    @property
    def key(self) -> tuple:
        """What makes a value the same one, so that the later replaces the earlier."""
        value = self.value
        return value.measure_id, value.cohort_id, value.group, value.on


def read_values(text: str, *, measures, cohorts) -> list[Row]:
    """Every row with its value or its problem. Raises Refused."""
    known = {
        "measure": {
            word: one for one in measures for word in (fold(one.name), one.slug)
        },
        "cohort": {fold(one.name): one for one in cohorts},
    }
    rows, seen = [], {}
    for number, cells in records(text):
        row = read_row(number, cells, known)
        if row.value and row.key in seen:
            words = _("Row %(number)s says this already. Leave one of them out.")
            row = Row(number, row.cells, None, words % {"number": seen[row.key]})
        elif row.value:
            seen[row.key] = number
        rows.append(row)
    if not rows:
        raise Refused(_("There is no row below the column names."))
    return rows


def records(text: str, columns: Sequence[str] = COLUMNS) -> Iterator[tuple[int, dict]]:
    """(row number, {column: cell}) of every row that holds something. Raises Refused,
    also when one of the columns is missing."""
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise Refused(_("This is no text. Save the table as CSV and choose that file."))
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise Refused(_("This cannot be read as CSV. Save the table anew.")) from error
    head = [fold(cell) for cell in table[0]] if table else []
    if missing := [name for name in columns if name not in head]:
        words = _("These columns are missing in the first row: %(names)s.")
        raise Refused(words % {"names": ", ".join(missing)})
    if len(table) > MOST_ROWS + 1:
        raise Refused(_("Send at most 2,000 rows at once."))
    for number, cells in enumerate(table[1:], 2):
        if any(cell.strip() for cell in cells):
            padded = [cell.strip() for cell in cells] + [""] * len(head)
            found = dict(zip(head, padded, strict=False))
            yield number, {name: found[name] for name in columns}


def read_row(number: int, cells: dict, known: dict) -> Row:
    """The value of one row, or its first problem."""
    shown = tuple(cells.values())
    try:
        value = MeasureValue(
            measure=named(cells["measure"], known["measure"], _("a measure")),
            cohort=named(cells["cohort"], known["cohort"], _("a cohort")),
            group=named(cells["group"], GROUPS, _("a group")),
            on=a_day(cells["day"]),
            value=a_number(cells["value"]),
            people=people(cells["people"]),
        )
    except Unclear as unclear:
        return Row(number, shown, None, str(unclear))
    return Row(number, shown, value)


def named(cell: str, known: dict, what: str):
    if fold(cell) not in known:
        words = _("“%(cell)s” is not %(what)s here. Known: %(names)s.")
        names = ", ".join(sorted({str(one) for one in known})[:6])
        raise Unclear(words % {"cell": cell[:60], "what": what, "names": names})
    return known[fold(cell)]


def a_day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise Unclear(_("Write the day as 2026-03-31.")) from None


def a_number(cell: str) -> Decimal:
    """A plain number; a formula or a word is none."""
    try:
        number = Decimal(cell.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= LARGEST:
        raise Unclear(_("Write the value as a plain number, like 82.5."))
    return number.quantize(Decimal("0.001"))


def people(cell: str) -> int:
    if not (cell.isascii() and cell.isdecimal() and 0 < int(cell[:9]) < MOST_PEOPLE):
        raise Unclear(_("Say how many people are behind the value, at least 1."))
    return int(cell[:9])


def fold(cell: str) -> str:
    return " ".join(cell.casefold().split())
