import django_tables2 as tables
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.outbox.models import Notice
from mentorship.ui.tables import NameColumn, Table
from mentorship.ui.templatetags.ui import moment, tag

LOOKS = {"dead": "urgent", "sent": "steady", "skipped": "line"}
RETRY_FORM = "retry"


class NoticeTable(Table):
    """Mail of a program by kind, reader, time and delivery; never what it says."""

    caption = gettext_lazy("Mail of this program")
    recipient = NameColumn(
        verbose_name=gettext_lazy("To"), empty_values=(), orderable=False
    )
    kind = tables.Column(verbose_name=gettext_lazy("About"))
    # Mails of one moment keep their places on the page.
    due_at = tables.Column(verbose_name=gettext_lazy("Due"), order_by=("due_at", "pk"))
    state = tables.Column(verbose_name=gettext_lazy("Delivery"))
    again = tables.Column(
        verbose_name="",
        accessor="pk",
        orderable=False,
        attrs={"td": {"class": "c-end"}},
    )

    class Meta(Table.Meta):
        model = Notice
        fields = ("recipient", "kind", "due_at", "state", "again")
        empty_text = gettext_lazy("No mail of this kind.")

    def __init__(self, *args, now, **kwargs):
        self.now = now
        super().__init__(*args, **kwargs)

    def render_recipient(self, record):
        return record.addressee

    def render_due_at(self, value):
        return moment(value)

    def render_state(self, value, record):
        word = tag(value, LOOKS.get(record.state, "plain"))
        why = " · ".join(filter(None, [*reasons(record), record.last_error]))
        return mark_safe(f'{word} <small class="s muted">{escape(why)}</small>')

    def render_again(self, record):
        if not record.is_retriable(self.now):
            return ""
        return format_html(
            '<button class="btn btn--s" form="{}" formaction="{}">{}'
            '<span class="vh">: {}</span></button>',
            RETRY_FORM,
            reverse("ops:retry", args=[record.program_id, record.pk]),
            _("Try again"),
            record.addressee,
        )


def reasons(notice):
    """Why it was not sent and what went wrong, in words."""
    if because := notice.skipped_because:
        yield str(Notice.Skipped(because).label)
    if trouble := notice.trouble:
        yield str(Notice.Trouble(trouble).label)
