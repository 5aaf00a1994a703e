from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import RadioCards
from pairing.models import DeclineReason


class DeclineForm(forms.Form):
    """Why somebody says no, as far as they like to say."""

    code = forms.ChoiceField(
        label=_("Why not?"),
        choices=[*DeclineReason.Code.choices, ("", _("I would rather not say"))],
        required=False,
        widget=RadioCards,
        error_messages={"invalid_choice": _("Choose one of these, or none.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("words") and not cleaned.get("code"):
            cleaned["code"] = DeclineReason.Code.OTHER
        return cleaned
