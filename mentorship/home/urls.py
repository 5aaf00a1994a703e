from django.urls import path

from mentorship.home.views import (
    answer,
    answer_by_link,
    coordinator,
    guided,
    log,
    me,
    observe,
    preview,
    review,
    today,
)

app_name = "home"

urlpatterns = [
    path("", today.today, name="today"),
    path("me/", me.me, name="me"),
    path("cohorts/<uuid:cohort>/", coordinator.cohort, name="cohort"),
    path(
        "cohorts/<uuid:cohort>/reminders/<slug:kind>/preview/",
        preview.preview,
        name="preview",
    ),
    path(
        "cohorts/<uuid:cohort>/reminders/<slug:kind>/preview/<uuid:participant>/",
        preview.preview_mail,
        name="preview_mail",
    ),
    path("pairs/<uuid:pair>/log/", log.log, name="log"),
    path("sessions/<uuid:session>/answer/", answer.answer, name="answer"),
    path(
        "how-it-went/<str:token>/",
        answer_by_link.answer_by_link,
        name="answer_by_link",
    ),
    path(
        "sessions/<uuid:session>/questions/<slug:sheet>/", guided.guided, name="guided"
    ),
    path("places/<uuid:participant>/growth/observe/", observe.observe, name="observe"),
    path("pairs/<uuid:pair>/review/<str:kind>/", review.review, name="review"),
]
