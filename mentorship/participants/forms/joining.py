"""The forms on the way in."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mentorship.participants.models import TrainingAnswer
from mentorship.ui.widgets import RadioCards

WAYS = [("code", _("Mail me a code each time")), ("password", _("With a password"))]
WHAT_IT_MEANS = {
    "code": _("Nothing to remember. The code arrives within a minute."),
    "password": _("Quicker on a device that keeps your passwords."),
}


class JoinForm(forms.Form):
    """How the person wants to sign in from now on."""

    way = forms.ChoiceField(
        label=_("How would you like to sign in?"),
        choices=WAYS,
        initial="code",
        widget=RadioCards(hints=WHAT_IT_MEANS),
        error_messages={"required": _("Choose how you would like to sign in")},
    )
    password = forms.CharField(
        label=_("Your new password"),
        required=False,
        max_length=200,
        help_text=_("Only if you chose a password: at least 8 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        if self.cleaned_data.get("way") != "password":
            self.cleaned_data["password"] = ""
            return
        password = self.cleaned_data.get("password")
        try:
            if not password:
                raise ValidationError(_("Choose a password, or a code by mail"))
            validate_password(password, self.user)
        except ValidationError as error:
            self.add_error("password", error)


class AgreeForm(forms.Form):
    """Agreement to the charter in force. The version is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agree = forms.BooleanField(
        label=_("I have read this charter and I agree to it"),
        error_messages={"required": _("Tick the box once you have read the charter")},
    )


class TrainingForm(forms.Form):
    """Whether orientation helped; nobody has to say."""

    value = forms.TypedChoiceField(
        label=_("Orientation helped me to begin"),
        choices=TrainingAnswer.Value.choices,
        coerce=int,
        widget=RadioCards,
        error_messages={
            "required": _("Choose one answer, or leave it out."),
            "invalid_choice": _("Choose one answer, or leave it out."),
        },
    )
