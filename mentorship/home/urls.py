from django.urls import path

from mentorship.home.views import coordinator, log, me, observe, review, today

app_name = "home"

urlpatterns = [
    path("", today.today, name="today"),
    path("me/", me.me, name="me"),
    path("cohorts/<uuid:cohort>/", coordinator.cohort, name="cohort"),
    path("pairs/<uuid:pair>/log/", log.log, name="log"),
    path("places/<uuid:participant>/growth/observe/", observe.observe, name="observe"),
    path("pairs/<uuid:pair>/review/<str:kind>/", review.review, name="review"),
]
