"""What every template may name without asking the database."""

from django.conf import settings


def site(request):
    """The organization's name and whether this is the demo."""
    return {"organization": settings.ORGANIZATION, "demo": settings.DEMO}
