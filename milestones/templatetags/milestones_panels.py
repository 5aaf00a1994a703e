"""Outcomes, the road and promises on other pages: {% load milestones_panels %}.

Each panel fetches what it needs for its pair with one query; a page with several
pairs, or several panels of one kind, calls `fetch_work` beforehand instead.
"""

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mentorship.accounts.fields import is_written
from mentorship.accounts.prepared import prepared
from mentorship.ui import charts
from mentorship.ui.templatetags.ui import day
from milestones.models import ActionItem, Lesson, Milestone, fetch_work
from milestones.permissions import can_take_plan, can_write

register = template.Library()

ON_THE_PHONE = 3
LONG_ENOUGH = 4


def sides(pair):
    """Both sides with their outcomes in force and those that were closed."""
    fetch_work([pair], "outcomes")
    found = []
    for side in ("mentor", "mentee"):
        mine = [o for o in pair.outcomes.all() if o.side == side]
        found.append(
            {
                "side": side,
                "person": getattr(pair, side),
                "current": [o for o in mine if o.is_current],
                "past": [o for o in mine if o.state == "let go"],
            }
        )
    return found


@register.inclusion_tag("milestones/_outcomes.html", takes_context=True)
def outcomes(context, pair, user):
    """What each of the two is here for, side by side with equal weight."""
    return {
        "pair": pair,
        "sides": sides(pair),
        "can_write": can_write(user, pair),
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("milestones/_outcomes_missing.html")
def outcomes_missing(pair, user):
    """The sides of an active pair that have no outcome yet, each with the way to one;
    nothing is locked by it."""
    missing = []
    if pair.state == "active" and can_write(user, pair):
        missing = [one for one in sides(pair) if not one["current"]]
    return {"pair": pair, "missing": missing, "user": user}


@register.inclusion_tag("milestones/_outcome_facts.html")
def outcome_facts(pair):
    """Title, date and state of outcomes: what coordinators see."""
    return {"pair": pair, "sides": sides(pair)}


def steps(pair, user=None):
    """The road in order, each step with its look and what it still waits for."""
    fetch_work([pair], "milestones", "outcomes")
    outcomes = {outcome.pk: outcome for outcome in pair.outcomes.all()}
    today = timezone.localdate()
    side = pair.side_of(user) if user else ""
    found = []
    for step in pair.milestones.all():
        if step.state == "dropped":
            continue
        outcome = outcomes.get(step.outcome_id)
        found.append(
            {
                "step": step,
                "kind": Milestone.Kind(step.kind).label,
                "look": "done" if step.is_done else "later",
                "late": not step.is_done and step.due_on < today,
                "for_whom": getattr(pair, outcome.side) if outcome else None,
                "mine": bool(side and getattr(step, f"{side}_confirmed_at")),
                "waits_for": waits_for(step, pair),
            }
        )
    if nearest := next((one for one in found if one["look"] == "later"), None):
        nearest["look"] = "now"
    return found


def waits_for(step, pair):
    """The one person whose word is still missing, once the other one gave theirs."""
    if step.is_done or bool(step.mentor_confirmed_at) == bool(step.mentee_confirmed_at):
        return None
    return pair.mentee if step.mentor_confirmed_at else pair.mentor


@register.inclusion_tag("milestones/_roadmap.html", takes_context=True)
def roadmap(context, pair, user):
    """The pair's shared road, with both sides' word on each step."""
    road = steps(pair, user)
    return {
        "pair": pair,
        "steps": road,
        "balance": balance(pair, road),
        "can_write": can_write(user, pair),
        "csrf_token": context["csrf_token"],
    }


def balance(pair, road):
    """How many steps are of each kind and for whom, and the kind that is missing on a
    road long enough to have all three."""
    count = dict.fromkeys(Milestone.Kind.values, 0)
    gains = {"mentor": 0, "mentee": 0, "both": 0}
    for one in road:
        count[one["step"].kind] += 1
        gains[gains_from(pair, one["for_whom"])] += 1
    missing = next((kind for kind, n in count.items() if not n), "")
    return {
        "learning": count["formal learning"],
        "work": count["real work"],
        "reflection": count["reflection"],
        "missing": missing if len(road) >= LONG_ENOUGH else "",
        **gains,
    }


def gains_from(pair, place):
    if place is None:
        return "both"
    return "mentor" if place.pk == pair.mentor_id else "mentee"


@register.inclusion_tag("milestones/_lessons_waiting.html")
def lessons_waiting(pairs, user):
    """What finished steps taught, asked of the person and not answered yet; a pair or
    a list of them, one query. After a month nobody asks any more."""
    pairs = pairs if isinstance(pairs, list) else [pairs]
    since = timezone.now() - timedelta(days=30)
    return {"waiting": asked_lessons(user, pairs, since) if pairs else []}


@prepared
def asked_lessons(user, pairs, since):
    asked = Lesson.objects.of(user).asked().filter(asked_at__gte=since)
    asked = asked.filter(milestone__pair__in=pairs).select_related("milestone")
    return asked[:ON_THE_PHONE]


@register.inclusion_tag("milestones/_take_along.html")
def take_along(pair, user):
    """The mentee's plan, and what earlier pairs learned; no query."""
    return {"pair": pair, "has_plan": can_take_plan(user, pair)}


@register.filter
def themes(lesson, labels):
    """The themes of a shared lesson in words."""
    return [labels.get(slug, slug) for slug in lesson.themes]


@register.inclusion_tag("milestones/_short_road.html")
def short_roadmap(pair, user):
    """The road for a phone: the last step done and the next ones."""
    road = steps(pair, user)
    first = next((i for i, one in enumerate(road) if one["look"] != "done"), len(road))
    start = max(0, min(first - 1, len(road) - ON_THE_PHONE))
    return {"pair": pair, "steps": road[start : start + ON_THE_PHONE], "all": len(road)}


@register.inclusion_tag("milestones/_milestone_facts.html")
def milestone_facts(pair):
    """Title, date and state of milestones: what coordinators see."""
    return {"pair": pair, "steps": steps(pair)}


@register.inclusion_tag("milestones/_promises.html", takes_context=True)
def promises(context, pair, user, back=""):
    """The open promises of both, and those kept lately folded away; inside acting_as.
    On a page to come `back` to, only one's own, with the last one kept."""
    fetch_work([pair], "promises")
    place, found = pair.place_of(user), list(pair.promises.all())
    if back:
        found = [item for item in found if item.owner_id == place.pk]
    still_open, kept = [p for p in found if not p.done_at], kept_lately(found)
    return {
        "pair": pair,
        "promises": still_open + kept[:1] if back else still_open,
        "kept": [] if back else kept,
        "place": place,
        "back": back,
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("milestones/_promises.html", takes_context=True)
def promises_of(context, session, pair, user):
    """What was promised in one session; inside acting_as."""
    fetch_work([pair], "promises")
    return {
        "pair": pair,
        "promises": [p for p in pair.promises.all() if p.session_id == session.pk],
        "place": pair.place_of(user),
        "quiet": True,
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("milestones/_carried.html")
def carried(pair, user):
    """How many promises of one's own go along into the next session."""
    fetch_work([pair], "promises")
    place = pair.place_of(user)
    mine = [p for p in pair.promises.all() if place and p.owner_id == place.pk]
    return {"count": sum(1 for p in mine if not p.done_at)}


@register.simple_tag
def promise_facts(promise, pair):
    """In one line, until when it is or that it was kept, for whom, and since when."""
    whom = pair.mentor if promise.for_side == "mentor" else pair.mentee
    facts = [
        _("for %(name)s") % {"name": escape(whom.short_name)},
        _("from %(day)s") % {"day": day(promise.created_at)},
    ]
    if promise.done_at:
        facts.insert(0, _("kept"))
    elif promise.due_on:
        facts.insert(0, _("until %(day)s") % {"day": day(promise.due_on)})
    return mark_safe(" · ".join(facts))


def kept_lately(items):
    """The last three that were kept, the newest first."""
    kept = sorted((p for p in items if p.done_at), key=lambda p: p.done_at)
    return kept[-3:][::-1]


@register.simple_tag
def promises_waiting(pair_id, person):
    """How many promises of one person are open in a pair, for a mail: the number in a
    sentence and no words of theirs, or nothing."""
    n = ActionItem.objects.open().filter(pair=pair_id, owner__user=person).count()
    if not n:
        return ""
    return ngettext(
        "%(n)s small promise of yours is still open. You can tick it on your page.",
        "%(n)s small promises of yours are still open. You can tick them on your page.",
        n,
    ) % {"n": n}


@register.inclusion_tag("milestones/_promise_counts.html")
def promise_counts(pair):
    """How many promises each side made and kept: what coordinators see."""
    fetch_work([pair], "promises")
    rows = []
    for side in ("mentor", "mentee"):
        place = getattr(pair, side)
        mine = [p for p in pair.promises.all() if p.owner_id == place.pk]
        rows.append((side, place, len(mine), sum(1 for p in mine if p.done_at)))
    return {"rows": rows}


@register.inclusion_tag("milestones/_give_and_take.html")
def give_and_take_of(pair):
    """The strip of who each session was for, read by the pair alone: an outcome it
    was about, words on what was useful, or a promise made in it. Inside acting_as."""
    fetch_work([pair], "outcomes", "promises")
    rows = [
        (short_day(s.held_on), gains(pair, s, "mentor"), gains(pair, s, "mentee"))
        for s in reversed(pair.held_sessions[:5])
    ]
    mentor, mentee = pair.mentor.short_name, pair.mentee.short_name
    for_mentor, for_mentee = (sum(row[i] for row in rows) for i in (1, 2))
    chart = charts.give_and_take(
        f"take-{pair.pk}",
        title=_("Who each session was for"),
        desc=description(len(rows), mentor, mentee, for_mentor, for_mentee),
        sessions=rows,
        mentor=mentor,
        mentee=mentee,
    )
    return {
        "chart": chart,
        "pair": pair,
        "any": for_mentor + for_mentee,
        "lean": lean(pair, for_mentor, for_mentee),
    }


def short_day(on):
    """A day as "14 Oct", for the axis of a small chart."""
    return date_format(on, pgettext("short date format", "j M"))


def description(count, mentor, mentee, for_mentor, for_mentee):
    return ngettext(
        "%(count)s session. Marks above the line are for %(mentor)s, %(for_mentor)s in "
        "all. Marks below are for %(mentee)s, %(for_mentee)s in all.",
        "%(count)s sessions. Marks above the line are for %(mentor)s, %(for_mentor)s "
        "in all. Marks below are for %(mentee)s, %(for_mentee)s in all.",
        count,
    ) % {
        "count": count,
        "mentor": mentor,
        "mentee": mentee,
        "for_mentor": for_mentor,
        "for_mentee": for_mentee,
    }


def gains(pair, session, side):
    """How often one side gained in a session, at most three times."""
    words = getattr(session, "words", None)
    topics = set(words.topics) if words else set()
    about = sum(1 for o in pair.outcomes.all() if o.side == side and o.title in topics)
    useful = bool(words and is_written(words, f"useful_to_{side}"))
    promised = sum(
        1
        for p in pair.promises.all()
        if p.session_id == session.pk and p.for_side == side
    )
    return min(about + useful + promised, 3)


def lean(pair, for_mentor, for_mentee):
    """The person the sessions gave little to so far, or None when it is even."""
    if max(for_mentor, for_mentee) < 3:
        return None
    if for_mentor * 2 < for_mentee:
        return pair.mentor
    return pair.mentee if for_mentee * 2 < for_mentor else None
