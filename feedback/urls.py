from django.urls import path

from feedback.views import check_in, concern, reflection

app_name = "feedback"

urlpatterns = [
    path("reflections/<uuid:reflection>/", reflection.reflect, name="reflect"),
    path("check-ins/<uuid:check_in>/", check_in.check_in, name="check_in"),
    path("concerns/", concern.concerns, name="concerns"),
    path("concerns/new/", concern.raise_concern, name="raise_concern"),
    path("concerns/<uuid:concern>/", concern.concern, name="concern"),
    path("concerns/<uuid:concern>/move/", concern.move_concern, name="move_concern"),
]
