"""The site map: one include per app."""

from django.conf import settings
from django.urls import include, path

handler500 = "mentorship.ui.views.failure"

urlpatterns = [
    path("", include("mentorship.home.urls")),
    path("", include("mentorship.charter.urls")),
    path("", include("mentorship.library.urls")),
    path("", include("mentorship.participants.urls")),
    path("", include("pairing.urls")),
    path("", include("milestones.urls")),
    path("", include("feedback.urls")),
    path("", include("mentorship.insights.urls")),
    path("", include("mentorship.outbox.urls")),
    path("", include("mentorship.accounts.urls")),
    path("", include("mentorship.ops.urls")),
    path("accounts/", include("allauth.account.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("mentorship.demo.urls")))
