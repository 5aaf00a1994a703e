"""Outcomes that can be seen, steps with a date, and small promises."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.charter.models import CoreOutcome
from mentorship.ui.templatetags.ui import day_words
from mentorship.ui.widgets import CheckCards, DateInput, RadioCards
from milestones.models import BusinessMeasure, Milestone, Outcome
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
            str(aim.pk): _("%(kind)s. %(measure)s. Target: %(target)s")
            % {
                "kind": aim.get_kind_display(),
                "measure": aim.measure,
                "target": aim.target,
            }
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
        fields = ["title", "kind", "outcome", "measure", "due_on"]
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

    def __init__(self, *args, outcomes, measures=(), **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        field.queryset = Outcome.objects.filter(pk__in=[o.pk for o in outcomes])
        field.choices = [("", _("Both of us, no outcome in particular"))] + [
            (outcome.pk, outcome.title) for outcome in outcomes
        ]
        field = self.fields["measure"]
        field.queryset = BusinessMeasure.objects.filter(pk__in=[m.pk for m in measures])
        field.choices = [("", _("None"))] + [(m.pk, m.name) for m in measures]
        if not measures:
            del self.fields["measure"]

    def words(self) -> dict:
        """The fields an action takes."""
        names = [name for name in self.Meta.fields if name in self.fields]
        return {name: self.cleaned_data[name] for name in names}


class PromiseForm(forms.Form):
    """One small promise: the words, whose it is, and whom it helps."""

    text = forms.CharField(
        label=gettext_lazy("A promise, in a few words"), max_length=300, required=False
    )
    owner = forms.ChoiceField(label=gettext_lazy("Who does it?"), required=False)
    for_side = forms.ChoiceField(label=gettext_lazy("For whom?"), required=False)
    due_on = forms.DateField(
        label=gettext_lazy("Until when?"), widget=DateInput, required=False
    )

    def __init__(self, *args, pair, side, **kwargs):
        super().__init__(*args, **kwargs)
        partner = "mentee" if side == "mentor" else "mentor"
        sides = [(side, _("You")), (partner, getattr(pair, partner).short_name)]
        self.fields["owner"].choices = sides
        self.fields["for_side"].choices = sides
        self.fields["owner"].initial = side
        self.fields["for_side"].initial = side

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come, or leave it out."))
        return due_on

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("text"):
            for name in ("owner", "for_side"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Choose one of you two."))
        return cleaned


class StillOpen(forms.MultipleChoiceField):
    """Any of one's open promises. One that was ticked elsewhere is simply kept."""

    def to_python(self, value):
        return [one for one in super().to_python(value) if self.valid_value(one)]


class KeptForm(forms.Form):
    """Which of one's open promises are kept by now; inside acting_as."""

    kept = StillOpen(
        label=gettext_lazy("Which of yours did you keep?"),
        widget=CheckCards,
        required=False,
    )

    def __init__(self, *args, promises, place, **kwargs):
        super().__init__(*args, **kwargs)
        words = [(item, item.words.text) for item in promises if hasattr(item, "words")]
        mine = [(item, text) for item, text in words if item.owner_id == place.pk]
        self.partners = [text for item, text in words if item.owner_id != place.pk]
        field = self.fields["kept"]
        field.choices = [(str(item.pk), text) for item, text in mine]
        field.widget.hints = {str(item.pk): when(item) for item, _text in mine}

    @property
    def mine(self) -> list:
        return self.fields["kept"].choices


def when(item) -> str:
    """Since when, or until when, a promise is open."""
    if item.due_on:
        return _("until %(day)s") % {"day": day_words(item.due_on)}
    day = day_words(timezone.localtime(item.created_at).date())
    return _("from %(day)s") % {"day": day}


class BasePromiseFormSet(forms.BaseFormSet):
    def promised(self) -> list[dict]:
        """The promises that were written down."""
        return [form.cleaned_data for form in self if form.cleaned_data.get("text")]


PromiseFormSet = forms.formset_factory(
    PromiseForm, formset=BasePromiseFormSet, extra=3, max_num=10, absolute_max=10
)
