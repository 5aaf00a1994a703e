"""A story: what came of it, who may read it and until when."""

from datetime import date
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import Story
from mentorship.ui.widgets import Chips, RadioCards
from pairing.forms import OnceForm
from pairing.naming import named_in

KIND_HINTS = {
    Story.Kind.WORDS: gettext_lazy("What you could not do before, or see differently."),
    Story.Kind.WIN: gettext_lazy(
        "A thing that others use or notice. Coordinators may set one of the "
        "organization’s measures beside it, with its number of people."
    ),
    Story.Kind.VIDEO: gettext_lazy("A line about it, and where it can be seen."),
}
MONTHS = [
    (3, gettext_lazy("3 months")),
    (6, gettext_lazy("6 months")),
    (12, gettext_lazy("A year")),
]
CHOOSE = {
    "required": gettext_lazy("Choose one of these."),
    "invalid_choice": gettext_lazy("Choose one of these."),
}


class StoryForm(OnceForm):
    """Told in one's own words; `names` are those of the two, which stay out of it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want to tell?"),
        choices=Story.Kind.choices,
        initial=Story.Kind.WORDS,
        widget=RadioCards,
        error_messages=CHOOSE,
    )
    text = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("Three or four lines. No names, and no patients."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=1500,
        error_messages={
            "required": gettext_lazy("Write a line or two; one is enough.")
        },
    )
    title = forms.CharField(
        label=gettext_lazy("What changed, in two or three words"),
        help_text=gettext_lazy(
            "Only for a change in the work, like “Safer handovers”."
        ),
        max_length=60,
        required=False,
    )
    url = forms.CharField(
        label=gettext_lazy("Where the video can be seen"),
        max_length=300,
        required=False,
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read it, once you both agree?"),
        choices=Story.Audience.choices,
        initial=Story.Audience.STEERING,
        widget=RadioCards,
        error_messages=CHOOSE,
    )
    months = forms.TypedChoiceField(
        label=gettext_lazy("For how long, from today?"),
        choices=MONTHS,
        initial=6,
        coerce=int,
        widget=Chips,
        error_messages=CHOOSE,
    )
    with_function = forms.BooleanField(
        label=gettext_lazy(
            "My function may stand below it, where ten or more people share it"
        ),
        required=False,
    )
    alone = forms.BooleanField(
        label=gettext_lazy("Nobody but the two of us could be recognized in it"),
        error_messages={
            "required": gettext_lazy(
                "Leave out whatever points at a third person, and confirm it here."
            )
        },
    )

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names
        self.fields["kind"].widget.hints = KIND_HINTS
        hosts = ", ".join(settings.STORY_VIDEO_HOSTS)
        self.fields["url"].help_text = _("Only for a video. It starts with https://")
        if hosts:
            self.fields["url"].help_text = _(
                "Only for a video: an address that starts with https:// at %(hosts)s."
            ) % {"hosts": hosts}

    def clean_text(self):
        return self.nameless("text")

    def clean_title(self):
        return self.nameless("title")

    def nameless(self, field: str) -> str:
        """A field's text. Raises ValidationError when it names one of the two."""
        text = self.cleaned_data[field]
        if name := named_in(text, self.names):
            words = _("This names %(name)s. Say it without the name.")
            raise forms.ValidationError(words % {"name": name})
        return text

    def clean_url(self):
        url = self.cleaned_data["url"]
        if url and not is_allowed(url):
            raise forms.ValidationError(
                _("Use an https:// address at %(hosts)s.")
                % {"hosts": ", ".join(settings.STORY_VIDEO_HOSTS)}
            )
        return url

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == Story.Kind.WIN and cleaned.get("title") == "":
            self.add_error("title", _("Say in two or three words what changed."))
        if kind == Story.Kind.VIDEO and cleaned.get("url") == "":
            self.add_error("url", _("Paste the address of the video."))
        return cleaned

    def told(self, today: date) -> dict:
        """What the actions keep: only what its kind needs."""
        values = self.cleaned_data
        kind = values["kind"]
        return {
            "kind": kind,
            "audience": values["audience"],
            "with_function": values["with_function"],
            "expires_on": months_later(today, values["months"]),
            "words": {
                "text": values["text"],
                "title": values["title"] if kind == Story.Kind.WIN else "",
                "url": values["url"] if kind == Story.Kind.VIDEO else "",
            },
        }


def is_allowed(url: str) -> bool:
    """Whether it is an https address at one of the hosts that are allowed, with neither
    a port nor somebody's name in it."""
    try:
        URLValidator(schemes=["https"])(url)
    except forms.ValidationError:
        return False
    return urlsplit(url).netloc.casefold() in settings.STORY_VIDEO_HOSTS


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the 28th of that month if it is later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))
