"""What a coordinator decides about people of a plan, one form for each kind."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.participants.models import Participant


class ChangeForm(forms.Form):
    """People of one cohort; `verb` and `about` are what the action takes."""

    PEOPLE: tuple[str, ...] = ()
    verb = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        here = Participant.objects.filter(cohort=cohort).taking_part()
        here = here.select_related("user", "cohort__program")
        for name in self.PEOPLE:
            sides = {"mentor": here.mentors(), "person": here}
            self.fields[name].queryset = sides.get(name, here.mentees())

    @property
    def about(self) -> dict:
        """The places and values that the verb needs."""
        said = dict(self.cleaned_data)
        said.pop("verb")
        return said


def place(label, wrong):
    return forms.ModelChoiceField(
        Participant.objects.none(),
        label=label,
        error_messages={"invalid_choice": wrong, "required": wrong},
    )


def mentor():
    return place(_("Mentor"), _("Choose a mentor of this cohort."))


def mentee():
    return place(_("Mentee"), _("Choose a mentee of this cohort."))


class TwoPeopleForm(ChangeForm):
    """A rule about two people is dropped."""

    PEOPLE = ("mentor", "mentee")
    mentor = mentor()
    mentee = mentee()


class RuleForm(ChangeForm):
    """Two people, and what shall hold between them."""

    PEOPLE = ("mentor", "mentee")
    RULES = {"pin": _("Keep together"), "never": _("Never pair")}
    mentor = mentor()
    mentee = mentee()
    verb = forms.ChoiceField(
        label=_("What shall hold"),
        choices=list(RULES.items()),
        initial="pin",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("For the coordinators who come after you."),
    )

    field_order = ("mentor", "mentee", "verb", "reason")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("mentor") and cleaned.get("mentor") == cleaned.get("mentee"):
            self.add_error("mentee", _("Choose two different people."))
        return cleaned


class SwapForm(ChangeForm):
    """Two mentees who shall have each other's mentor."""

    PEOPLE = ("mentee", "other")
    mentee = mentee()
    other = place(_("Swap with"), _("Choose a mentee with another mentor."))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("other") and cleaned.get("other") == cleaned.get("mentee"):
            self.add_error("other", _("Choose two different people."))
        return cleaned


class CapacityForm(ChangeForm):
    """How many mentees a mentor may have in all."""

    PEOPLE = ("mentor",)
    mentor = mentor()
    places = forms.IntegerField(label=_("Places"), min_value=0)

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, cohort=cohort, **kwargs)
        charter = cohort.program.in_force
        most = charter.most_mentees if charter else 3
        wrong = _("A mentor can have up to %(most)s places.") % {"most": most}
        self.fields["places"] = forms.IntegerField(
            label=_("Places"),
            min_value=0,
            max_value=most,
            error_messages={"max_value": wrong, "min_value": wrong, "invalid": wrong},
        )


class PersonForm(ChangeForm):
    """Somebody who is left out, or taken in again."""

    PEOPLE = ("person",)
    person = place(_("Person"), _("Choose somebody of this cohort."))


FORMS = {
    "pin": RuleForm,
    "never": RuleForm,
    "drop": TwoPeopleForm,
    "swap": SwapForm,
    "capacity": CapacityForm,
    "pause": PersonForm,
    "resume": PersonForm,
}


def change_form(data, cohort) -> ChangeForm:
    """The form of the verb in `data`; without one, the one about two people."""
    return FORMS.get(data.get("verb"), RuleForm)(data, cohort=cohort)
