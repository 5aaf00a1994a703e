"""What coordinators set beside a story; never its words."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.insights.models import PublishedStory
from mentorship.insights.stories import Told
from mentorship.ui.widgets import RadioCards


class PublishStoryForm(forms.Form):
    """What stands beside a win, if anything; its words stay as both agreed to them."""

    measure = forms.ChoiceField(
        label=gettext_lazy("A measure of the organization beside it"),
        required=False,
        widget=RadioCards,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the list.")},
    )
    source = forms.CharField(
        label=gettext_lazy("Where its figures come from"),
        help_text=gettext_lazy("Like “Workforce data, June”. It stands below them."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args, measures: dict, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(key, measure.name) for key, (measure, _) in measures.items()]
        self.fields["measure"].choices = [("", gettext_lazy("None")), *named]
        self.fields["measure"].widget.hints = {
            key: Told(PublishedStory(measure=one.name, unit=one.unit, **found)).numbers
            for key, (one, found) in measures.items()
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("measure") and cleaned.get("source") == "":
            words = _("Say where its figures come from, so that readers can ask.")
            self.add_error("source", words)
        return cleaned
