from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import DateInput, TimeInput

from ..models import Cohort, Rhythm

DAYS = [
    "onboarding_on",
    "pairing_on",
    "pilot_on",
    "active_on",
    "closing_on",
    "alumni_on",
]


class CohortForm(forms.ModelForm):
    """A cohort's name and the days on which its stages start, in their order."""

    class Meta:
        model = Cohort
        fields = ["name", *DAYS]
        labels = {"name": _("Name of the cohort")}
        widgets = dict.fromkeys(DAYS, DateInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for day in DAYS:  # before people are invited, not before it is saved
            self.fields[day].needed_later = True

    def clean(self):
        cleaned = super().clean()
        before = None
        for name in DAYS:
            day = cleaned.get(name)
            if day and before and day < cleaned[before]:
                words = _("This day has to come after “%(before)s”.") % {
                    "before": self.fields[before].label
                }
                self.add_error(name, words)
                cleaned[name] = None
            elif day:
                before = name
        return cleaned


class RhythmForm(forms.ModelForm):
    """When a cohort's check-ins go out."""

    weekday = forms.TypedChoiceField(
        label=_("Day"), choices=WEEKDAYS.items(), coerce=int, initial=1
    )
    every_weeks = forms.IntegerField(
        label=_("Every how many weeks"), min_value=1, max_value=12, initial=4
    )

    class Meta:
        model = Rhythm
        fields = ["weekday", "at", "every_weeks"]
        widgets = {"at": TimeInput}
        help_texts = {"at": _("In each reader's own time zone.")}


class MoveForm(forms.Form):
    """The stage to enter, and why, where something is still missing."""

    to = forms.ChoiceField(choices=Cohort.Stage.choices, widget=forms.HiddenInput)
    because = forms.CharField(
        label=_("Why it is right to move on now"),
        max_length=300,
        required=False,
        help_text=_("Kept in the log of the program."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    because.needed_later = True
