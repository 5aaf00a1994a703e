"""A theme of what people learned, in a coordinator's own words."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.insights.models import Theme
from mentorship.insights.themes import borrowed
from mentorship.ui.widgets import CheckCards
from milestones.models import SharedLesson


class ThemeForm(forms.Form):
    """The theme, and the shared lessons it draws on; fewer than it needs make a draft
    that is told nowhere."""

    text = forms.CharField(
        label=gettext_lazy("What do these lessons have in common?"),
        help_text=gettext_lazy(
            "In your own words, so that nobody finds theirs in it. Name nobody."
        ),
        max_length=Theme._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    lessons = forms.MultipleChoiceField(
        label=gettext_lazy("The lessons it draws on"),
        widget=CheckCards,
        error_messages={
            "required": gettext_lazy("Tick the lessons that made you think of it."),
            "invalid_choice": gettext_lazy(
                "One of these lessons was taken back. Tick from the list as it is now."
            ),
        },
    )

    def __init__(
        self,
        *args,
        lessons,
        hints,
        fewest,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.by_key = {str(lesson.pk): lesson for lesson in lessons}
        choices = [(key, one.text) for key, one in self.by_key.items()]
        self.fields["lessons"].choices = choices
        self.fields["lessons"].widget.hints = hints
        self.fields["lessons"].help_text = _(
            "It is told once it draws on %(n)s, from as many pairs. Until then it is "
            "a draft."
        ) % {"n": fewest}

    def clean_text(self):
        """Refuse words of any lesson that is shared, not only of those ticked."""
        text = self.cleaned_data["text"]
        shared = (lesson.text for lesson in self.by_key.values())
        if words := borrowed(text, shared):
            raise forms.ValidationError(
                _("“%(words)s” stands in one of the lessons. Say it in other words.")
                % {"words": words}
            )
        return text

    def chosen(self) -> list[SharedLesson]:
        return [self.by_key[key] for key in self.cleaned_data["lessons"]]
