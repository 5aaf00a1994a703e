"""What people say about whom they are paired with."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.participants.models import Participant
from mentorship.ui.widgets import Chips, RadioCards
from pairing.models import SayAnswer

RANKS = {
    1: gettext_lazy("First choice"),
    2: gettext_lazy("Second choice"),
    3: gettext_lazy("Third choice"),
    4: gettext_lazy("Fourth choice"),
    5: gettext_lazy("Fifth choice"),
}


class WishesForm(forms.Form):
    """One choice for each card of a shortlist: no wish, or its rank."""

    def __init__(self, *args, cards, **kwargs):
        super().__init__(*args, **kwargs)
        self.cards = {card.sign: card for card in cards}
        for sign, card in self.cards.items():
            self.fields[sign] = forms.TypedChoiceField(
                label=_("Your wish: %(what)s") % {"what": card.title},
                choices=[("", _("No wish")), *RANKS.items()],
                coerce=int,
                empty_value=None,
                required=False,
                initial=card.rank or "",
            )

    def clean(self):
        cleaned = super().clean()
        taken: dict = {}
        for sign, rank in list(cleaned.items()):
            if rank is not None and taken.setdefault(rank, sign) != sign:
                first = self.cards[taken[rank]].title
                words = _("%(rank)s is taken by “%(first)s”. Choose another one.")
                self.add_error(sign, words % {"rank": RANKS[rank], "first": first})
        return cleaned

    def ranked(self) -> list[Participant]:
        """The mentors wished for, the first choice first."""
        wished = [(rank, sign) for sign, rank in self.cleaned_data.items() if rank]
        return [self.cards[sign].mentor for _rank, sign in sorted(wished)]


class VetoForm(forms.Form):
    """The one person somebody would rather not be paired with."""

    other = forms.ModelChoiceField(
        Participant.objects.none(),
        label=gettext_lazy("Whom would you rather not be paired with?"),
        empty_label=gettext_lazy("Choose a name"),
        error_messages={
            "required": gettext_lazy("Choose a name, or go back."),
            "invalid_choice": gettext_lazy("Choose somebody from the list."),
        },
    )

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others


class LimitsForm(forms.Form):
    """How much of a mentor there is."""

    capacity = forms.TypedChoiceField(
        label=gettext_lazy("How many people would you like to mentor at once?"),
        coerce=int,
        widget=Chips,
        error_messages={
            "required": gettext_lazy("Choose a number; nobody is fine too."),
            "invalid_choice": gettext_lazy("Choose one of these numbers."),
        },
    )
    async_only = forms.BooleanField(
        label=gettext_lazy("I can only take part in writing"),
        required=False,
        help_text=gettext_lazy("Then your hours need not overlap with theirs."),
    )

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = [
            (0, _("Nobody just now")),
            (1, _("One person")),
            (2, _("Two people")),
            (3, _("Three people")),
        ][: most + 1]


class SayForm(forms.Form):
    """How much of a say somebody had; leaving it out is an answer too."""

    value = forms.TypedChoiceField(
        label=gettext_lazy("I had a say in who I was paired with"),
        choices=SayAnswer.Value.choices,
        coerce=int,
        widget=RadioCards,
        error_messages={
            "required": gettext_lazy("Choose one answer, or leave it out."),
            "invalid_choice": gettext_lazy("Choose one answer, or leave it out."),
        },
    )
