"""A minute to look back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.low import low_scales
from mentorship.ui.widgets import Slider

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


def question(label):
    """A question of the minute after a session, for its writer alone."""
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, widget=area, max_length=2000, required=False)


class ReflectionForm(forms.Form):
    """A private thought, three questions and three scales, all of it optional."""

    QUESTIONS = ("helped", "changed", "next_step")
    helped = question(_("What helped?"))
    changed = question(_("What is different now?"))
    next_step = question(_("What is your next step?"))
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
        self.last = last
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
    def questions(self):
        return [self[name] for name in self.QUESTIONS]

    @property
    def private(self) -> dict:
        """Everything that is for its writer alone, as the actions take it."""
        answers = {name: self.cleaned_data[name] for name in self.QUESTIONS}
        thought = self.cleaned_data["thought"]
        return {"thought": thought, "answers": answers, "pulse": self.pulse}

    @property
    def says_something(self) -> bool:
        words = [self.cleaned_data[name] for name in ("thought", *self.QUESTIONS)]
        return any(words) or any(self.pulse.values())

    @property
    def is_low(self) -> bool:
        """Whether a scale asks for a suggestion to the writer."""
        return bool(low_scales(self.pulse, self.last))
