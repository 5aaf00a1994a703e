"""Stories on other pages: {% load story_panels %}."""

from django import template

from feedback.models import Story
from mentorship.accounts.prepared import prepared

register = template.Library()


@register.inclusion_tag("feedback/_stories_asked.html")
def stories_asked(user):
    """Stories that this person is asked to agree to; one query."""
    return {"stories": waiting_stories(user)}


@prepared
def waiting_stories(user):
    return Story.objects.waiting_for(user).select_related("teller")


@register.inclusion_tag("feedback/_story_link.html")
def story_link(pair):
    """The way to telling a story, from a pair's page."""
    return {"pair": pair}
