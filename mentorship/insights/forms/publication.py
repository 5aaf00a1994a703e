"""What coordinators settle about publication."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.insights.disclosure import BREAKDOWNS
from mentorship.insights.models import Period, PublicationRule
from mentorship.insights.wording import BREAKDOWN_NAMES
from mentorship.ui.widgets import ChipsMultiple

TOO_LOW = gettext_lazy("It can be raised, never lowered. Keep %(n)s, or more.")


class RuleForm(forms.ModelForm):
    """The next rule: at least as careful as the one before."""

    breakdowns = forms.MultipleChoiceField(
        label=gettext_lazy("Groups that are told of"),
        choices=[(one, BREAKDOWN_NAMES[one]) for one in BREAKDOWNS if one != "all"],
        widget=ChipsMultiple,
        required=False,
        help_text=gettext_lazy(
            "The whole program always is. Where these would tell too much together, "
            "the last of them are left out first."
        ),
    )

    class Meta:
        model = PublicationRule
        fields = ["minimum", "minimum_answers", "months", "breakdowns"]
        error_messages = {
            "months": dict.fromkeys(
                ["min_value", "max_value"],
                gettext_lazy("A period lasts 1 to 12 months."),
            )
        }

    def clean(self):
        cleaned = super().clean()
        for name in ("minimum", "minimum_answers"):
            least = self.initial[name]
            if cleaned.get(name) is not None and cleaned[name] < least:
                self.add_error(name, TOO_LOW % {"n": least})
            elif (cleaned.get(name) or 0) > 1000:
                self.add_error(name, _("More than 1000 would never be shown."))
        return cleaned


class NarrativeForm(forms.ModelForm):
    """What the report begins with."""

    class Meta:
        model = Period
        fields = ["narrative"]
        widgets = {"narrative": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "narrative": gettext_lazy(
                "What should the reader know before the figures? Name nobody. You may "
                "leave it empty."
            )
        }


class RegionsForm(forms.Form):
    """A region for each site; an empty one leaves the site on its own."""

    def __init__(self, *args, sites: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.sites = {f"site{number}": site for number, site in enumerate(sites)}
        for name, site in self.sites.items():
            self.fields[name] = forms.CharField(
                label=site,
                max_length=120,
                required=False,
                initial=sites[site],
            )

    def regions(self) -> dict[str, str]:
        """{site: region}, empty where it stays on its own."""
        return {site: self.cleaned_data[name] for name, site in self.sites.items()}
