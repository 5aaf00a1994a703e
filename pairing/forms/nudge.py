from django import forms
from django.utils.translation import gettext_lazy as _


class NudgeForm(forms.Form):
    words = forms.CharField(
        label=_("What you would like to say to both"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write a line or two.")},
    )
