"""What other apps' pages show of a pair: {% load pairing_panels %}.

Panels read `pair.sessions.all()`; a page with several pairs fetches it beforehand.
"""

from datetime import timedelta
from functools import lru_cache

from django import template
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mentorship.accounts.fields import is_written
from mentorship.accounts.prepared import prepared
from mentorship.ui.addresses import address
from mentorship.ui.templatetags.ui import day, day_words, icon, role, zone_words
from pairing import links, openness
from pairing.appointments import video_room
from pairing.forms.session import ICONS, TOPICS
from pairing.models import NotebookEntry, Pair, Session
from pairing.models.health import gravest_told
from pairing.permissions import can_confirm, can_work_in
from pairing.wording import care

register = template.Library()

ASKED_FOR = timedelta(days=14)
# With the next session planned there may be nothing to do about these.
SETTLED_BY_A_PLAN = {"first session late", "quiet", "canceled"}


@register.inclusion_tag("pairing/_next_session.html", takes_context=True)
def next_session(context, pair, user, prepare=""):
    """The next session on a deep ground, with the address where one can `prepare`, or
    the invitation to find a time; and the time that one of the two has proposed."""
    return {
        **proposed_time(context, pair, user),
        "session": pair.next_session,
        "prepare": prepare,
    }


@register.inclusion_tag("pairing/_proposed_time.html", takes_context=True)
def proposed_time(context, pair, user, session=None):
    """A proposed time, for one of the two to answer and the other to change; nothing
    without one."""
    proposed = session or pair.proposed_session
    place = pair.place_of(user)
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "user": user,
        "proposed": proposed,
        "own": bool(proposed and place and proposed.proposed_by_id == place.pk),
        "can_work": can_work_in(user, pair),
        "csrf_token": context["csrf_token"],
    }


@register.filter
def room(session):
    """The address of the session's video room, or ""."""
    return video_room(session)


@register.inclusion_tag("pairing/_unlogged.html", takes_context=True)
def unlogged(context, pair):
    """One question for each planned session of which nobody has said how it went."""
    return {
        "pair": pair,
        "sessions": pair.unlogged,
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("pairing/_to_confirm.html", takes_context=True)
def to_confirm(context, pair, user):
    """The partner's newest word on a session, to confirm in one tap; silence is fine,
    so that an old one is not shown."""
    since = timezone.now() - ASKED_FOR
    told = [s for s in pair.sessions.all() if can_confirm(user, s)]
    told = [s for s in told if s.logged_at >= since]
    return {
        "pair": pair,
        "session": max(told, key=lambda s: s.logged_at, default=None),
        "partner": pair.partner_of(user),
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("pairing/_pilot_prompt.html")
def pilot_prompt(pair, user):
    """The pilot question, for its reader alone; needs `with_pilot_question`."""
    return {"pair": pair, "partner": pair.partner_of(user)}


@register.inclusion_tag("pairing/_care.html")
def care_for(pair, user):
    """The one thing that could help a pair now, for its reader: the gravest of what
    they were told. A page with several pairs calls `fetch_care` beforehand."""
    place, reason = pair.place_of(user), gravest_told(pair, user)
    if reason is None or not pair.is_running:
        return {"reason": None}
    words, partner = care.WORDS[reason.reason], pair.partner_of(user)
    return {
        "reason": reason,
        "pair": pair,
        "place": place,
        "partner": partner,
        "words": words.to(partner.short_name),
        "action": words.action,
        "url": care.address_of(reason.reason, pair, place),
        "settled": pair.next_session if reason.reason in SETTLED_BY_A_PLAN else None,
    }


@register.simple_tag
def care_words(reason, partner):
    """A reason's title and suggestion, for a mail."""
    return care.WORDS[reason].to(partner)


@register.inclusion_tag("pairing/_workspace_card.html")
def workspace_card(pair):
    """The way to the pair's workspace and how much lies there; inside acting_as."""
    return {"pair": pair, "kept": kept_in(pair)[0]}


@prepared
def kept_in(pair):
    kinds = ("notes", "links", "files")
    counts = {kind: Count(kind, distinct=True) for kind in kinds}
    return Pair.objects.filter(pk=pair.pk).order_by().values("pk").annotate(**counts)


@register.inclusion_tag("pairing/_notebook.html")
def notebook_card(user):
    """The newest page of one's own notebook; inside acting_as."""
    return {"page": next(iter(newest_page(user)), None)}


@prepared
def newest_page(user):
    return NotebookEntry.objects.visible_to(user)[:1]


@register.inclusion_tag("pairing/_say_before.html")
def say_before(place, now):
    """What somebody who waits can say; for places of `openness.with_pairing`."""
    return {
        "place": place,
        "may_wish": place.is_mentee and not openness.why_no_wishes(place, now),
        "may_limit": place.is_mentor,
    }


@register.filter
def topic(words):
    """A session's topic: an outcome's title, or one of the two fixed words."""
    return TOPICS.get(words, words)


@register.simple_tag
def session_rows(sessions, pair):
    """The held sessions of a pair as rows of its list: when, how, what about and useful
    to whom; inside acting_as."""
    sides = {
        side: role(side, getattr(pair, side).short_name)
        for side in ("mentor", "mentee")
    }
    return mark_safe("\n".join(session_row(one, sides) for one in sessions))


def session_row(session, sides: dict[str, str]) -> str:
    """One of them; `sides` are drawn once for all."""
    words = getattr(session, "words", None)
    useful = [
        drawn
        for side, drawn in sides.items()
        if words and is_written(words, f"useful_to_{side}")
    ]
    return (
        f'<tr><td class="nowrap">{day(session.held_on)}</td><td class="nowrap">'
        f"{icon(channel_icon(session.channel))} {escape(how(session))}</td>"
        f'<td class="what"><a href="{address("pairing:session", session.pk)}">'
        f"{escape(about(words))}</a></td>"
        f'<td><span class="row gap-2">{" ".join(useful)}</span></td></tr>'
    )


def about(words) -> str:
    """The topics of a session, by its words; those may be missing."""
    topics = words.topics if words else []
    return ", ".join(str(topic(one)) for one in topics) or _("A session")


@register.filter
def full_names(pair):
    """Who the two are, in a list of pairs."""
    names = {"mentor": pair.mentor.name, "mentee": pair.mentee.name}
    return _("%(mentor)s and %(mentee)s") % names


@register.filter
def channel_icon(channel):
    return ICONS.get(channel, "chat")


@register.filter
def how(session):
    """The way and the length: "Video, 30 min"."""
    return _how(session.channel, session.minutes, get_language())


@lru_cache(maxsize=512)
def _how(channel, minutes, _language):
    way = str(Session.Channel(channel).label) if channel else ""
    if not minutes:
        return way
    if not channel:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(channel)s, %(minutes)s min") % {"channel": way, "minutes": minutes}


@register.filter
def clock(moment):
    """A weekday, day and wall time in the reader's zone: "Thursday 14 May, 16:00"."""
    return wall_words(timezone.localtime(moment))


def wall_words(local):
    return _("%(day)s, %(time)s") % {
        "day": day_words(local.date(), "weekday"),
        "time": date_format(local, "H:i"),
    }


@register.simple_tag
def for_partner(moment, partner):
    """The same moment on the partner's clock when their zone is another, else ""."""
    if partner.user is None:
        return ""
    theirs = moment.astimezone(partner.user.tz)
    if theirs.utcoffset() == timezone.localtime(moment).utcoffset():
        return ""
    return _("%(time)s for %(name)s (%(zone)s)") % {
        "time": date_format(theirs, "H:i"),
        "name": partner.short_name,
        "zone": zone_words(theirs),
    }


@register.filter
def days_away(moment):
    """How far off a day is in words: "Today", "Tomorrow", "In 3 days"."""
    days = (timezone.localtime(moment).date() - timezone.localdate()).days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Tomorrow")
    return ngettext("In %(count)s day", "In %(count)s days", days) % {"count": days}


@register.filter
def clock_and_zone(moment):
    """The same with its zone, for mails: "Thursday 14 May, 16:00 (Berlin)"."""
    local = timezone.localtime(moment)
    return _("%(when)s (%(zone)s)") % {
        "when": wall_words(local),
        "zone": zone_words(local),
    }


@register.simple_tag
def answer_path(session_id, person):
    """Where one person says how a session went without signing in, signed just now."""
    return reverse("home:answer_by_link", args=[links.token_for(session_id, person.pk)])
