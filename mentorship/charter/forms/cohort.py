from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import DateInput, TimeInput

from ..models import BusyTime, Cohort, Rhythm

DAYS = [
    "onboarding_on",
    "pairing_on",
    "pilot_on",
    "active_on",
    "closing_on",
    "alumni_on",
]


TEN_YEARS = timedelta(days=3653)
TOO_FAR = _("That day is too far away.")


class CohortForm(forms.ModelForm):
    """A cohort's name and the days on which its stages start, in their order."""

    class Meta:
        model = Cohort
        fields = ["name", *DAYS, "wishes_until"]
        labels = {"name": _("Name of the cohort")}
        widgets = dict.fromkeys([*DAYS, "wishes_until"], DateInput)

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
        self.check_wishes(cleaned)
        return cleaned

    def check_wishes(self, cleaned) -> None:
        """People say whom they would like while pairing lasts."""
        until, first = cleaned.get("wishes_until"), cleaned.get("pairing_on")
        last = cleaned.get("pilot_on")
        if until and until > timezone.localdate() + TEN_YEARS:
            self.add_error("wishes_until", TOO_FAR)
        elif until and ((first and until < first) or (last and until > last)):
            words = _("Choose a day from the start of pairing to the pilot’s start.")
            self.add_error("wishes_until", words)


class BusyForm(forms.ModelForm):
    """Days on which everyone in a cohort has their hands full."""

    class Meta:
        model = BusyTime
        fields = ["starts_on", "ends_on"]
        widgets = dict.fromkeys(fields, DateInput)

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if ends_on and ends_on > timezone.localdate() + TEN_YEARS:
            self.add_error("ends_on", TOO_FAR)
        elif starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day cannot be before the first."))
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
