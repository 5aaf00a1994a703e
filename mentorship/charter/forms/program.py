from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import RadioCards

from ..models import Program, Role


class ProgramForm(forms.ModelForm):
    """A program's name and zone; a site administrator also says who coordinates."""

    coordinator = forms.EmailField(
        label=_("Email of its coordinator"),
        max_length=254,
        help_text=_("They get an account if they have none, and a mail about it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Program
        fields = ["name", "zone"]
        labels = {"name": _("Name of the program"), "zone": _("Time zone")}
        help_texts = {
            "zone": _("Days and deadlines of the program are counted here."),
        }
        widgets = {"zone": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args, names_coordinator, **kwargs):
        super().__init__(*args, **kwargs)
        if not names_coordinator:
            del self.fields["coordinator"]


class RoleForm(forms.Form):
    """Somebody's address and the role to give them."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("Somebody new gets an account and a mail about it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Role"),
        choices=Role.Kind.choices,
        widget=RadioCards(
            hints={
                Role.Kind.COORDINATOR: _("Runs cohorts, pairing and the charter"),
                Role.Kind.FACILITATOR: _("Hears concerns when asked to"),
                Role.Kind.STEERING: _("Reads the report, never about one person"),
                Role.Kind.SPONSOR: _("Gives time and means, and reads the report"),
            }
        ),
    )
