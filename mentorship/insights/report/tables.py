"""Breakdowns as tables."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mentorship.ui.templatetags.ui import hush

from ..disclosure import ANY
from ..wording import BREAKDOWN_NAMES, wording_of
from .rows import Row


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
