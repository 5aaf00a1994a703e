"""What a step taught, for the two; and the words that somebody gives to all."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.ui.widgets import ChipsMultiple
from pairing.naming import named_in

MOST_THEMES = 4


class LessonForm(forms.Form):
    """Two minutes, a few lines."""

    text = forms.CharField(
        label=gettext_lazy("What would you do again, or do differently?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": gettext_lazy("Write a line or two, or skip it below.")
        },
    )


class ShareForm(forms.Form):
    """A lesson in words chosen for everyone, and what it is about."""

    text = forms.CharField(
        label=gettext_lazy("The lesson, in words for everyone"),
        help_text=gettext_lazy("Leave out names, places and anything told to you."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("What is it about?"),
        required=False,
        widget=ChipsMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose from the list.")},
    )
    other = forms.CharField(
        label=gettext_lazy("Another theme, in a word or two"),
        max_length=60,
        required=False,
    )

    def __init__(self, *args, names, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names
        self.fields["themes"].choices = themes
        if not themes:
            del self.fields["themes"]

    def clean_text(self):
        """Refuse the names of the two: readers should learn, not guess."""
        text = self.cleaned_data["text"]
        if name := named_in(text, self.names):
            raise forms.ValidationError(
                _("This names %(name)s. Say it without the name.") % {"name": name}
            )
        return text

    def clean_other(self):
        other = self.cleaned_data["other"]
        if other and not slugify(other, allow_unicode=True):
            raise forms.ValidationError(_("Use letters, like “saying no”."))
        return slugify(other, allow_unicode=True)

    def clean(self):
        cleaned = super().clean()
        if len(self.all_themes()) > MOST_THEMES:
            self.add_error("themes", _("Choose up to four, the nearest ones."))
        return cleaned

    def all_themes(self) -> list[str]:
        """Every theme once, those of the list first."""
        themes = [*self.cleaned_data.get("themes", [])]
        other = self.cleaned_data.get("other")
        return list(dict.fromkeys([*themes, *([other] if other else [])]))
