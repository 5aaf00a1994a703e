"""The base of every list: 25 rows, sortable, cards on a phone, rows to tick."""

from functools import cached_property

import django_tables2 as tables
from django.db.models import Model
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2.utils import Accessor, signature

from mentorship.ui.names import name_of

BULK_FORM = "bulk"


def in_order(keys: list, rows: list) -> list:
    """The rows with these primary keys, as the keys stand."""
    found = {row.pk: row for row in rows}
    return [found[key] for key in keys if key in found]


class SelectColumn(tables.Column):
    """A box to tick, named `select`, that belongs to the bulk bar's form."""

    def __init__(self, accessor="pk", **extra):
        super().__init__(accessor=accessor, orderable=False, **extra)

    @property
    def header(self):
        """The box that ticks all; only a script can do that, so it waits for one."""
        return format_html(
            '<label class="hit" data-all-label hidden><input class="check" '
            'type="checkbox" data-all><span class="vh">{}</span></label>'
            '<span class="vh">{}</span>',
            _("Select all on this page"),
            _("Select"),
        )

    def render(self, value, record, bound_column):
        return format_html(
            '<label class="hit"><input class="check" type="checkbox" name="{}" '
            'value="{}" form="{}"><span class="vh">{}</span></label>',
            bound_column.name,
            value,
            BULK_FORM,
            self.words % {"name": name_of(record)},
        )

    @cached_property
    def words(self):
        """Of this table, which is drawn in one language."""
        return _("Select %(name)s")


class NameColumn(tables.Column):
    """The column that names the row, drawn as the row's heading."""

    names_the_row = True


class Drawing:
    """How the cells of one column are drawn, found out once a page.

    django-tables2 asks for each cell anew which method draws it, what that wants to
    know, and whether its field has choices: a third of what a list costs.
    """

    def __init__(self, table, bound):
        known = {"column": bound.column, "bound_column": bound, "table": table}
        wanted, _rest = signature(bound.render)
        self.render = bound.render
        self.known = {name: known[name] for name in wanted if name in known}
        self.takes = [name for name in ("value", "record") if name in wanted]
        self.accessor = Accessor(bound.accessor)
        self.is_plain = len(self.accessor.bits) == 1
        self.in_words = f"get_{bound.accessor}_display"
        self.default, self.empty = bound.default, bound.column.empty_values
        self.drawn: dict = {}
        self.said: dict = {}

    def cell(self, record) -> str:
        """A record's cell as HTML."""
        value = self.value(record)
        if "record" in self.takes or value.__hash__ is None:
            return conditional_escape(self.draw(value, record))
        if value not in self.drawn:  # a column of states has four different cells
            self.drawn[value] = conditional_escape(self.draw(value, record))
        return self.drawn[value]

    def value(self, record):
        """What the column says of a record; a choice in words, nothing if it lacks."""
        if in_words := getattr(record, self.in_words, None):
            return self.once(getattr(record, self.accessor), in_words)
        if self.is_plain and isinstance(record, Model):
            return getattr(record, self.accessor, None)
        return self.accessor.resolve(record, quiet=True)

    def once(self, choice, in_words):
        """A choice in words; Django translates all that there are to find one."""
        if choice not in self.said:
            self.said[choice] = in_words()
        return self.said[choice]

    def draw(self, value, record):
        if value in self.empty:
            return self.default
        given = {"value": value, "record": record}
        return self.render(**self.known, **{name: given[name] for name in self.takes})


class Table(tables.Table):
    """The base table. Inherit `Meta` too: `class Meta(Table.Meta)`.

    A column's `attrs={"td": {"class": "c-hide"}}` chooses how it shows on a phone:
    `c-meta` (the default) under its label, `c-hide` not at all, `c-end` at the end.
    """

    class Meta:
        template_name = "ui/table.html"
        attrs = {"class": "table table--cards"}
        per_page = 25
        default = "–"
        empty_text = gettext_lazy("Nothing here yet.")

    caption = ""

    def detailed(self, records: list) -> list:
        """The records of this page, with whatever its cells tell of them. A list whose
        rows are costly finds keys in the right order, and fetches the rest here."""
        return records

    def body(self):
        """This page's rows as HTML. The tags around a column's cells are written once:
        a template would go through them for each cell, which is half of a page."""
        columns = [(*self._tags(each), Drawing(self, each)) for each in self.columns]
        parts = []
        for record in self.detailed([row.record for row in self.paginated_rows]):
            parts.append("<tr>")
            for opened, closed, drawing in columns:
                parts += opened, drawing.cell(record), closed
            parts.append("</tr>\n")
        return mark_safe("".join(parts))

    def heads(self):
        """The header cells: words, sort address parts, state and class."""
        for bound in self.columns:
            order = bound.order_by_alias
            sorted_as = "descending" if order.is_descending else "ascending"
            yield {
                "header": bound.header,
                "classes": self._look(bound)["classes"],
                "next": order.next if bound.orderable else "",
                "sorted": sorted_as if bound.is_ordered else "",
            }

    def _tags(self, bound) -> tuple[str, str]:
        """What stands before and behind each cell of a column."""
        look = self._look(bound)
        if look["heading"]:
            return format_html('<th scope="row" class="{classes}">', **look), "</th>"
        if look["label"]:
            opened = '<td class="{classes}" data-label="{label}">'
            return format_html(opened, **look), "</td>"
        return format_html('<td class="{classes}">', **look), "</td>"

    def _look(self, bound):
        column = bound.column
        own = column.attrs.get("td", {})
        if isinstance(column, SelectColumn):
            return {"heading": False, "classes": "c-check", "label": ""}
        if getattr(column, "names_the_row", False):
            return {"heading": True, "classes": own.get("class", ""), "label": ""}
        return {
            "heading": False,
            "classes": own.get("class", "c-meta"),
            "label": own.get("data-label", bound.header),
        }
