"""Business measures and their values."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.ui.widgets import RadioCards
from milestones.models import BusinessMeasure
from milestones.values import MOST_BYTES


class MeasureForm(forms.ModelForm):
    """A figure the organization keeps anyway."""

    class Meta:
        model = BusinessMeasure
        fields = ["name", "unit", "better"]
        widgets = {"better": RadioCards}
        help_texts = {
            "name": gettext_lazy("For example “People who stay a year”."),
            "unit": gettext_lazy("For example “percent” or “days”."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["better"].choices = BusinessMeasure.Better.choices

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not slugify(name, allow_unicode=True):
            raise forms.ValidationError(_("Give it a name of letters."))
        return name


class ValuesForm(forms.Form):
    """A CSV file, or the same text as it was shown in the preview."""

    file = forms.FileField(
        label=gettext_lazy("The file with the values"),
        help_text=gettext_lazy(
            "CSV, up to 2,000 rows. You see what would be kept before anything is."
        ),
        required=False,
        allow_empty_file=True,
    )
    text = forms.CharField(
        widget=forms.HiddenInput, required=False, strip=False, max_length=MOST_BYTES
    )

    def clean(self):
        """`text` becomes what is to be read."""
        cleaned = super().clean()
        file = cleaned.get("file")
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("Send at most 256 KB at once."))
        elif file:
            cleaned["text"] = file.read().decode("utf-8", errors="replace")
        elif not cleaned.get("text") and not self.errors:
            self.add_error("file", _("Choose the file with the values."))
        return cleaned
