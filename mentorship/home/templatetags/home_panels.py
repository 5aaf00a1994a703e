"""What several apps say together on pages of one of them: {% load home_panels %}."""

from django import template
from django.utils import timezone

from mentorship.home.digest import what_waits
from mentorship.home.suggestions import SHEETS, suggestions
from mentorship.library.models import ItemVersion
from mentorship.ui import navigation
from milestones.models import fetch_work
from pairing.models import Pair, Session

register = template.Library()

FEW = 3


def own_pairs(user, side):
    """The pairs in which this person is on a side that the sheet is for."""
    mine = {"mentor": {"mentor__user": user}, "mentee": {"mentee__user": user}}
    if side in mine:
        return Pair.objects.filter(**mine[side])
    return Pair.objects.of(user)


@register.inclusion_tag("home/_playbook.html")
def playbook(pair, user, suggested=None, brief=False):
    """An idea for the next session and why, and questions on the last one. A page of
    several pairs hands in what it has `suggested` to each; `brief` leaves out steps."""
    if not pair.is_running:
        return {}
    fetch_work([pair], "promises")
    suggested = suggestions([pair], user) if suggested is None else suggested
    held = pair.held_sessions
    return {
        "pair": pair,
        "brief": brief,
        "suggestion": suggested.get(pair.pk),
        "open_promises": any(not item.done_at for item in pair.promises.all()),
        "last": held[0] if held else None,
        "sheet": SHEETS[pair.side_of(user)],
    }


@register.inclusion_tag("home/_guided_sessions.html")
def sessions_to_look_back_on(text, user):
    """Of a reflection sheet: the reader's last sessions to answer it for."""
    if text.version.kind != ItemVersion.Kind.SHEET:
        return {}
    side = text.version.side
    held = Session.objects.held().filter(pair__in=own_pairs(user, side))
    people = ("pair__mentor__user", "pair__mentee__user")
    sessions = list(held.select_related(*people)[:FEW])
    for session in sessions:
        session.partner = session.pair.partner_of(user)
    return {"sheet": text.item.slug, "sessions": sessions}


@register.inclusion_tag("ui/_tabs.html", takes_context=True)
def tabs_with_pair(context):
    """The tab bar on pages below the pair, with the tabs of the reader's first one."""
    pair = Pair.objects.of(context["request"].user).running().first()
    places = {"pair": pair, "nav": context.get("nav")}
    return {"links": navigation.links(navigation.PERSON, places)}


@register.simple_tag
def sheet_for(pair, user):
    """The slug of the sheet with which this side looks back."""
    return SHEETS[pair.side_of(user)]


@register.simple_tag
def waiting_for(user, cohort_id):
    """What waits for somebody in a cohort now, for their one mail a week."""
    return what_waits(user, cohort_id, timezone.now())
