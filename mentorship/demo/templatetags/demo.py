"""The panel of the sign-in page: {% load demo %}{% sample_roles %}."""

from django import template
from django.conf import settings
from django.urls import reverse

from mentorship.demo.people import PEOPLE

register = template.Library()


@register.inclusion_tag("demo/_sample_roles.html", takes_context=True)
def sample_roles(context):
    """A button for each role of the sample program; nothing outside the demo."""
    if not settings.DEMO:
        return {"roles": []}
    return {
        "roles": [
            {"label": label, "url": reverse("demo:enter", args=[role])}
            for role, (label, _email) in PEOPLE.items()
        ],
        "csrf_token": context["csrf_token"],
    }
