from collections.abc import Mapping

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.ui.templatetags.ui import day_words


class CompareForm(forms.Form):
    """Two plans of one cohort, by their numbers; `rounds` are at least two, the newest
    first. Left out, they are the newest one and the one before, or the one given."""

    one = forms.TypedChoiceField(label=gettext_lazy("This plan"), coerce=int)
    other = forms.TypedChoiceField(label=gettext_lazy("Beside this one"), coerce=int)

    def __init__(self, data: Mapping[str, str], *, rounds):
        newest, before = (str(round_.number) for round_ in rounds[:2])
        one = data.get("one", before)
        other = data.get("other", before if one == newest else newest)
        super().__init__({"one": one, "other": other})
        choices = [(round_.number, in_list(round_)) for round_ in rounds]
        for field in self.fields.values():
            field.choices = choices
            field.error_messages["invalid_choice"] = _("Choose a plan of this cohort.")

    def clean(self):
        cleaned = super().clean()
        if "one" in cleaned and cleaned["one"] == cleaned.get("other"):
            self.add_error("other", _("Choose two different plans."))
        return cleaned

    @property
    def two(self) -> tuple[int, int]:
        """The two numbers that were chosen."""
        return self.cleaned_data["one"], self.cleaned_data["other"]


def in_list(round_) -> str:
    """A plan's number, and when it was asked for in the current zone."""
    at = timezone.localtime(round_.at)
    return _("Plan %(number)d, %(day)s at %(time)s") % {
        "number": round_.number,
        "day": day_words(at.date()),
        "time": date_format(at, "H:i"),
    }
