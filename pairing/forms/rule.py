from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.participants.models import Participant
from pairing.models import PairRule


class RuleForm(forms.Form):
    """Two people of one cohort, and what shall hold between them."""

    mentor = forms.ModelChoiceField(
        Participant.objects.none(),
        label=_("Mentor"),
        error_messages={"invalid_choice": _("Choose a mentor of this cohort.")},
    )
    mentee = forms.ModelChoiceField(
        Participant.objects.none(),
        label=_("Mentee"),
        error_messages={"invalid_choice": _("Choose a mentee of this cohort.")},
    )
    kind = forms.ChoiceField(
        label=_("What shall hold"),
        choices=PairRule.Kind,
        initial=PairRule.Kind.PIN,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("For the coordinators who come after you."),
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        here = Participant.objects.filter(cohort=cohort).taking_part()
        here = here.select_related("user")
        self.fields["mentor"].queryset = here.mentors()
        self.fields["mentee"].queryset = here.mentees()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("mentor") and cleaned.get("mentor") == cleaned.get("mentee"):
            self.add_error("mentee", _("Choose two different people."))
        return cleaned
