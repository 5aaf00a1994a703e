"""What the two take from a review together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import Review


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
