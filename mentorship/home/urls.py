from django.urls import path

from mentorship.home.views import coordinator

app_name = "home"

urlpatterns = [
    path("cohorts/<uuid:cohort>/", coordinator.cohort, name="cohort"),
]
