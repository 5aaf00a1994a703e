"""The coordinator's lists: pairs, and the plans of a cohort so far."""

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.prepared import prepared
from mentorship.ui.tables import NameColumn, Table, in_order
from mentorship.ui.templatetags.ui import day, duo, moment, tag
from pairing import wording
from pairing.models import Pair, Round

LOOKS = {"pilot": "line", "active": "steady", "closing": "plain", "ended": "plain"}


@prepared
def pairs_shown(keys: list, now):
    """The pairs with these keys and all that the list tells of them."""
    people = "mentor__user", "mentee__user"
    parts = "given_name", "family_name", "email"
    names = [f"{person}__{part}" for person in people for part in parts]
    found = Pair.objects.filter(pk__in=keys).with_rhythm(now)
    return found.select_related(*people).only("state", "started_on", *names)


class PairTable(Table):
    caption = _("Pairs")
    pair = NameColumn(accessor="pk", verbose_name=_("Pair"), orderable=False)
    state = tables.Column(verbose_name=_("State"))
    started_on = tables.DateColumn(
        verbose_name=_("Since"), order_by=("started_on", "pk")
    )
    sessions = tables.Column(
        accessor="held", verbose_name=_("Sessions"), orderable=False
    )
    last_on = tables.Column(verbose_name=_("Last met"), orderable=False)
    next_at = tables.Column(verbose_name=_("Next"), orderable=False)

    class Meta(Table.Meta):
        model = Pair
        fields = ("pair", "state", "started_on", "sessions", "last_on", "next_at")
        sequence = fields
        # By name in the end: without an order, page two could repeat page one.
        order_by = ("started_on",)
        empty_text = _("There are no pairs yet.")

    def detailed(self, records):
        keys = [record.pk for record in records]
        return in_order(keys, pairs_shown(keys, timezone.now()))

    def render_pair(self, record):
        return format_html(
            '<span class="person">{} <a href="{}">{}</a></span>',
            duo(record),
            reverse("pairing:pair", args=[record.pk]),
            _("%(mentor)s and %(mentee)s")
            % {"mentor": record.mentor.name, "mentee": record.mentee.name},
        )

    def render_state(self, value, record):
        return tag(value, LOOKS[record.state])

    def render_started_on(self, value):
        return day(value)

    def render_last_on(self, value):
        return day(value)

    def render_next_at(self, value):
        return day(value)


class RoundTable(Table):
    """Every plan of a cohort that was worked out, from `history.rounds_of`; `names`
    maps ids to the places that changes were about."""

    caption = _("Plans so far")
    number = NameColumn(verbose_name=_("Plan"), order_by="number")
    at = tables.Column(verbose_name=_("Worked out"))
    by = tables.Column(verbose_name=_("By"), orderable=False)
    change = tables.Column(
        verbose_name=_("What was done"), orderable=False, empty_values=()
    )
    pairs = tables.Column(verbose_name=_("Pairs"))
    total = tables.Column(verbose_name=_("The whole, in points"))
    gap = tables.Column(verbose_name=_("How good"))
    weights = tables.Column(verbose_name=_("What counted"), orderable=False)
    again = tables.Column(accessor="pk", verbose_name=_("Look closer"), orderable=False)

    class Meta(Table.Meta):
        model = Round
        fields = (
            "number",
            "at",
            "by",
            "change",
            "pairs",
            "total",
            "gap",
            "weights",
            "again",
        )
        sequence = fields
        order_by = "-number"
        empty_text = _("No plan has been worked out yet.")

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names

    def render_change(self, value):
        return wording.what_was_done(value, self.names)

    def render_number(self, value, record):
        looks = {"proposed": "line", "published": "steady"}
        state = record.get_state_display()
        words = _("Plan %(number)d") % {"number": value}
        return format_html("{} {}", words, tag(state, looks.get(record.state, "plain")))

    def render_at(self, value):
        return moment(value)

    def render_by(self, value):
        return value.name

    def render_total(self, value):
        return round(100 * value)

    def render_gap(self, value):
        return wording.proof(value)

    def render_weights(self, value):
        return _("Number %(number)d") % {"number": value.number}

    def render_again(self, record):
        cohort, number = record.cohort_id, record.number
        return format_html(
            '<a href="{}">{}<span class="vh"> {number}</span></a> · '
            '<a href="{}?one={number}">{}<span class="vh"> {number}</span></a>',
            reverse("pairing:replay", args=[cohort, number]),
            _("Replay"),
            reverse("pairing:compare", args=[cohort]),
            _("Compare"),
            number=number,
        )
