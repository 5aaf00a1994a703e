import django_tables2 as tables
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.accounts.prepared import prepared
from mentorship.ui.tables import NameColumn, SelectColumn, Table, in_order
from mentorship.ui.templatetags import ui

from .models import OfferedSkill, Participant, WantedSkill
from .models.profile import label_in

SHOWN = [
    *("is_mentor", "is_mentee", "capacity", "state"),
    *("function", "site", "job_title", "oriented_at"),
]
NOTHING = (None, "", [])
MISSING = {
    "profile": gettext_lazy("Profile not finished"),
    "orientation": gettext_lazy("Orientation not done"),
    "charter": gettext_lazy("Charter not agreed to"),
}


def people_rows(cohort):
    """The places of a cohort with all that the spreadsheet tells, in one query."""
    program = cohort.program_id
    return (
        Participant.objects.filter(cohort=cohort)
        .with_readiness()
        .select_related("user")
        .annotate(
            offered=_skills(OfferedSkill, program), wanted=_skills(WantedSkill, program)
        )
    )


@prepared
def people_shown(places: list, program):
    """The places with these keys and all that the page tells of them."""
    names = "given_name", "family_name", "email"
    return (
        Participant.objects.filter(pk__in=places)
        .with_readiness()
        .annotate(wanted=_skills(WantedSkill, program))
        .select_related("user")
        .only(*SHOWN, *(f"user__{name}" for name in names))
    )


def _skills(model, program):
    chosen = model.objects.filter(profile=OuterRef("user_id"), skill__program=program)
    return ArraySubquery(chosen.order_by("skill__slug").values("skill__labels"))


def now_words(place) -> list[str]:
    """Where a person stands: the state, or what a person who joined has still to do."""
    if place.state != Participant.State.JOINED:
        return [place.get_state_display()]
    return [MISSING[step] for step in place.missing] or [_("Ready")]


class PeopleTable(Table):
    select = SelectColumn()
    name = NameColumn(
        verbose_name=gettext_lazy("Name"),
        order_by=("user__family_name", "user__given_name", "pk"),
    )
    email = tables.Column(
        gettext_lazy("Email"), accessor="user__email", visible=False, default=""
    )
    sides = tables.Column(
        gettext_lazy("Side"), order_by=("is_mentee", "is_mentor", "pk")
    )
    wanted = tables.Column(
        gettext_lazy("Wants to work on"),
        orderable=False,
        empty_values=NOTHING,
        attrs={"td": {"class": "c-meta", "data-label": gettext_lazy("Wants")}},
    )
    offered = tables.Column(gettext_lazy("Offers"), orderable=False, visible=False)
    capacity = tables.Column(
        gettext_lazy("Capacity"), attrs={"td": {"class": "c-hide"}}
    )
    function = tables.Column(gettext_lazy("Function"), visible=False, default="")
    site = tables.Column(gettext_lazy("Site"), attrs={"td": {"class": "c-hide"}})
    state = tables.Column(gettext_lazy("Now"))

    class Meta(Table.Meta):
        order_by = ("name",)

    caption = gettext_lazy("People of this cohort")

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.program = program
        self.states: dict = {}

    def detailed(self, records):
        keys = [record.pk for record in records]
        return in_order(keys, people_shown(keys, self.program))

    def render_name(self, record):
        url = reverse("participants:person", args=[record.pk])
        detail = record.job_title or record.function
        return ui.person(record, side=record.side, detail=detail, url=url)

    def value_name(self, record):
        return record.name

    def render_sides(self, value):
        return _stacked(ui.role(side) for side in value)

    def value_sides(self, value):
        return ", ".join(str(ui.SIDES[side]) for side in value)

    def render_wanted(self, value):
        labels = [label_in(labels) for labels in value]
        if len(labels) < 3:
            return ", ".join(labels)
        more = {"first": labels[0], "second": labels[1], "n": len(labels) - 2}
        return _("%(first)s, %(second)s and %(n)d more") % more

    def value_wanted(self, value):
        return ", ".join(map(label_in, value))

    value_offered = value_wanted

    def render_state(self, record):
        key = record.state, *record.missing
        if key not in self.states:
            self.states[key] = self.draw_state(record)
        return self.states[key]

    def draw_state(self, record):
        looks = {
            Participant.State.JOINED: "notice" if record.missing else "steady",
            Participant.State.FINISHED: "plain",
            Participant.State.WITHDRAWN: "plain",
        }
        kind = looks.get(record.state, "line")
        sign = "check" if kind == "steady" else ""
        return _stacked(ui.tag(words, kind, sign) for words in now_words(record))

    def value_state(self, record):
        return ", ".join(map(str, now_words(record)))


def _stacked(parts):
    inner = format_html_join(mark_safe(" "), "{}", ((part,) for part in parts))
    return format_html('<span class="row gap-1">{}</span>', inner)
