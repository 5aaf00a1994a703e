"""Growth and feedback to each other on other pages: {% load growth_panels %}."""

from django import template
from django.utils import timezone

from feedback.models import Asking, FeedbackRequest

register = template.Library()


@register.inclusion_tag("feedback/_growth_waiting.html")
def growth_waiting(user):
    """The newest moment at which this person is asked; one query."""
    waiting = Asking.objects.of(user).waiting(timezone.now())
    return {"asking": waiting.order_by("-asked_at").first()}


@register.inclusion_tag("feedback/_growth_link.html")
def growth_link(place):
    """The way to the page of one's own growth, from a page of a place."""
    return {"place": place}


@register.inclusion_tag("feedback/_feedback_asked.html")
def feedback_asked(user):
    """What partners have asked this person for; one query."""
    asked = FeedbackRequest.objects.asked().filter(giver__user=user)
    return {"requests": asked.select_related("asker__user")}


@register.inclusion_tag("feedback/_each_other.html")
def feedback_to_each_other(pair, user):
    """Where the two stand with feedback to each other, without its words; one query."""
    requests = list(pair.feedback_requests.all())
    place = pair.place_of(user)
    open_ones = {one.asker_id: one for one in requests if one.state == "asked"}
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "mine": open_ones.pop(place.pk, None),
        "theirs": next(iter(open_ones.values()), None),
        "given": sum(one.state == "given" for one in requests),
    }
