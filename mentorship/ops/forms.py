from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mentorship.outbox import chat
from mentorship.outbox.models import ChatRoom, Kind
from mentorship.ui.widgets import CheckCards

HEARD = {
    Kind.ANNOUNCEMENT: _("A new charter, and the beginning of a cohort’s next stage."),
    Kind.CHECK_IN: _("Once a week: the question how it is going has gone out."),
}


class RoomForm(forms.ModelForm):
    """A room of the program's chat and what it hears."""

    address = forms.CharField(
        label=_("Address"),
        help_text=_(
            "The webhook of your chat, as its settings show it: Slack, Teams, Discord, "
            "Google Chat as https://…, others such as mmosts://chat.example.org/token. "
            "It is kept sealed and not shown again."
        ),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What it hears"),
        choices=[(kind.value, kind.label) for kind in HEARD],
        widget=CheckCards(hints={kind.value: words for kind, words in HEARD.items()}),
    )

    class Meta:
        model = ChatRoom
        fields = ["label", "address", "kinds", "language"]
        labels = {"label": _("What you call it"), "language": _("Language")}

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.program_id = program.pk
        spoken = [pair for pair in settings.LANGUAGES if pair[0] in program.languages]
        self.fields["language"].choices = spoken or settings.LANGUAGES

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        try:
            chat.check(address)
        except chat.Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return address

    def _get_validation_exclusions(self):
        # Names are unique within the program, which no field of the form holds.
        return super()._get_validation_exclusions() - {"program_id"}
