"""A concern, to a person chosen by name, and the words that follow."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.ui.templatetags.ui import day_words
from mentorship.ui.widgets import RadioCards
from pairing.forms import OnceForm

GENERAL = "general"


class ConcernForm(OnceForm):
    """Whom to tell, what about, and the words."""

    reader = forms.ChoiceField(
        label=_("Who should read it?"),
        widget=RadioCards,
        error_messages={
            "required": _("Choose one of these people."),
            "invalid_choice": _("Choose one of these people."),
        },
    )
    about = forms.ChoiceField(
        label=_("What is it about?"),
        widget=RadioCards,
        error_messages={
            "required": _("Choose what it is about."),
            "invalid_choice": _("Choose what it is about."),
        },
    )
    text = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        error_messages={"required": _("Write a line or two; one is enough.")},
    )
    urgent = forms.BooleanField(
        label=_("Somebody is at risk: this should be read at once"), required=False
    )

    def __init__(self, *args, readers, pairs, user, at, **kwargs):
        self.readers = {reader.value: reader for reader in readers}
        self.pairs = {str(pair.pk): pair for pair in pairs}
        about = [(pk, you_two(pair, user)) for pk, pair in self.pairs.items()]
        about.append((GENERAL, _("Something in general")))
        first = {"reader": next(iter(self.readers), ""), "about": about[0][0]}
        super().__init__(*args, initial=first, **kwargs)
        several = len({reader.program.pk for reader in readers}) > 1
        who = self.fields["reader"]
        who.choices = [(r.value, r.user.name) for r in readers]
        who.widget.hints = {r.value: hint(r, at, several) for r in readers}
        self.fields["about"].choices = about
        lasts = {r.program.pk: r.user.name for r in readers}
        self.fields["urgent"].help_text = _("It reaches %(name)s as well, at once.") % {
            "name": ", ".join(lasts.values())
        }

    @property
    def chosen(self):
        return self.readers[self.cleaned_data["reader"]]

    @property
    def last(self):
        """The last of the path that the chosen person stands on."""
        program = self.chosen.program
        return [r for r in self.readers.values() if r.program == program][-1]

    @property
    def pair(self):
        return self.pairs.get(self.cleaned_data["about"])

    def clean(self):
        cleaned = super().clean()
        reader = self.readers.get(cleaned.get("reader"))
        pair = self.pairs.get(cleaned.get("about"))
        if reader and pair and pair.cohort.program_id != reader.program.pk:
            words = _("Choose somebody of %(program)s, to which your pair belongs.")
            names = {"program": pair.cohort.program.name}
            self.add_error("reader", words % names)
        return cleaned


def you_two(pair, user):
    return _("You and %(name)s") % {"name": pair.partner_of(user).short_name}


def hint(reader, at, several: bool):
    """What the person is, and by when they answer."""
    words = _("%(title)s. Answers by %(day)s.")
    if several:
        words = _("%(program)s: %(title)s. Answers by %(day)s.")
    return words % {
        "program": reader.program.name,
        "title": reader.title,
        "day": day_words(reader.reply_by(at).date(), "weekday"),
    }


class ConcernWordsForm(OnceForm):
    """More words; an owner says whom they are for."""

    text = forms.CharField(
        label=_("Your words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Write a line or two; one is enough.")},
    )
