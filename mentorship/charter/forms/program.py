from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
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


class VideoRoomForm(forms.Form):
    """The address at which each session by video gets a room of its own."""

    video_room = forms.CharField(
        label=_("Address of the video rooms"),
        max_length=250,
        required=False,
        help_text=_(
            "For example https://meet.example.org/{session}. Each session puts a "
            "number that cannot be guessed in place of {session}. Leave it empty to "
            "use none."
        ),
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )

    def clean_video_room(self):
        template = self.cleaned_data["video_room"]
        if not template:
            return ""
        try:
            # The number may stand in the path or behind it, never in the host's name.
            URLValidator(schemes=["https"])(template.replace("{session}", "0" * 24))
            elsewhere = "{session}" in urlsplit(template).netloc
        except (forms.ValidationError, ValueError):
            elsewhere = True
        if elsewhere:
            raise forms.ValidationError(
                gettext("Give a whole address that begins with https://.")
            )
        if "{session}" not in template:
            raise forms.ValidationError(
                gettext("Write {session} where each session’s own number goes.")
            )
        return template


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
