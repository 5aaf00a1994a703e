"""The forms of growth: one's own answers, what others see, feedback to each other."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.growing.items import Item, Theme
from feedback.models import Observation, ObservationRequest, Pack
from mentorship.ui.widgets import Chips, RadioCards

OTHER = "other"
WORDS_OF_MY_OWN = {"rows": 2}


class Choice(forms.TypedChoiceField):
    """One answer in words, which can always be left out."""

    widget = Chips

    def __init__(self, words, **kwargs):
        super().__init__(
            choices=[*enumerate(words, 1), ("", gettext_lazy("Leave it out"))],
            coerce=int,
            empty_value=None,
            required=False,
            error_messages={
                "invalid_choice": gettext_lazy(
                    "Choose one of these answers, or leave it out."
                )
            },
            **kwargs,
        )
        # The page says once that everything is optional.
        self.needed_later = True


class AskingForm(forms.Form):
    """One answer for each item; all of it optional. `given` is {key: value}."""

    def __init__(self, *args, themes: list[Theme], given: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.themes = themes
        for theme in themes:
            for item in theme.items:
                self.fields[item.key] = self.field_of(item, given)

    @staticmethod
    def field_of(item: Item, given: dict) -> Choice:
        return Choice(item.words, label=item.text, initial=given.get(item.key, ""))

    @property
    def sections(self):
        """Each theme with its bound fields."""
        return [
            (theme, [self[item.key] for item in theme.items]) for theme in self.themes
        ]


class PackForm(forms.Form):
    """One pack, switched on or off for a program."""

    pack = forms.ModelChoiceField(
        Pack.objects.all(),
        error_messages={
            "required": gettext_lazy("Choose a pack from the list."),
            "invalid_choice": gettext_lazy("Choose a pack from the list."),
        },
    )
    on = forms.BooleanField(required=False)


class SeenForm(forms.Form):
    """What somebody sees of a behavior: one word, and one example."""

    seen = forms.TypedChoiceField(
        label=gettext_lazy("How often have you seen it in the last weeks?"),
        choices=Observation.Seen,
        coerce=int,
        widget=Chips,
        error_messages={
            "required": gettext_lazy("Choose one of the four answers."),
            "invalid_choice": gettext_lazy("Choose one of the four answers."),
        },
    )
    example = forms.CharField(
        label=gettext_lazy("One example"),
        help_text=gettext_lazy("What happened, and what it led to. Two lines do."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


class ObserveForm(forms.Form):
    """A behavior, how one sees oneself, and whom else to ask."""

    behavior = forms.ChoiceField(
        label=gettext_lazy("What should be looked at?"),
        widget=RadioCards,
        error_messages={
            "required": gettext_lazy("Choose what should be looked at."),
            "invalid_choice": gettext_lazy("Choose one of these, or name your own."),
        },
    )
    own = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy(
            "Something that others can see: “Opens a point herself”"
        ),
        max_length=200,
        required=False,
    )
    seen = Choice(
        Observation.Seen.labels, label=gettext_lazy("How often do you do it today?")
    )
    example = forms.CharField(
        label=gettext_lazy("One example"),
        widget=forms.Textarea(attrs=WORDS_OF_MY_OWN),
        max_length=1000,
        required=False,
    )
    invite = forms.ChoiceField(
        label=gettext_lazy("Ask somebody else too?"),
        choices=[
            ("", gettext_lazy("Not now")),
            (ObservationRequest.By.MANAGER, ObservationRequest.By.MANAGER.label),
            (ObservationRequest.By.PEER, ObservationRequest.By.PEER.label),
        ],
        widget=Chips,
        required=False,
    )

    def __init__(self, *args, behaviors: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        own = (OTHER, _("Something else, in my own words"))
        self.fields["behavior"].choices = [*((one, one) for one in behaviors), own]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("behavior") == OTHER:
            if not cleaned.get("own") and "own" not in self.errors:
                self.add_error("own", _("Say in a few words what should be looked at."))
            cleaned["behavior"] = cleaned.get("own", "")
        if cleaned.get("example") and not cleaned.get("seen") and not self.errors:
            self.add_error("seen", _("Say how often, and the example is kept with it."))
        elif not (cleaned.get("seen") or cleaned.get("invite") or self.errors):
            words = _("Answer yourself, ask somebody, or do both.")
            self.add_error("seen", words)
        return cleaned


class FeedbackForm(forms.Form):
    """One strength, one suggestion, one next step; one of them is enough."""

    strength = forms.CharField(
        label=gettext_lazy("One strength"),
        help_text=gettext_lazy("Something you saw them do, and what it did."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    suggestion = forms.CharField(
        label=gettext_lazy("One suggestion"),
        help_text=gettext_lazy(
            "About what they do, not who they are. You may be wrong."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    next_step = forms.CharField(
        label=gettext_lazy("One next step"),
        help_text=gettext_lazy("Small enough for the coming two weeks."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.values()) and not self.errors:
            words = _("Write at least one of the three, or say “Not this time”.")
            self.add_error("strength", words)
        return cleaned
