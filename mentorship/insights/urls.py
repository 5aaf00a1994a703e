from django.urls import path

from . import views

app_name = "insights"

INSIGHT = "programs/<uuid:program>/insight/"

urlpatterns = [
    path(INSIGHT, views.health, name="health"),
    path(f"{INSIGHT}pairs/<slug:metric>/", views.behind, name="behind"),
    path(f"{INSIGHT}funnel/", views.funnel, name="funnel"),
    path(f"{INSIGHT}funnel/<slug:step>/", views.waiting, name="waiting"),
    path(f"{INSIGHT}patterns/", views.patterns, name="patterns"),
    path(f"{INSIGHT}<slug:what>.csv", views.insight_csv, name="insight_csv"),
    path("how-figures-protect-people/", views.protects, name="protects"),
    path("programs/<uuid:program>/report/", views.report, name="report"),
    path("programs/<uuid:program>/report.csv", views.report_csv, name="report_csv"),
    path("programs/<uuid:program>/report.pdf", views.report_pdf, name="report_pdf"),
    path("programs/<uuid:program>/workforce/", views.workforce, name="workforce"),
    path("programs/<uuid:program>/learning/", views.learning, name="learning"),
    path("programs/<uuid:program>/periods/", views.periods, name="periods"),
    path("programs/<uuid:program>/periods/rule/", views.rule, name="rule"),
    path("programs/<uuid:program>/periods/regions/", views.regions, name="regions"),
    path("periods/<uuid:period>/", views.period, name="period"),
    path("periods/<uuid:period>/preview/", views.preview, name="preview"),
    path("periods/<uuid:period>/theme/", views.theme_new, name="theme_new"),
    path("themes/<uuid:theme>/", views.theme, name="theme"),
    path("told/", views.told, name="told"),
    path("programs/<uuid:program>/stories/", views.stories, name="stories"),
    path("stories/<uuid:story>/publishing/", views.publishing, name="publishing"),
]
