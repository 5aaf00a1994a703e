from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import CheckCards, Chips, ChipsMultiple

from .models import Kind

HINTS = {
    Kind.INVITATION: _("When a program asks you to take part."),
    Kind.SESSION: _("A planned conversation, a change of time, a new log."),
    Kind.CHECK_IN: _("Now and then: how is it going?"),
    Kind.MILESTONE: _("A step on your roadmap that is due or done."),
    Kind.REFLECTION: _("A moment to look back after a conversation."),
    Kind.PAIRING: _("Offers and a new pair."),
    Kind.PILOT: _("The question whether to go on, and what came of it."),
    Kind.ACKNOWLEDGMENT: _("When the charter you agreed to changes."),
    Kind.CARE: _("When a small hint may help the two of you."),
    Kind.DIGEST: _("Several reminders in one mail, now and then."),
    Kind.ANNOUNCEMENT: _("What the people who run your program write to everyone."),
}


def choices() -> list:
    return [(kind.value, kind.label) for kind in Kind.optional()]


class PreferencesForm(forms.Form):
    """Which kinds of notice a person wants, in which way, and how many reminders."""

    wanted = forms.MultipleChoiceField(
        label=_("Write to me about"),
        help_text=_("Mail about your account itself always comes."),
        choices=choices,
        widget=CheckCards(hints={kind.value: words for kind, words in HINTS.items()}),
        required=False,
    )
    shown = forms.MultipleChoiceField(
        label=_("Keep under Messages on this site"),
        help_text=_("Only you can read them. They are kept when no mail comes, too."),
        choices=choices,
        widget=ChipsMultiple,
        required=False,
    )
    reminders_a_week = forms.TypedChoiceField(
        label=_("Most reminders in a week"),
        help_text=_("Your program has a limit of its own. Yours can only be lower."),
        choices=[
            ("", _("As my program says")),
            (0, _("None")),
            (1, _("One")),
            (2, _("Two")),
            (3, _("Three")),
        ],
        coerce=int,
        empty_value=None,
        widget=Chips,
        required=False,
    )
