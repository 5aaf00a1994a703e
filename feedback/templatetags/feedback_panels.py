"""Reflections and check-ins on other pages: {% load feedback_panels %}."""

from django import template
from django.utils import timezone

from feedback.models import CheckIn, Reflection
from mentorship.accounts.acting import acting_as

register = template.Library()


@register.inclusion_tag("feedback/_reflections_waiting.html")
def reflections_waiting(pair, user):
    """The sessions of a pair on which this person has not looked back yet."""
    waiting = Reflection.objects.asked().of(user).filter(session__pair=pair)
    waiting = waiting.select_related("session").order_by("-session__held_on")
    return {"waiting": waiting[:1], "partner": pair.partner_of(user)}


@register.inclusion_tag("feedback/_waiting.html")
def waiting(pairs, user):
    """What waits for one person over all their pairs: reflections and check-ins."""
    people = "session__pair__mentor__user", "session__pair__mentee__user"
    reflections = Reflection.objects.asked().of(user).select_related(*people)
    reflections = reflections.order_by("-session__held_on")[:2]
    asked = CheckIn.objects.waiting_for(user, timezone.now())
    asked = asked.select_related("pair__mentor__user", "pair__mentee__user")[:2]
    running = {pair.pk for pair in pairs}
    return {
        "reflections": [
            (one, one.session.pair.partner_of(user))
            for one in reflections
            if one.session.pair_id in running
        ],
        "check_ins": [
            (one, one.pair.partner_of(user)) for one in asked if one.pair_id in running
        ],
    }


@register.inclusion_tag("feedback/_own_reflection.html")
def own_reflection(session, user):
    """One's own private part of a session, for its writer alone."""
    with acting_as(user):
        mine = Reflection.objects.of(user).filter(session=session)
        return {"reflection": mine.select_related("words").first()}
