"""The addresses the shells lead to, answered by nothing: for drawing sample pages."""

from django.http import HttpResponse
from django.urls import include, path


def nothing(request, **kwargs):
    return HttpResponse()


def place(app, **names):
    routes = [path(route, nothing, name=name) for name, route in names.items()]
    return path("", include((routes, app)))


urlpatterns = [
    place("home", today="", cohort="cohorts/<int:pk>/", log="pairs/<int:pk>/log/"),
    place("participants", people="cohorts/<int:pk>/people/", profile="profile/"),
    place(
        "pairing",
        workbench="cohorts/<int:pk>/pairing/",
        pairs="cohorts/<int:pk>/pairs/",
        pair="pairs/<int:pk>/",
    ),
    place("charter", charter="programs/<int:pk>/charter/"),
    place("insights", report="programs/<int:pk>/report/"),
    place("accounts", settings="settings/"),
    path("accounts/logout/", nothing, name="account_logout"),
]
