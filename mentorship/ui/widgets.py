"""Controls of the design beyond plain inputs, for use in any form."""

from django import forms


class DateInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A wall-clock time, to the minute."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """A day and a wall-clock time; say the zone in the hint."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class ChoiceLooks:
    """Adds an icon or a hint to the choices: {value: icon} and {value: hint}."""

    def __init__(self, *args, icons=None, hints=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.icons = icons or {}
        self.hints = hints or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["icon"] = self.icons.get(str(value), "")
        option["hint"] = self.hints.get(str(value), "")
        return option


class Chips(ChoiceLooks, forms.RadioSelect):
    """One answer of a few, one tap each."""

    template_name = "ui/widgets/chips.html"


class ChipsMultiple(ChoiceLooks, forms.CheckboxSelectMultiple):
    """Any answers of a few, one tap each."""

    template_name = "ui/widgets/chips.html"


class RadioCards(ChoiceLooks, forms.RadioSelect):
    """One answer of a few, each with a line that explains it."""

    template_name = "ui/widgets/cards.html"


class CheckCards(ChoiceLooks, forms.CheckboxSelectMultiple):
    """Any answers of a few, each with a line that explains it."""

    template_name = "ui/widgets/cards.html"


class Slider(forms.NumberInput):
    """A scale that speaks in words and can always be left out.

    `words` are the names of 1, 2, 3 and so on; `last` says the last answer. The
    value is None while the box "Leave this out" is ticked, as it is at first.
    """

    input_type = "range"
    template_name = "ui/widgets/slider.html"

    def __init__(self, words, last="", attrs=None):
        super().__init__(attrs)
        self.words = list(words)
        self.last = last

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        answered = value not in (None, "")
        attrs = context["widget"]["attrs"]
        for ours in ("min", "max", "step"):
            attrs.pop(ours, None)
        widget_id = attrs.get("id", "")
        describes = [f"{widget_id}_words", f"{widget_id}_last" if self.last else ""]
        describes.append(attrs.pop("aria-describedby", ""))
        context["widget"].update(
            value=value if answered else (len(self.words) + 1) // 2,
            answered=answered,
            words=self.words,
            joined="|".join(map(str, self.words)),
            last=self.last,
            describedby=" ".join(filter(None, describes)),
        )
        return context

    def value_from_datadict(self, data, files, name):
        if f"{name}-skip" in data:
            return None
        return super().value_from_datadict(data, files, name)
