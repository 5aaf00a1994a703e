"""A time that one of the two proposes: one of those found, or their own."""

from django import forms
from django.utils.translation import gettext as _

from pairing.forms.session import A_YEAR, LENGTHS, PlanForm


class SlotForm(forms.Form):
    """One of the times that were found: a button sends it with the pair's usual way."""

    slot = forms.DateTimeField()
    minutes = PlanForm.base_fields["minutes"]
    channel = PlanForm.base_fields["channel"]
    version = PlanForm.base_fields["version"]

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_slot(self):
        slot = self.cleaned_data["slot"]
        if not self.now < slot <= self.now + A_YEAR:
            raise forms.ValidationError(_("Choose one of the times that are to come."))
        return slot

    def clean(self):
        cleaned = super().clean()
        return {**cleaned, "starts_at": cleaned.get("slot"), "place": ""}


def length_asked(text: str, usual: int) -> int:
    """The length that a link asks for, or the usual one."""
    return int(text) if text in map(str, LENGTHS) else usual
