from django.urls import path

from feedback.views import check_in, reflection, suggestion

app_name = "feedback"

urlpatterns = [
    path("reflections/<uuid:reflection>/", reflection.reflect, name="reflect"),
    path(
        "reflections/<uuid:reflection>/suggestion/",
        suggestion.suggestion,
        name="suggestion",
    ),
    path("check-ins/<uuid:check_in>/", check_in.check_in, name="check_in"),
]
