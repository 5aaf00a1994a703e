from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import TimeInput

from ..models import Rhythm
from ..wording import PARTS, placeholders, problem_with

DAYS = {
    Rhythm.Kind.SESSION: _("How many days before the session"),
    Rhythm.Kind.MILESTONE: _("How many days before the step is due"),
    Rhythm.Kind.REFLECTION: _("How many days after the session was told"),
    Rhythm.Kind.PILOT: _("How many days after the pilot’s date"),
    Rhythm.Kind.ACKNOWLEDGMENT: _("How many days after they could first agree"),
}
LABELS = {
    "subject": _("Subject"),
    "opening": _("First sentence"),
    "button": _("Button"),
}


class TimesForm(forms.ModelForm):
    """When a kind goes out, with the number that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    weekday = forms.TypedChoiceField(
        label=_("Day"), choices=WEEKDAYS.items(), coerce=int
    )
    every_weeks = forms.IntegerField(
        label=_("Every how many weeks"), min_value=1, max_value=12
    )
    days = forms.IntegerField(min_value=0, max_value=30)

    class Meta:
        model = Rhythm
        fields = ["is_on", "weekday", "every_weeks", "days", "at"]
        widgets = {"at": TimeInput}
        help_texts = {"at": _("In each reader’s own time zone.")}

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        for name in ("days",) if instance.is_weekly else ("weekday", "every_weeks"):
            del self.fields[name]
        if "days" in self.fields:
            self.fields["days"].label = DAYS[instance.kind]
        if instance.kind == Rhythm.Kind.SESSION:
            self.fields["days"].min_value = 1
            self.fields["days"].help_text = _("At least one, so that nobody is late.")

    def clean_days(self):
        days = self.cleaned_data["days"]
        if self.instance.kind == Rhythm.Kind.SESSION and days < 1:
            raise forms.ValidationError(_("Choose a day before the session."))
        return days

    def changes(self) -> dict:
        """What was chosen, without the number."""
        return {
            name: self.cleaned_data[name]
            for name in self._meta.fields
            if name in self.fields
        }


class WordsForm(forms.Form):
    """A program's own words in one language; ours wherever it is empty."""

    def __init__(self, *args, kind: str, language: str, **kwargs):
        super().__init__(*args, prefix=language, **kwargs)
        self.kind, self.language = kind, language
        self.language_name = dict(settings.LANGUAGES).get(language, language)
        for part, longest in PARTS.items():
            self.fields[part] = forms.CharField(
                label=LABELS[part], max_length=longest, required=False
            )
        names = ", ".join(f"{{{name}}}" for name in placeholders(kind))
        self.fields["opening"].help_text = _(
            "After “Hello …”. These are filled in: %(names)s."
        ) % {"names": names}

    def clean(self):
        for part in PARTS:
            words = self.cleaned_data.get(part, "")
            if problem := problem_with(words, self.kind):
                self.add_error(part, problem)
        return self.cleaned_data

    def words(self) -> dict:
        """Only what was written."""
        return {
            part: self.cleaned_data[part] for part in PARTS if self.cleaned_data[part]
        }


class RhythmForms:
    """Both together: when, and the words in each of the program's languages."""

    def __init__(self, rhythm: Rhythm, version: int, languages, data=None):
        self.times = TimesForm(data, instance=rhythm, initial={"version": version})
        self.words = [
            WordsForm(
                data,
                kind=rhythm.kind,
                language=language,
                initial=rhythm.words.get(language, {}),
            )
            for language in languages
        ]

    def is_valid(self) -> bool:
        return not [f for f in (self.times, *self.words) if not f.is_valid()]

    def changes(self) -> dict:
        words = {form.language: form.words() for form in self.words if form.words()}
        return {**self.times.changes(), "words": words}

    @property
    def version(self) -> int:
        return self.times.cleaned_data["version"]
