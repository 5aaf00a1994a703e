from django.urls import path

from feedback.views import check_in, reflection

app_name = "feedback"

urlpatterns = [
    path("reflections/<uuid:reflection>/", reflection.reflect, name="reflect"),
    path("check-ins/<uuid:check_in>/", check_in.check_in, name="check_in"),
]
