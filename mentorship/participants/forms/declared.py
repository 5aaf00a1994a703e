"""What somebody may say about themselves; every answer may be withheld."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import Chips

from ..attributes import ATTRIBUTES


class AboutYouForm(forms.Form):
    """One question for each attribute; the answer is not to say, unless it is given."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for slug, attribute in ATTRIBUTES.items():
            self.fields[slug] = forms.ChoiceField(
                label=attribute.question,
                choices=[("", _("Rather not say")), *attribute.values.items()],
                required=False,
                widget=Chips,
            )
