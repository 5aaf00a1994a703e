"""Taking a break."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.acting import acting_as
from mentorship.ui.widgets import DateInput

from ..models import Pause, PauseReason

TWO_YEARS = timedelta(days=731)


class BreakForm(forms.Form):
    """From when until when, and why, for oneself."""

    starts_on = forms.DateField(
        label=_("First day"),
        widget=DateInput,
        error_messages={"required": _("Say from which day on.")},
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput,
        required=False,
        help_text=_("Leave it empty if you do not know yet."),
    )
    words = forms.CharField(
        label=_("Why"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        for name in ("starts_on", "ends_on"):
            if cleaned.get(name) and abs(cleaned[name] - self.today) > TWO_YEARS:
                self.add_error(name, _("Choose a day within two years from now."))
        if ends_on and ends_on < self.today:
            self.add_error("ends_on", _("Choose today or a day to come."))
        elif starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return cleaned


def break_parts(place, user, now, data=None) -> dict:
    """What the form for a break needs, here and on pages of the apps above."""
    today = place.cohort.program.today(now)
    pauses = Pause.objects.filter(participant=place)
    current = pauses.not_over_on(today).first()
    first = answers_of(current, user) if current else {"starts_on": today}
    form = BreakForm(data, today=today, initial=first)
    return {"break_form": form, "current_break": current}


def answers_of(pause, user) -> dict:
    """A break as the form's values, with the words that only its author reads."""
    with acting_as(user):
        reason = PauseReason.objects.filter(pause=pause).first()
    return {
        "starts_on": pause.starts_on,
        "ends_on": pause.ends_on,
        "words": reason.words if reason else "",
    }
