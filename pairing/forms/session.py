"""Planning a session, and the four answers that log one."""

from datetime import datetime, timedelta

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.ui.templatetags.ui import day_words
from mentorship.ui.widgets import (
    Chips,
    ChipsMultiple,
    DateInput,
    RadioCards,
    TimeInput,
)
from pairing.models import Session

from .once import OnceForm

ICONS = {
    "in person": "cup",
    "video": "video",
    "phone": "phone",
    "messages": "chat",
    "workspace": "doc",
}
LENGTHS = {
    15: gettext_lazy("15 min"),
    30: gettext_lazy("30 min"),
    45: gettext_lazy("45 min"),
    60: gettext_lazy("1 hour"),
    90: gettext_lazy("Longer"),
}
TOPICS = {
    "wellbeing": gettext_lazy("Wellbeing"),
    "something else": gettext_lazy("Something else"),
}
A_YEAR = timedelta(days=366)


def nearest_length(minutes: int) -> int:
    """The chip that stands for a length in minutes."""
    return min(LENGTHS, key=lambda length: abs(length - minutes))


class WayForm(forms.Form):
    """How and for how long: shared by planning and logging."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=Session.Channel,
        widget=Chips(icons=ICONS),
        error_messages={
            "required": gettext_lazy("Choose how you met."),
            "invalid_choice": gettext_lazy("Choose one of the ways."),
        },
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("For about how long?"),
        choices=list(LENGTHS.items()),
        coerce=int,
        widget=Chips,
        error_messages={
            "required": gettext_lazy("Choose about how long it was."),
            "invalid_choice": gettext_lazy("Choose one of the lengths."),
        },
    )


class PlanForm(WayForm):
    """When two people will talk next, in the writer's own zone."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput)
    at = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput)
    place = forms.CharField(
        label=gettext_lazy("Where, or the link"), max_length=200, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ["on", "at", "channel", "minutes", "place", "version"]

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["channel"].error_messages["required"] = _("Choose how you meet.")
        self.fields["minutes"].error_messages["required"] = _("Choose a length.")

    def clean(self):
        cleaned = super().clean()
        on, at = cleaned.get("on"), cleaned.get("at")
        if on and at:
            cleaned["starts_at"] = self.moment(on, at)
        return cleaned

    def moment(self, on, at):
        """The instant meant, or None with an error beside the day or the time."""
        try:
            starts_at = from_current_timezone(datetime.combine(on, at))
        except forms.ValidationError:
            self.add_error("at", _("The clocks change then. Choose another time."))
            return None
        if starts_at <= self.now:
            self.add_error("on", _("Choose a time that is still to come."))
        elif starts_at > self.now + A_YEAR:
            self.add_error("on", _("Choose a day within a year from now."))
        return starts_at


class UsefulForm(forms.Form):
    """What was useful, for the two of the pair to read."""

    useful = forms.CharField(
        label=gettext_lazy("What was useful?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )


class LogForm(UsefulForm, WayForm, OnceForm):
    """The four answers that are enough, and what was useful."""

    held_on = forms.DateField(
        label=gettext_lazy("When did you meet?"),
        widget=DateInput,
        error_messages={"required": gettext_lazy("Say on which day you met.")},
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What did you focus on?"),
        widget=ChipsMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one thing you talked about."),
            "invalid_choice": gettext_lazy("Choose from the list."),
        },
    )
    same = forms.ChoiceField(
        label=gettext_lazy("Is it the same session?"),
        choices=[
            ("yes", gettext_lazy("Yes, the same one")),
            ("no", gettext_lazy("No, another one on that day")),
        ],
        widget=RadioCards,
        required=False,
    )
    planned = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ["held_on", "channel", "minutes", "topics", "useful"]

    def __init__(self, *args, pair, titles=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = pair
        self.fields["topics"].choices = [
            (title, title) for title in dict.fromkeys(titles)
        ] + [*TOPICS.items()]
        latest = timezone.localdate().isoformat()
        self.fields["held_on"].widget.attrs["max"] = latest

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(
                _("That day is still to come. Choose today or a day before.")
            )
        if held_on < self.pair.started_on:
            raise forms.ValidationError(
                _("You two have been a pair since %(day)s. Choose that day or later.")
                % {"day": day_words(self.pair.started_on)}
            )
        return held_on


class AnswerForm(forms.Form):
    """How a session went, in one tap: about how long it was, or that it was not."""

    NO = "no"
    answer = forms.ChoiceField(
        label=gettext_lazy("About how long did you talk?"),
        choices=[*LENGTHS.items(), (NO, gettext_lazy("We did not meet"))],
        widget=Chips,
        error_messages={
            "required": gettext_lazy(
                "Choose about how long, or that you did not meet."
            ),
            "invalid_choice": gettext_lazy("Choose one of the answers."),
        },
    )

    def __init__(self, *args, session, **kwargs):
        length = str(nearest_length(session.minutes or 45))
        said = length if session.is_held else self.NO
        initial = {"answer": said} if session.is_told else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.session = session

    @property
    def minutes(self) -> int | None:
        """The length, to the minute where the partner said one like it; None for "we
        did not meet"."""
        answer = self.cleaned_data["answer"]
        if answer == self.NO:
            return None
        kept = self.session.is_held and "answer" not in self.changed_data
        return self.session.minutes if kept else int(answer)


class CorrectionForm(WayForm):
    """The facts of a session as the partner logged them, to agree with or correct."""

    held_on = LogForm.base_fields["held_on"]
    field_order = ["held_on", "channel", "minutes"]

    def __init__(self, *args, pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = pair

    clean_held_on = LogForm.clean_held_on
