"""The places each shell leads to. A place whose page does not exist is left out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from mentorship.ui.addresses import address


@dataclass(frozen=True)
class Place:
    """One link of a navigation: `of` names the context variable its address needs."""

    key: str
    url_name: str
    of: str
    icon: str
    label: str
    counted: object = None

    def url(self, context):
        thing = context.get(self.of) if self.of else None
        if self.of and not getattr(thing, "pk", None):
            return None
        try:
            return address(self.url_name, *([thing.pk] if self.of else []))
        except NoReverseMatch:
            return None


COORDINATOR = [
    Place(
        "today",
        "home:cohort",
        "cohort",
        "home",
        _("Today"),
        ngettext_lazy("%(n)d thing waiting", "%(n)d things waiting", "n"),
    ),
    Place(
        "people",
        "participants:people",
        "cohort",
        "people",
        _("People"),
        ngettext_lazy("%(n)d person", "%(n)d people", "n"),
    ),
    Place(
        "pairing",
        "pairing:workbench",
        "cohort",
        "match",
        _("Pairing"),
        ngettext_lazy("%(n)d person unmatched", "%(n)d people unmatched", "n"),
    ),
    Place(
        "pairs",
        "pairing:pairs",
        "cohort",
        "pair",
        _("Pairs"),
        ngettext_lazy("%(n)d pair", "%(n)d pairs", "n"),
    ),
    Place("stage", "charter:cohort", "cohort", "cal", _("Stage and dates")),
    Place("reminders", "charter:cohort_reminders", "cohort", "bell", _("Reminders")),
    Place("charter", "charter:charter", "program", "doc", _("Charter")),
    Place("playbooks", "library:own", "program", "book", _("Playbooks")),
    Place("lessons", "milestones:lessons", "program", "flag", _("Lessons")),
    Place("growth", "feedback:measures", "program", "leaf", _("Growth questions")),
    Place("measures", "milestones:measures", "program", "road", _("Business measures")),
    Place("insight", "insights:health", "program", "tilt", _("How it goes")),
    Place("report", "insights:report", "program", "chart", _("Report")),
    Place("stories", "insights:stories", "program", "chat", _("Stories")),
    Place("roles", "charter:roles", "program", "shield", _("Roles")),
    # Without a count, so that a shared screen tells nobody that somebody wrote.
    Place("confidence", "feedback:concerns", "", "lock", _("In confidence")),
    Place("mail", "ops:delivery", "program", "mail", _("Mail sent")),
    Place("demo", "demo:mail", "", "mail", _("Mail of the demo")),
]

PERSON = [
    Place("today", "home:me", "", "home", _("Home")),
    Place("pair", "pairing:pair", "pair", "road", _("Your pair")),
    Place("log", "home:log", "pair", "pen", _("Log")),
    Place("ideas", "library:ideas", "", "book", _("Ideas")),
    Place("profile", "participants:profile", "", "people", _("Profile")),
]

STEERING = [
    Place("report", "insights:report", "program", "chart", _("Report")),
    Place("charter", "charter:charter", "program", "doc", _("Charter")),
]


def links(places, context):
    """The places that exist, as dicts for a template, the current one marked."""
    counts = context.get("counts") or {}
    found = []
    for place in places:
        url = place.url(context)
        if url is None:
            continue
        count = counts.get(place.key)
        found.append(
            {
                "url": url,
                "label": place.label,
                "icon": place.icon,
                "current": place.key == context.get("nav"),
                "count": count,
                "counted": place.counted % {"n": count}
                if place.counted and count is not None
                else "",
            }
        )
    return found
