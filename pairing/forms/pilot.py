from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import RadioCards
from pairing.models import PilotAnswer

HINTS = {
    "continue": _("You would like to work together until the end."),
    "unsure": _("You are asked once more after your next session."),
    "switch": _("No reason is asked, and nobody learns whose wish it was."),
}


class PilotForm(forms.Form):
    """One private answer."""

    choice = forms.ChoiceField(
        label=_("Would you like to go on together?"),
        choices=PilotAnswer.Choice,
        widget=RadioCards(hints=HINTS),
        error_messages={
            "required": _("Choose one of the three answers."),
            "invalid_choice": _("Choose one of the three answers."),
        },
    )
