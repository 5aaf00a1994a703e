import django_tables2 as tables
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.accounts.models import AuditEntry
from mentorship.ui.tables import NameColumn, Table
from mentorship.ui.templatetags.ui import moment


class AuditTable(Table):
    """Who did what, newest first; details are facts, never anybody's words."""

    at = tables.Column(verbose_name=gettext_lazy("When"))
    by = tables.Column(
        verbose_name=gettext_lazy("Who"),
        order_by=("by__family_name", "by__given_name"),
    )
    verb = NameColumn(verbose_name=gettext_lazy("What"))
    changes = tables.Column(verbose_name=gettext_lazy("Details"), orderable=False)

    caption = gettext_lazy("What was done in this program")

    class Meta(Table.Meta):
        model = AuditEntry
        fields = ["verb", "by", "at", "changes"]
        order_by = "-at"
        empty_text = gettext_lazy("Nothing has been done here yet.")

    def render_at(self, value):
        return moment(value)

    def render_by(self, value):
        return value.name

    def render_verb(self, value):
        return capfirst(_(value))

    def render_changes(self, value, record):
        facts = [record.person] if record.person else []
        facts += [f"{name.replace('_', ' ')}: {said(to)}" for name, to in value.items()]
        return ", ".join(facts) or "–"


def said(value):
    """A fact of an entry in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):  # of ids, which say nothing to a person
        return len(value)
    return "–" if value is None else value
