from django.urls import path

from . import views

app_name = "insights"

urlpatterns = [
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
]
