"""How two people work together, in ten minutes; and what each would like afterwards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import Chips, ChipsMultiple, RadioCards
from pairing.models import Afterwards, Agreement, Session
from pairing.wording.agreement import FACTS, RHYTHMS, WORDS, rhythm, who_books

from .session import ICONS, WayForm


def words(label, *, required=False, rows=3, help_text=""):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=1000,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("One sentence is enough.")},
    )


class AgreementForm(forms.Form):
    """One version of a pair's agreement."""

    goals = words(
        _("What do you two want from your time together?"),
        required=True,
        help_text=_("For both sides. One sentence each is enough."),
    )
    rhythm_days = forms.TypedChoiceField(
        label=_("How often do you meet?"),
        coerce=int,
        widget=Chips,
        error_messages={
            "required": _("Choose how often."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    minutes = WayForm.base_fields["minutes"]
    channels = forms.MultipleChoiceField(
        label=_("How do you meet?"),
        choices=Session.Channel,
        widget=ChipsMultiple(icons=ICONS),
        error_messages={
            "required": _("Choose at least one way."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    books = forms.ChoiceField(
        label=_("Who books the sessions?"),
        widget=Chips,
        error_messages={
            "required": _("Choose who books."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    confidentiality = words(_("What stays between you, beyond the charter?"))
    boundaries = words(
        _("What is not part of it?"),
        help_text=_("Topics, hours or roles that you leave out."),
    )
    ending = words(
        _("How would you like to end it?"),
        help_text=_("Early if need be, and when your time is over."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args, pair, **kwargs):
        super().__init__(*args, **kwargs)
        own = {pair.rhythm_days: rhythm(pair.rhythm_days)}
        self.fields["rhythm_days"].choices = sorted((RHYTHMS | own).items())
        self.fields["books"].choices = [
            (value, who_books(value, pair)) for value in Agreement.Books
        ]

    @property
    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in FACTS}

    @property
    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in WORDS}


class AfterwardsForm(forms.Form):
    """What somebody would like after a completed pair."""

    choice = forms.ChoiceField(
        label=_("What would you like next?"),
        choices=Afterwards.Choice,
        widget=RadioCards(
            hints={
                "mentor": _("Your experience of being in a pair is worth passing on."),
                "again": _("With somebody new, for something else."),
                "not now": _("You can change this at any time."),
            }
        ),
        error_messages={
            "required": _("Choose one of the three."),
            "invalid_choice": _("Choose one of the three."),
        },
    )
