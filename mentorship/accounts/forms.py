import zoneinfo

from allauth.account import forms as allauth_forms
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import Chips, TimeInput

from .models import User
from .signals import zone_changed


class LoginForm(allauth_forms.LoginForm):
    """Address and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Work email")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class RequestLoginCodeForm(allauth_forms.RequestLoginCodeForm):
    """The address a sign-in code goes to."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Work email")
        self.fields["email"].widget.attrs.pop("placeholder", None)


class ConfirmLoginCodeForm(allauth_forms.ConfirmLoginCodeForm):
    """The code from the mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].widget.attrs.update(autofocus=True, spellcheck="false")


def zones() -> list:
    """Every IANA zone under its continent, for a select with groups."""
    groups: dict[str, list] = {}
    others = []
    for name in sorted(zoneinfo.available_timezones() - {"UTC"}):
        continent, _slash, city = name.partition("/")
        if city and continent != "Etc":
            groups.setdefault(continent, []).append((name, city.replace("_", " ")))
        else:
            others.append((name, name))
    return [("UTC", "UTC"), *groups.items(), (_("Others"), others)]


class SettingsForm(forms.ModelForm):
    """How the product speaks to a person, and when it is quiet."""

    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Times are shown, and mails sent, by it.")
    )

    class Meta:
        model = User
        fields = [
            "called",
            "language",
            "zone",
            "theme",
            "quiet_from",
            "quiet_to",
            "reminders_together",
        ]
        labels = {
            "called": _("What we call you"),
            "theme": _("Light or dark"),
        }
        help_texts = {
            "called": _("Leave it empty for your given name."),
            "quiet_from": _("No mail arrives in these hours."),
        }
        widgets = {
            "theme": Chips(attrs={"data-theme-choice": True}),
            "quiet_from": TimeInput,
            "quiet_to": TimeInput,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zones()
        self.fields["theme"].choices = User.Theme.choices

    @transaction.atomic
    def save(self, commit=True):
        user = super().save(commit)
        if "zone" in self.changed_data:
            zone_changed.send(User, user=user)
        return user

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("quiet_from"), cleaned.get("quiet_to")
        if (starts is None) != (ends is None) and not self.errors:
            missing = "quiet_to" if starts else "quiet_from"
            self.add_error(missing, _("Give both ends of your quiet hours."))
        return cleaned
