"""Growth and feedback to each other on other pages: {% load growth_panels %}."""

from django import template
from django.utils import timezone

from feedback.models import OPEN_FOR, Asking, FeedbackRequest
from mentorship.accounts.prepared import prepared

register = template.Library()


@register.inclusion_tag("feedback/_growth_waiting.html")
def growth_waiting(user):
    """The newest moment at which this person is asked; one query."""
    waiting = newest_asking(user, timezone.now() - OPEN_FOR)
    return {"asking": waiting[0] if waiting else None}


@prepared
def newest_asking(user, since):
    return Asking.objects.of(user).asked_since(since).order_by("-asked_at")[:1]


@register.inclusion_tag("feedback/_growth_link.html")
def growth_link(place):
    """The way to the page of one's own growth, from a page of a place."""
    return {"place": place}


@register.inclusion_tag("feedback/_feedback_asked.html")
def feedback_asked(user):
    """What partners have asked this person for; one query."""
    return {"requests": asked_of(user)}


@prepared
def asked_of(user):
    asked = FeedbackRequest.objects.asked().filter(giver__user=user)
    return asked.select_related("asker__user")


@register.inclusion_tag("feedback/_each_other.html")
def feedback_to_each_other(pair, user):
    """Where the two stand with feedback to each other, without its words; one query."""
    requests = requests_in(pair)
    place = pair.place_of(user)
    open_ones = {one.asker_id: one for one in requests if one.state == "asked"}
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "mine": open_ones.pop(place.pk, None),
        "theirs": next(iter(open_ones.values()), None),
        "given": sum(one.state == "given" for one in requests),
    }


@prepared
def requests_in(pair):
    return FeedbackRequest.objects.filter(pair=pair)
