"""How it is going, in one tap."""

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import CheckIn
from mentorship.ui.widgets import RadioCards


class CheckInForm(forms.Form):
    """One answer of four, for coordinators to read."""

    answer = forms.ChoiceField(
        label=_("Right now, our conversations are:"),
        choices=CheckIn.Answer,
        widget=RadioCards,
        error_messages={
            "required": _("Choose one of the answers."),
            "invalid_choice": _("Choose one of the answers."),
        },
    )
