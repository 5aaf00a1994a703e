"""Adding a person, changing a place, and writing to people."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.ui.widgets import RadioCards

JOINS_AS = [("mentor", _("Mentor")), ("mentee", _("Mentee")), ("both", _("Both"))]
WHAT_IT_MEANS = {
    "mentor": _("Offers time and experience, and names something to learn"),
    "mentee": _("Brings a question, and something to offer in return"),
    "both": _("In two different pairs"),
}


class PlaceForm(forms.Form):
    """A place in a cohort: its sides, how many pairs at once, line of work and site."""

    joins_as = forms.ChoiceField(
        label=_("Joins as"),
        choices=JOINS_AS,
        widget=RadioCards(hints=WHAT_IT_MEANS),
        error_messages={"required": _("Choose mentor, mentee or both")},
    )
    capacity = forms.IntegerField(
        label=_("Capacity"),
        required=False,
        min_value=1,
        help_text=_("For mentors: how many pairs at once"),
    )
    function = forms.CharField(
        label=_("Function"),
        max_length=120,
        required=False,
        help_text=_("The line of work, such as nursing or finance"),
    )
    site = forms.CharField(label=_("Site"), max_length=120, required=False)

    def __init__(self, *args, most_mentees, **kwargs):
        super().__init__(*args, **kwargs)
        limit_capacity(self.fields["capacity"], most_mentees)

    def clean(self):
        sides = self.cleaned_data.get("joins_as")
        if sides == "mentee":
            self.cleaned_data["capacity"] = None
            self._errors.pop("capacity", None)
        elif sides and self.cleaned_data.get("capacity", 0) is None:
            self.add_error("capacity", _("Say how many pairs at once"))
        return self.cleaned_data

    def place(self) -> dict:
        """The answers as fields of a Participant."""
        data = self.cleaned_data
        return {
            "is_mentor": data["joins_as"] in ("mentor", "both"),
            "is_mentee": data["joins_as"] in ("mentee", "both"),
            "capacity": data["capacity"],
            "function": data["function"],
            "site": data["site"],
        }

    @staticmethod
    def answers_of(place) -> dict:
        """What the form shows at first for an existing place."""
        both = place.is_mentor and place.is_mentee
        return {
            "joins_as": "both" if both else place.side,
            "capacity": place.capacity,
            "function": place.function,
            "site": place.site,
        }


def limit_capacity(field, most) -> None:
    """Let a capacity be 1 to `most`, the charter's limit, and say so when it is not."""
    field.max_value = field.widget.attrs["max"] = most
    words = _("Capacity can be 1 to %(most)d") % {"most": most}
    for kind in ("invalid", "min_value", "max_value"):
        field.error_messages[kind] = words
    field.validators = [
        *field.validators,
        forms.fields.validators.MaxValueValidator(most, words),
    ]


class AddPersonForm(PlaceForm):
    """One person more, by hand."""

    given_name = forms.CharField(
        label=_("Given name, as they like it written"),
        max_length=150,
        error_messages={"required": _("Enter a name")},
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=150, required=False
    )
    email = forms.EmailField(
        label=_("Work email"),
        max_length=254,
        error_messages={
            "required": _("Enter an email address, like name@example.org"),
            "invalid": _("Enter an email address with an @, like name@example.org"),
        },
    )
    invite = forms.BooleanField(
        label=_("Invite them now"),
        required=False,
        initial=True,
        help_text=_("One friendly email with a link to join."),
    )
    field_order = (
        *("given_name", "family_name", "email", "joins_as", "capacity"),
        *("function", "site", "invite"),
    )

    def clean_email(self):
        return User.objects.normalize_email(self.cleaned_data["email"])


class WaiveForm(forms.Form):
    """Why somebody may be paired without orientation."""

    because = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept with the place. Other coordinators can read it."),
        error_messages={"required": _("Say why, in a few words")},
    )


class WriteForm(forms.Form):
    """A mail in a coordinator's own words."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=68,
        error_messages={"required": _("Give your message a subject")},
    )
    text = forms.CharField(
        label=_("Message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write your message")},
    )
    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_subject(self):
        # A header is one line.
        return " ".join(self.cleaned_data["subject"].split())
