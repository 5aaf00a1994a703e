from django.apps import AppConfig
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "mentorship.ui"

    def ready(self):
        # What Django says of any field, in the voice of the rest.
        Field.default_error_messages["required"] = _("Please fill this in.")
        MinValueValidator.message = _("Write a number of at least %(limit_value)s.")
        MaxValueValidator.message = _("Write a number of at most %(limit_value)s.")
