from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "mentorship.ui"

    def ready(self):
        # What Django says of any empty field, in the voice of the rest.
        Field.default_error_messages["required"] = _("Please fill this in.")
