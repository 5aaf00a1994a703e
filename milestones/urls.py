from django.urls import path

from milestones.views import evidence, lesson, measures, milestone, outcome, plan

app_name = "milestones"

urlpatterns = [
    path(
        "pairs/<uuid:pair>/outcomes/new/<str:side>/",
        outcome.outcome_new,
        name="outcome_new",
    ),
    path("outcomes/<uuid:outcome>/", outcome.outcome, name="outcome"),
    path("outcomes/<uuid:outcome>/progress/", outcome.progress, name="progress"),
    path("outcomes/<uuid:outcome>/close/", outcome.close, name="outcome_close"),
    path(
        "pairs/<uuid:pair>/milestones/new/",
        milestone.milestone_new,
        name="milestone_new",
    ),
    path("milestones/<uuid:milestone>/", milestone.milestone, name="milestone"),
    path("milestones/<uuid:milestone>/confirm/", milestone.confirm, name="confirm"),
    path("milestones/<uuid:milestone>/drop/", milestone.drop, name="drop"),
    path("milestones/<uuid:milestone>/evidence/", evidence.evidence, name="evidence"),
    path("lessons/<uuid:lesson>/", lesson.lesson, name="lesson"),
    path("lessons/<uuid:lesson>/skip/", lesson.skip, name="lesson_skip"),
    path("lessons/<uuid:lesson>/share/", lesson.share, name="lesson_share"),
    path("lessons/<uuid:lesson>/withdraw/", lesson.withdraw, name="lesson_withdraw"),
    path("programs/<uuid:program>/lessons/", lesson.lessons, name="lessons"),
    path("programs/<uuid:program>/measures/", measures.measures, name="measures"),
    path(
        "programs/<uuid:program>/measures/new/",
        measures.measure_new,
        name="measure_new",
    ),
    path(
        "programs/<uuid:program>/measures/values/",
        measures.values,
        name="measure_values",
    ),
    path("pairs/<uuid:pair>/development-plan/", plan.plan, name="plan"),
    path("pairs/<uuid:pair>/development-plan/pdf/", plan.plan_pdf, name="plan_pdf"),
    path("promises/<uuid:promise>/", milestone.promise, name="promise"),
]
