from django.urls import path

from . import views

app_name = "insights"

urlpatterns = [
    path("programs/<uuid:program>/report/", views.report, name="report"),
    path("programs/<uuid:program>/report.csv", views.report_csv, name="report_csv"),
    path("programs/<uuid:program>/workforce/", views.workforce, name="workforce"),
    path("programs/<uuid:program>/learning/", views.learning, name="learning"),
]
