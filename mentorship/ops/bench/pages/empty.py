"""The site map with one page more: nothing, for whoever is signed in."""

from django.http import HttpResponse
from django.urls import include, path


def empty(request):
    """What every page costs before it begins: middleware, session and account."""
    return HttpResponse(f"You are {'in' if request.user.is_authenticated else 'out'}.")


urlpatterns = [
    path("bench/empty/", empty, name="bench_empty"),
    path("", include("mentorship.urls")),
]
