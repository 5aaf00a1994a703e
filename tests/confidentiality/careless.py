"""Views as nobody should write them: everything of a table, whoever asks."""

from django.http import HttpResponse
from django.urls import include, path

from mentorship.accounts.acting import acting_as
from tests.private import private_models


def everything(request):
    """Every private row there is, through the door."""
    with acting_as(request.user):
        return HttpResponse(all_rows())


def without_the_door(request):
    """The same by somebody who forgot the door."""
    return HttpResponse(all_rows())


def all_rows():
    return "\n".join(
        f"{model.__name__} {row.pk} {texts(row)}"
        for model in private_models()
        for row in model.objects.all()
    )


def texts(row):
    return [str(getattr(row, field.name)) for field in row._meta.concrete_fields]


urlpatterns = [
    path("everything/", everything, name="everything"),
    path("without-the-door/", without_the_door, name="without_the_door"),
    path("", include("mentorship.urls")),
]
