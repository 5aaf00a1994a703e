"""What coordinators hand in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.insights.workforce import read_totals
from mentorship.ui.widgets import DateInput
from milestones.values import MOST_BYTES, Refused

MOST_SAID = 10


class WorkforceForm(forms.Form):
    """Totals as a CSV file, or as text that can be mended in place."""

    counted_on = forms.DateField(label=gettext_lazy("Counted on"), widget=DateInput)
    file = forms.FileField(
        label=gettext_lazy("The file with the totals"),
        help_text=gettext_lazy("CSV, up to 2,000 rows."),
        required=False,
        allow_empty_file=True,
    )
    text = forms.CharField(
        label=gettext_lazy("Or its rows, pasted here"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, initial={"counted_on": today}, **kwargs)
        self.today = today
        # One of the two is needed, whichever is easier.
        self.fields["file"].needed_later = self.fields["text"].needed_later = True

    def clean_counted_on(self):
        day = self.cleaned_data["counted_on"]
        if day > self.today:
            raise forms.ValidationError(_("Choose today or a day before."))
        if day.year < 2000:
            raise forms.ValidationError(_("Choose a day of this century."))
        return day

    def clean(self):
        """`totals` becomes what is to be kept; a file goes before pasted rows."""
        cleaned = super().clean()
        file, where = cleaned.get("file"), "text"
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("Send at most 256 KB at once."))
        elif file:
            cleaned["text"], where = file.read().decode("utf-8", "replace"), "file"
        if self.errors.keys() & {"file", "text"}:
            return cleaned
        if not (cleaned.get("text") or "").strip():
            self.add_error("file", _("Choose a file, or paste its rows below."))
            return cleaned
        self.read(where)
        return cleaned

    def read(self, where: str) -> None:
        """Read the totals; what needs mending is said at the field they came by."""
        try:
            rows = read_totals(self.cleaned_data["text"])
        except Refused as refused:
            self.add_error(where, str(refused))
            return
        words = _("Row %(number)s: %(problem)s")
        problems = [
            words % {"number": row.number, "problem": row.problem}
            for row in rows
            if row.problem
        ]
        if problems:
            self.add_error(where, problems[:MOST_SAID])
        else:
            self.cleaned_data["totals"] = [row.total for row in rows]
