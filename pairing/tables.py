"""The coordinator's list of pairs."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mentorship.ui.tables import NameColumn, Table
from mentorship.ui.templatetags.ui import day, duo, tag
from pairing.models import Pair

LOOKS = {"pilot": "line", "active": "steady", "closing": "plain", "ended": "plain"}


class PairTable(Table):
    caption = _("Pairs")
    pair = NameColumn(accessor="pk", verbose_name=_("Pair"), orderable=False)
    state = tables.Column(verbose_name=_("State"))
    started_on = tables.DateColumn(verbose_name=_("Since"))
    sessions = tables.Column(
        accessor="held", verbose_name=_("Sessions"), orderable=False
    )
    last_on = tables.Column(verbose_name=_("Last met"), orderable=False)
    next_at = tables.Column(verbose_name=_("Next"), orderable=False)

    class Meta(Table.Meta):
        model = Pair
        fields = ("pair", "state", "started_on", "sessions", "last_on", "next_at")
        sequence = fields
        empty_text = _("There are no pairs yet.")

    def render_pair(self, record):
        return format_html(
            '<span class="person">{} <a href="{}">{}</a></span>',
            duo(record),
            reverse("pairing:pair", args=[record.pk]),
            _("%(mentor)s and %(mentee)s")
            % {"mentor": record.mentor.name, "mentee": record.mentee.name},
        )

    def render_state(self, record):
        return tag(record.get_state_display(), LOOKS[record.state])

    def render_started_on(self, value):
        return day(value)

    def render_last_on(self, value):
        return day(value)

    def render_next_at(self, value):
        return day(value)
