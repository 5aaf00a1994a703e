"""Midpoint and closing reviews on other pages: {% load review_panels %}."""

from django import template

from feedback.models import Review
from mentorship.accounts.prepared import prepared
from pairing.permissions import can_work_in

register = template.Library()


@register.inclusion_tag("feedback/_reviews.html")
def reviews(pair, user):
    """Reviews that were held, with their words, and the next one; inside acting_as."""
    rows = reviews_of(pair)
    midpoint = next((row for row in rows if row.kind == Review.Kind.MIDPOINT), None)
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "held": [row for row in rows if row.done_at],
        "midpoint": midpoint,
        "can_work": can_work_in(user, pair),
    }


@prepared
def reviews_of(pair):
    return Review.objects.filter(pair=pair).select_related("words")


@register.inclusion_tag("feedback/_review_prompt.html")
def review_prompt(pair, user):
    """That the midpoint waits; needs `with_questions`."""
    return {"pair": pair, "partner": pair.partner_of(user)}


@register.inclusion_tag("feedback/_review_facts.html")
def review_facts(pair):
    """That reviews were held, and when: what coordinators see."""
    return {"pair": pair, "held": pair.reviews.filter(done_at__isnull=False)}
