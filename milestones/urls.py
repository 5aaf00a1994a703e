from django.urls import path

from milestones.views import milestone, outcome

app_name = "milestones"

urlpatterns = [
    path(
        "pairs/<uuid:pair>/outcomes/new/<str:side>/",
        outcome.outcome_new,
        name="outcome_new",
    ),
    path("outcomes/<uuid:outcome>/", outcome.outcome, name="outcome"),
    path("outcomes/<uuid:outcome>/close/", outcome.close, name="outcome_close"),
    path(
        "pairs/<uuid:pair>/milestones/new/",
        milestone.milestone_new,
        name="milestone_new",
    ),
    path("milestones/<uuid:milestone>/", milestone.milestone, name="milestone"),
    path("milestones/<uuid:milestone>/confirm/", milestone.confirm, name="confirm"),
    path("milestones/<uuid:milestone>/drop/", milestone.drop, name="drop"),
    path("promises/<uuid:promise>/", milestone.promise, name="promise"),
]
