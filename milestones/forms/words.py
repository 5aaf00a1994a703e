"""What the pair alone reads: how an outcome goes, and what shows a step."""

import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.ui.widgets import Chips
from milestones.models import Progress
from pairing.forms import SafeFileField, leads_to_a_page


class ProgressForm(forms.Form):
    """How one of the two sees an outcome today."""

    how = forms.ChoiceField(
        label=gettext_lazy("How does it look to you?"),
        choices=Progress.How,
        widget=Chips,
        error_messages={
            "required": gettext_lazy("Choose one of the three."),
            "invalid_choice": gettext_lazy("Choose one of the three."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("What have you seen or heard?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutcomeReviewForm(ProgressForm):
    """The same inside a review; an answer is a `must` only when somebody says that the
    review is done."""

    def __init__(self, *args, outcome, must=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.outcome, self.must = outcome, must
        self.fields["how"].required = False

    def clean_how(self):
        how = self.cleaned_data["how"]
        if self.must and not how:
            raise forms.ValidationError(_("Say how it stands before you are done."))
        return how

    @property
    def seen(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("how", "words")}

    @staticmethod
    def label_of(said: dict) -> str:
        """How it stands, as a word."""
        how = said.get("how")
        return str(Progress.How(how).label) if how else ""

    @classmethod
    def in_words(cls, said: dict) -> str:
        """All that was said of it, in one line."""
        return ". ".join(filter(None, [cls.label_of(said), said.get("words", "")]))


class EvidenceForm(forms.Form):
    """A link, a file of the pair or a few words; one of them is enough."""

    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    url = forms.CharField(
        label=gettext_lazy("A link"),
        help_text=gettext_lazy("For example https://wiki.example/handover"),
        max_length=1000,
        required=False,
        widget=forms.URLInput,
    )
    file = forms.ModelChoiceField(
        None,
        label=gettext_lazy("One of your files"),
        required=False,
        empty_label=gettext_lazy("No file"),
        error_messages={
            "invalid_choice": gettext_lazy("Choose one of the files of you two.")
        },
    )
    upload = SafeFileField(
        label=gettext_lazy("A new file"),
        help_text=gettext_lazy(
            "PDF, office documents, text and pictures, up to 10 MB. It lies in your "
            "workspace too."
        ),
        required=False,
    )
    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, files, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_id"].initial = uuid.uuid4
        self.fields["file"].queryset = files
        names = [(file.pk, file.name) for file in files]
        if names:
            self.fields["file"].choices = [("", _("No file")), *names]
        else:
            del self.fields["file"]

    def clean_url(self):
        """Only addresses of the web: a click must never run anything."""
        url = self.cleaned_data["url"]
        if url and not leads_to_a_page(url):
            raise forms.ValidationError(
                _("Paste the whole address, beginning with https://")
            )
        return url

    def clean_form_id(self):
        return self.cleaned_data["form_id"] or uuid.uuid4()

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(name) for name in ("words", "url", "file", "upload")]
        if not any(given) and not self.errors:
            self.add_error("words", _("Say it in a few words, or add a link or file."))
        if cleaned.get("file") and cleaned.get("upload"):
            self.add_error("upload", _("Choose one of your files or a new one."))
        return cleaned
