"""What a coordinator writes: an idea, and its parts in order."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.charter.models import CoreOutcome
from mentorship.ui.widgets import ChipsMultiple, DateInput, RadioCards

from .actions.writing import FACETS
from .models import ItemText, ItemVersion

MOST_TOPICS, LONGEST_TOPIC, MOST_STEPS = 8, 60, 12


class TopicsField(forms.CharField):
    """Topics with commas between them, as a list of slugs."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value):
        words = super().clean(value).split(",")
        slugs = list(dict.fromkeys(filter(None, map(slugify, words))))
        if len(slugs) > MOST_TOPICS or any(len(s) > LONGEST_TOPIC for s in slugs):
            raise forms.ValidationError(
                _("Give up to eight short topics, with commas between them.")
            )
        return slugs


class ItemForm(forms.ModelForm):
    """An idea's words and what it is for."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        required=False,
        min_value=0,
        max_value=2_000_000_000,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=ItemVersion.Kind,
        initial=ItemVersion.Kind.PLAYBOOK,
        widget=RadioCards(
            hints={
                "playbook": gettext_lazy("A conversation, with what to say and ask"),
                "prompt": gettext_lazy("Good questions, to choose from"),
                "agenda": gettext_lazy("Parts with their minutes, little text"),
                "reflection sheet": gettext_lazy("Three to five questions to oneself"),
            }
        ),
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Who is it for?"),
        choices=ItemVersion.Side,
        initial=ItemVersion.Side.BOTH,
        widget=RadioCards(
            hints={"staff": gettext_lazy("Facilitators and coordinators alone read it")}
        ),
    )
    stages = forms.MultipleChoiceField(
        label=gettext_lazy("When does it help?"),
        help_text=gettext_lazy("Choose none for at any time."),
        choices=ItemVersion.Stage,
        widget=ChipsMultiple,
        required=False,
    )
    outcome_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Which outcomes does it help with?"),
        choices=CoreOutcome.Kind,
        widget=ChipsMultiple,
        required=False,
    )
    topics = TopicsField(
        label=gettext_lazy("Topics"),
        help_text=gettext_lazy("Such as feedback, career. Up to eight."),
        max_length=500,
        required=False,
    )
    review_on = forms.DateField(
        label=gettext_lazy("Read it again on"),
        help_text=gettext_lazy("From this day on it is marked in your list."),
        widget=DateInput,
        required=False,
    )

    class Meta:
        model = ItemText
        fields = ["title", "summary", "body"]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 14}),
        }
        help_texts = {
            "summary": gettext_lazy("What it is good for. It stands in the list."),
            "body": gettext_lazy(
                "Markdown: # for a heading, - for a list, ** around bold words."
            ),
        }

    def facets(self) -> dict:
        """What the idea is for, as actions take it."""
        return {name: self.cleaned_data[name] for name in FACETS}


class StepForm(forms.Form):
    """One part of a conversation, or one question of a reflection."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=120,
        required=False,
        error_messages={
            "min_value": gettext_lazy("A part takes 1 to 120 minutes."),
            "max_value": gettext_lazy("A part takes 1 to 120 minutes."),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("Part or question"), max_length=160, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("What to do or ask"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        cleaned = super().clean()
        said = cleaned.get("minutes") or cleaned.get("text")
        if said and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Give this part a name."))
        return cleaned


class BaseStepFormSet(forms.BaseFormSet):
    def steps(self) -> list[dict]:
        """The parts that were written, in their order."""
        return [form.cleaned_data for form in self if form.cleaned_data.get("title")]


StepFormSet = forms.formset_factory(
    StepForm,
    formset=BaseStepFormSet,
    extra=3,
    max_num=MOST_STEPS,
    absolute_max=MOST_STEPS,
)
