"""The addresses the shells lead to, answered by nothing: for drawing sample pages."""

from django.http import HttpResponse
from django.urls import include, path


def nothing(request, **kwargs):
    return HttpResponse()


def place(app, **names):
    routes = [path(route, nothing, name=name) for name, route in names.items()]
    return path("", include((routes, app)))


urlpatterns = [
    place("home", today="", cohort="cohorts/<slug:pk>/", log="pairs/<slug:pk>/log/"),
    place("participants", people="cohorts/<slug:pk>/people/", profile="profile/"),
    place(
        "pairing",
        workbench="cohorts/<slug:pk>/pairing/",
        pairs="cohorts/<slug:pk>/pairs/",
        pair="pairs/<slug:pk>/",
    ),
    place("charter", charter="programs/<slug:pk>/charter/"),
    place("insights", report="programs/<slug:pk>/report/"),
    place("accounts", settings="settings/"),
    path("accounts/logout/", nothing, name="account_logout"),
]
