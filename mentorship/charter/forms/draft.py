from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.ui.widgets import ChipsMultiple

from ..models import CharterVersion, CoreOutcome, Side
from ..models.version import PROMISES, REQUIRED, SECTIONS

HINTS = {
    "priorities": _("Why the organization does this, in a few sentences."),
    "mentor_gains": _("What a mentor leaves with, as a list."),
    "mentor_does": _("What a mentor gives and keeps to."),
    "mentor_decides": _("What is a mentor's own choice."),
    "mentee_gains": _("What a mentee leaves with, as a list."),
    "mentee_does": _("What a mentee gives and keeps to."),
    "mentee_decides": _("What is a mentee's own choice."),
    "expectations": _("How both prepare, turn up and learn."),
    "time_commitment": _("Hours a month, for how long, and who agreed to it."),
    "confidentiality": _("What is never passed on, and the exception for harm."),
    "boundaries": _("What this is not: line management, appraisal, therapy."),
    "dissent": _("How to disagree with each other, or with the program, and be heard."),
    "exit_criteria": _("When a pair is done, and how either of you can leave."),
}
LONGEST_SECTION = 8000


class PromisesForm(forms.ModelForm):
    """The promises that are fields, with the number the draft was read at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    working_days = forms.TypedMultipleChoiceField(
        label=_("Working days"),
        choices=WEEKDAYS.items(),
        coerce=int,
        widget=ChipsMultiple,
    )

    class Meta:
        model = CharterVersion
        fields = [*PROMISES, "asks_again"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.number == 1:  # there is nothing to agree to again
            del self.fields["asks_again"]

    def promises(self) -> dict:
        """The cleaned promises, without the version number."""
        return {k: v for k, v in self.cleaned_data.items() if k != "version"}


class SectionsForm(forms.Form):
    """The prose, one field for each section."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for slug, title in SECTIONS.items():
            self.fields[slug] = forms.CharField(
                label=title,
                help_text=HINTS[slug],
                required=False,
                max_length=LONGEST_SECTION,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[slug].needed_later = slug in REQUIRED


class RowForm(forms.Form):
    """A row that counts only when its first text field is filled."""

    names_the_row = ""
    needed_later: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.needed_later:
            self.fields[name].needed_later = True

    def is_kept(self) -> bool:
        filled = bool(self.cleaned_data.get(self.names_the_row))
        return filled and not self.cleaned_data.get("DELETE")

    def row(self) -> dict:
        return {k: v for k, v in self.cleaned_data.items() if k in self.base_fields}


class OutcomeForm(RowForm):
    slug = forms.SlugField(max_length=60, required=False, widget=forms.HiddenInput)
    statement = forms.CharField(
        label=_("What should be different"), max_length=200, required=False
    )
    side = forms.ChoiceField(label=_("For"), choices=Side.choices)
    kind = forms.ChoiceField(label=_("Kind"), choices=CoreOutcome.Kind.choices)
    measure = forms.CharField(
        label=_("How it is measured"), max_length=200, required=False
    )
    target = forms.CharField(label=_("Target"), max_length=120, required=False)

    names_the_row = "statement"
    needed_later = ("statement", "measure", "target")

    def clean(self):
        cleaned = super().clean()
        rest = cleaned.get("measure") or cleaned.get("target")
        if rest and not cleaned.get("statement") and "statement" not in self.errors:
            self.add_error("statement", _("Say what should be different."))
        return cleaned


class StepForm(RowForm):
    title = forms.CharField(
        label=_("What to do, or who to turn to"), max_length=120, required=False
    )
    owner = forms.ChoiceField(label=_("Who answers"), required=False)
    reply_days = forms.IntegerField(
        label=_("Replies within, in working days"),
        min_value=1,
        max_value=30,
        initial=1,
    )

    names_the_row = "title"
    needed_later = ("title",)

    def __init__(self, *args, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.owners = owners
        self.fields["owner"].choices = [
            ("", _("Nobody in particular")),
            *((pk, person.name) for pk, person in owners.items()),
        ]

    def row(self) -> dict:
        row = super().row()
        return {**row, "owner": self.owners.get(row["owner"])}


class RowFormSet(forms.BaseFormSet):
    """Rows to fill, with an empty one at the end and a box to remove each."""

    remove_label = _("Remove this one when saving")

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = self.remove_label

    def rows(self) -> list[dict]:
        """The rows to keep, in order."""
        return [form.row() for form in self.forms if form.is_kept()]


def _formset(form, most):
    return forms.formset_factory(
        form,
        formset=RowFormSet,
        extra=1,
        max_num=most,
        absolute_max=most + 1,
        validate_max=True,
        can_delete=True,
        can_delete_extra=False,
    )


OutcomeFormSet = _formset(OutcomeForm, 20)
StepFormSet = _formset(StepForm, 8)


def _rows(form, things) -> list[dict]:
    """What is stored, as initial values of the form's fields."""
    names = form.base_fields
    rows = [{name: getattr(thing, name) for name in names} for thing in things]
    for row in rows:
        if owner := row.get("owner"):
            row["owner"] = str(owner.pk)
    return rows


class DraftForms:
    """All forms of the draft page as one: promises, sections, outcomes, steps."""

    def __init__(self, draft, data=None):
        text = draft.text_in(draft.program.languages[0])
        staff = User.objects.filter(roles__program=draft.program_id, is_active=True)
        owners = {str(person.pk): person for person in staff.distinct()}
        read_at = {"version": draft.version}
        self.promises = PromisesForm(
            data, instance=draft, prefix="promises", initial=read_at
        )
        self.sections = SectionsForm(
            data, prefix="sections", initial=text.sections if text else {}
        )
        self.outcomes = OutcomeFormSet(
            data,
            prefix="outcomes",
            initial=_rows(OutcomeForm, draft.outcomes.all()),
        )
        self.steps = StepFormSet(
            data,
            prefix="steps",
            initial=_rows(StepForm, draft.escalation.all()),
            form_kwargs={"owners": owners},
        )

    def all(self) -> list:
        return [self.promises, self.sections, self.outcomes, self.steps]

    def is_valid(self) -> bool:
        wrong = [form for form in self.all() if not form.is_valid()]
        return not wrong

    def cleaned(self) -> dict:
        """What save_draft writes."""
        return {
            "version": self.promises.cleaned_data["version"],
            "promises": self.promises.promises(),
            "sections": self.sections.cleaned_data,
            "outcomes": self.outcomes.rows(),
            "steps": self.steps.rows(),
        }
