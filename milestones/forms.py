"""Outcomes that can be seen, steps with a date, and small promises."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.charter.models import CoreOutcome
from mentorship.ui.templatetags.ui import day_words
from mentorship.ui.widgets import Chips, DateInput, RadioCards
from milestones.models import Milestone, Outcome, Progress
from milestones.wording import missing_parts

WORDS = ["title", "observable", "measure", "baseline", "target", "due_on"]


class Aims(forms.ModelChoiceField):
    """The program's aims for one side, each with how it is measured."""

    widget = RadioCards

    def __init__(self, *args, **kwargs):
        super().__init__(*args, empty_label=None, **kwargs)

    def label_from_instance(self, aim):
        return aim.statement


class DueForm(forms.ModelForm):
    """A form with a day to come, inside the cohort's time."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = pair
        self.fields["due_on"].error_messages["required"] = _(
            "Give it a day. Without one it has no end."
        )

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on == self.initial.get("due_on"):
            return due_on
        if due_on <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        end = self.pair.cohort.alumni_on
        if end and due_on > end:
            raise forms.ValidationError(
                _("Your cohort ends on %(day)s. Choose a day until then.")
                % {"day": day_words(end)}
            )
        return due_on


class OutcomeForm(DueForm):
    """What one side wants to be different, and how both will see it."""

    core_outcome = Aims(
        CoreOutcome.objects.none(),
        label=gettext_lazy("Which aim of the program does it serve?"),
        error_messages={
            "required": gettext_lazy("Choose the aim it belongs to."),
            "invalid_choice": gettext_lazy("Choose one of the program’s aims."),
        },
    )
    becomes = forms.ChoiceField(
        label=gettext_lazy("What are you changing?"),
        choices=[
            ("words", gettext_lazy("The words: the aim is the same")),
            ("aim", gettext_lazy("The aim: it has become a different one")),
        ],
        widget=RadioCards,
        initial="words",
        error_messages={"required": gettext_lazy("Say whether the aim is the same.")},
    )
    field_order = ["core_outcome", *WORDS, "becomes", "version"]

    class Meta:
        model = Outcome
        fields = ["core_outcome", *WORDS]
        widgets = {"due_on": DateInput}
        help_texts = {
            "title": gettext_lazy("One sentence, about a situation you know."),
            "observable": gettext_lazy("What would somebody else notice?"),
            "measure": gettext_lazy("Something simple is enough."),
        }

    def __init__(self, *args, side, aims, **kwargs):
        super().__init__(*args, **kwargs)
        self.side = side
        field = self.fields["core_outcome"]
        field.queryset = CoreOutcome.objects.filter(pk__in=[aim.pk for aim in aims])
        field.choices = [(aim.pk, aim.statement) for aim in aims]
        field.widget.hints = {
            str(aim.pk): _("%(measure)s. Target: %(target)s")
            % {"measure": aim.measure, "target": aim.target}
            for aim in aims
        }
        if len(aims) == 1:
            field.initial = aims[0].pk
        if self.instance._state.adding:
            del self.fields["becomes"]

    def clean(self):
        cleaned = super().clean()
        for name, words in missing_parts(cleaned).items():
            self.add_error(name, words)
        return cleaned

    def words(self) -> dict:
        """The fields an action takes."""
        return {name: self.cleaned_data[name] for name in ["core_outcome", *WORDS]}


class MilestoneForm(DueForm):
    """A step on the road."""

    class Meta:
        model = Milestone
        fields = ["title", "kind", "outcome", "due_on"]
        widgets = {
            "due_on": DateInput,
            "kind": RadioCards(
                hints={
                    "formal learning": gettext_lazy("A course, a text, a shadowing"),
                    "real work": gettext_lazy("Something you do in your job"),
                    "reflection": gettext_lazy("Looking back, alone or together"),
                }
            ),
        }

    def __init__(self, *args, outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        field.queryset = Outcome.objects.filter(pk__in=[o.pk for o in outcomes])
        field.choices = [("", _("Both of us, no outcome in particular"))] + [
            (outcome.pk, outcome.title) for outcome in outcomes
        ]

    def words(self) -> dict:
        """The fields an action takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ProgressForm(forms.Form):
    """How one outcome stands, in a word and a few more; an answer is a `must` only
    when somebody says the review is done."""

    how = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"),
        choices=Progress.How,
        widget=Chips,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the three.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What do you see?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, outcome, must=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.outcome, self.must = outcome, must

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


class PromiseForm(forms.Form):
    """One small promise: the words, whose it is, and whom it helps."""

    text = forms.CharField(
        label=gettext_lazy("A promise, in a few words"), max_length=300, required=False
    )
    owner = forms.ChoiceField(label=gettext_lazy("Who does it?"), required=False)
    for_side = forms.ChoiceField(label=gettext_lazy("For whom?"), required=False)

    def __init__(self, *args, pair, side, **kwargs):
        super().__init__(*args, **kwargs)
        partner = "mentee" if side == "mentor" else "mentor"
        sides = [(side, _("You")), (partner, getattr(pair, partner).short_name)]
        self.fields["owner"].choices = sides
        self.fields["for_side"].choices = sides
        self.fields["owner"].initial = side
        self.fields["for_side"].initial = side

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("text"):
            for name in ("owner", "for_side"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Choose one of you two."))
        return cleaned


class BasePromiseFormSet(forms.BaseFormSet):
    def promised(self) -> list[dict]:
        """The promises that were written down."""
        return [form.cleaned_data for form in self if form.cleaned_data.get("text")]


PromiseFormSet = forms.formset_factory(
    PromiseForm, formset=BasePromiseFormSet, extra=3, max_num=10, absolute_max=10
)
