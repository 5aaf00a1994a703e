"""A minute to look back, and how it is going."""

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import CheckIn, Review
from mentorship.ui.widgets import RadioCards, Slider

CONFIDENCE = [_("Shaky"), _("Unsure"), _("Finding my feet"), _("Steady"), _("Strong")]
TOGETHER = [_("Distant"), _("A bit stiff"), _("Easy enough"), _("Easy"), _("Close")]
CLARITY = [_("Foggy"), _("Hazy"), _("Some idea"), _("Clear"), _("Very clear")]
SCALES = {"confidence": CONFIDENCE, "together": TOGETHER, "clarity": CLARITY}


class Scale(forms.IntegerField):
    """Five words for one to five; left out until somebody answers."""

    def __init__(self, words, **kwargs):
        super().__init__(
            required=False,
            min_value=1,
            max_value=5,
            widget=Slider(words),
            error_messages={
                "invalid": _("Choose a point on the line, or leave it out.")
            },
            **kwargs,
        )


class ReflectionForm(forms.Form):
    """A private thought and three scales, all of it optional."""

    thought = forms.CharField(
        label=_("A thought to keep: what surprised you?"),
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": _("Write for yourself")}
        ),
        max_length=4000,
        required=False,
    )
    confidence = Scale(CONFIDENCE, label=_("Confidence"))
    together = Scale(TOGETHER, label=_("Working together"))
    clarity = Scale(CLARITY, label=_("Clear about what is next"))

    def __init__(self, *args, last=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in SCALES.items():
            answer = getattr(last, name, None)
            if answer:
                self.fields[name].widget.last = words[answer - 1]

    @property
    def scales(self):
        return [self[name] for name in SCALES]

    @property
    def pulse(self) -> dict:
        """The answers given, by scale."""
        return {name: self.cleaned_data[name] for name in SCALES}

    @property
    def says_something(self) -> bool:
        return bool(self.cleaned_data["thought"] or any(self.pulse.values()))


class CheckInForm(forms.Form):
    """One answer of three, for coordinators to read."""

    answer = forms.ChoiceField(
        label=_("Right now, our conversations are:"),
        choices=CheckIn.Answer,
        widget=RadioCards,
        error_messages={
            "required": _("Choose one of the three answers."),
            "invalid_choice": _("Choose one of the three answers."),
        },
    )


class ReviewForm(forms.Form):
    """What the two take from a review: at the midpoint what changes, at the end what
    goes on and one's own thanks."""

    changes = forms.CharField(
        label=_("What do you change from here on?"),
        help_text=_("“Nothing, it works” is an answer too."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    continues = forms.CharField(
        label=_("What goes on when you no longer meet?"),
        help_text=_("A habit, a contact, a promise still open."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    thanks = forms.CharField(
        label=_("What would you like to thank the other one for?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    PARTS = {
        Review.Kind.MIDPOINT: {"changes"},
        Review.Kind.CLOSING: {"continues", "thanks"},
    }

    def __init__(self, *args, kind, side, words=None, **kwargs):
        super().__init__(*args, **kwargs)
        # Where each field's words lie: thanks are the writer's own.
        self.columns = {name: name for name in self.PARTS[kind] - {"thanks"}}
        if "thanks" in self.PARTS[kind]:
            self.columns["thanks"] = f"thanks_from_{side}"
        for name in self.fields.keys() - self.columns.keys() - {"version"}:
            del self.fields[name]
        for name, column in self.columns.items():
            self.initial[name] = getattr(words, column, "")

    @property
    def words(self) -> dict:
        """The words by the column they lie in."""
        return {
            column: self.cleaned_data[name] for name, column in self.columns.items()
        }

    def differences(self, saved) -> list[tuple]:
        """(label, saved words) of each field in which `saved` says something else."""
        return [
            (self.fields[name].label, getattr(saved, column))
            for name, column in self.columns.items()
            if getattr(saved, column) != self.cleaned_data[name]
        ]
