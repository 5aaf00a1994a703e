from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.ui.widgets import Chips
from pairing.what_counts import (
    KNOBS,
    MEANINGS,
    POLICY,
    Settings,
    level_of,
    levels_of,
    meaning_of,
    most_of,
    name_of,
)


class LevelField(forms.FloatField):
    """A number, chosen by the level it stands for.

    A number between the levels, such as learning from outcomes suggests, is offered as
    a choice of its own.
    """

    widget = Chips

    def __init__(self, knob: str):
        self.knob = knob
        super().__init__(
            label=name_of(knob),
            help_text=meaning_of(knob),
            min_value=0,
            max_value=most_of(knob),
            step_size=1 if knob == "rest_after" else None,
        )
        wrong = _("%(name)s: choose one of these, or send a number from 0 to %(most)d.")
        wrong %= {"name": self.label, "most": most_of(knob)}
        self.error_messages |= {"required": wrong, "invalid": wrong}
        for limit in self.validators:
            limit.message = wrong

    def offer(self, value, whole: float) -> None:
        """Set the choices, with `value` among them if it is a number that may be."""
        levels = {
            float(number): words for number, words in levels_of(self.knob).items()
        }
        value = self.number(value)
        if value is not None and value not in levels:
            levels[value] = level_of(self.knob, value, whole)
        self.widget.choices = [(number, levels[number]) for number in sorted(levels)]

    def number(self, sent) -> float | None:
        """The number somebody sent, or None if it cannot be one of this field."""
        try:
            return self.clean(sent)
        except forms.ValidationError:
            return None

    def prepare_value(self, value):
        """Text such as "0.040" names the same choice as the number 0.04."""
        number = self.number(value)
        return value if number is None else number


class WhatCountsForm(forms.Form):
    """Every factor by its level, how a plan is chosen, and why it is changed.

    `number` is that of the settings on the screen, so that two people who choose at
    once find out. `wished` holds values from a link, which fill the form.
    """

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    because = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For the coordinators who come after you."),
    )

    def __init__(
        self,
        data=None,
        *,
        settings: Settings,
        number: int,
        wished: Mapping[str, str] | None = None,
    ):
        super().__init__(data, initial={"number": number})
        self.fields |= {knob: LevelField(knob) for knob in KNOBS}
        self.order_fields([*KNOBS, "because", "number"])
        for knob, stored in settings.as_dict().items():
            number = self.fields[knob].number((wished or {}).get(knob))
            self.initial[knob] = stored if number is None else number
        shown = self.initial if data is None else data
        whole = sum(self.fields[knob].number(shown.get(knob)) or 0 for knob in MEANINGS)
        for knob in KNOBS:
            self.fields[knob].offer(shown.get(knob), whole)

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(knob, True) for knob in MEANINGS):
            self.add_error("wishes", _("At least one thing must count."))
        return cleaned

    def factors(self) -> list:
        """The fields of what speaks for a pair."""
        return [self[knob] for knob in MEANINGS]

    def policy(self) -> list:
        """The fields of how a plan is chosen among the possible ones."""
        return [self[knob] for knob in POLICY]

    def chosen(self) -> Settings:
        """What was chosen, as settings."""
        return Settings.from_dict(self.cleaned_data)
