"""The base of every list: 25 rows, sortable, cards on a phone, rows to tick."""

import django_tables2 as tables
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.ui.names import name_of

BULK_FORM = "bulk"


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
            _("Select %(name)s") % {"name": name_of(record)},
        )


class NameColumn(tables.Column):
    """The column that names the row, drawn as the row's heading."""

    names_the_row = True


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

    def body(self):
        """This page's rows as HTML. The tags around a column's cells are written once:
        a template would go through them for each cell, which is half of a page."""
        tags = {bound.name: self._tags(bound) for bound in self.columns}
        parts = []
        for row in self.paginated_rows:
            parts.append("<tr>")
            for bound, cell in row.items():
                opened, closed = tags[bound.name]
                parts += opened, conditional_escape(cell), closed
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
