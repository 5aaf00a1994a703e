"""A guided reflection: a sheet's questions, and what comes of the answers."""

from django import forms
from django.utils.translation import gettext as _

from mentorship.participants.models import Participant
from mentorship.ui.widgets import DateInput


class GuidedForm(forms.Form):
    """A field for each question, and for each a promise with a day, if one may still
    promise something. `answers` are those given before."""

    def __init__(self, *args, steps, answers, today, promises, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = [step["title"] for step in steps]
        self.today, self.promises = today, promises
        for at, step in enumerate(steps):
            self.fields[f"answer_{at}"] = forms.CharField(
                label=step["title"],
                help_text=step.get("text", ""),
                initial=answers.get(step["title"], ""),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            if promises:
                self.fields |= promise_fields(at)

    @property
    def questions(self):
        return [self[f"answer_{at}"] for at in range(len(self.asked))]

    @property
    def rows(self) -> list[dict]:
        """The fields of each promise."""
        if not self.promises:
            return []
        return [
            {"text": self[f"promise_{at}"], "due_on": self[f"due_{at}"]}
            for at in range(len(self.asked))
        ]

    def clean(self):
        cleaned = super().clean()
        for at in range(len(self.asked) if self.promises else 0):
            self.check_promise(at, cleaned)
        said = [cleaned.get(f"answer_{at}") for at in range(len(self.asked))]
        if not any(said) and not self.errors:
            self.add_error(
                "answer_0", _("Answer one of the questions, whichever you like.")
            )
        return cleaned

    def check_promise(self, at, cleaned):
        """A promise has words and a day to come, or neither."""
        words, due_on = cleaned.get(f"promise_{at}"), cleaned.get(f"due_{at}")
        if f"due_{at}" in self.errors or f"promise_{at}" in self.errors:
            return
        if words and not due_on:
            self.add_error(f"due_{at}", _("Give it a day, so that it happens."))
        elif due_on and not words:
            told = _("Say what you will do, or leave out the day.")
            self.add_error(f"promise_{at}", told)
        elif due_on and due_on <= self.today:
            self.add_error(f"due_{at}", _("Choose a day that is still to come."))

    def answers(self) -> dict:
        """{question: answer}, empty where there is none."""
        return {
            question: self.cleaned_data[f"answer_{at}"]
            for at, question in enumerate(self.asked)
        }

    def promised(self) -> list[tuple]:
        """(words, day) of each promise."""
        found = [
            (self.cleaned_data.get(f"promise_{at}"), self.cleaned_data.get(f"due_{at}"))
            for at in range(len(self.asked))
        ]
        return [(words, due_on) for words, due_on in found if words]


def promise_fields(at) -> dict:
    """What one will do, and by when."""
    return {
        f"promise_{at}": forms.CharField(
            label=_("I will"), max_length=300, required=False
        ),
        f"due_{at}": forms.DateField(
            label=_("By when"), widget=DateInput, required=False
        ),
    }


class PreviewForm(forms.Form):
    """Whose mail to look at."""

    place = forms.ModelChoiceField(
        Participant.objects.none(), label=_("As"), empty_label=None
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = list(places)
        self.fields["place"].queryset = places
        self.fields["place"].choices = [(p.pk, p.name) for p in self.places]

    def chosen(self):
        """The place that was asked for, else the first; None when there is nobody."""
        if self.is_bound and self.is_valid():
            asked = self.cleaned_data["place"].pk
            return next(place for place in self.places if place.pk == asked)
        return self.places[0] if self.places else None
