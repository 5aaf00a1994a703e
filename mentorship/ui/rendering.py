"""How every form looks: label above, hint, error under it, control last."""

from django import forms
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from mentorship.ui.templatetags.ui import icon
from mentorship.ui.widgets import Slider

CLASSES = [
    (forms.HiddenInput, ""),
    (forms.CheckboxInput, "check"),
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (Slider, ""),
    (forms.Select, "select"),
    (forms.Textarea, "area"),
    (forms.Widget, "input"),
]


class BoundField(DjangoBoundField):
    """A field that knows its control's class and which frame it is drawn in."""

    def build_widget_attrs(self, attrs, widget=None):
        """The widget's attributes, with the look's class before its own."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        look = next(name for kind, name in CLASSES if isinstance(widget, kind))
        own = attrs.get("class", widget.attrs.get("class", ""))
        if look or own:
            attrs["class"] = f"{look} {own}".strip()
        if self.use_fieldset:  # a single option is never invalid, the group is
            attrs.pop("aria-invalid", None)
        return attrs

    @property
    def frame(self):
        """Which frame surrounds the control: slider, check, group or control."""
        widget = self.field.widget
        if isinstance(widget, Slider):
            return "slider"
        if isinstance(widget, forms.CheckboxInput):
            return "check"
        return "group" if self.use_fieldset else "control"

    @property
    def says_optional(self):
        """Whether the label ends in "optional": not for a box to tick, nor where a
        field may be empty for now only and says so by `needed_later`."""
        needed = self.field.required or getattr(self.field, "needed_later", False)
        return not (needed or self.frame in ("check", "slider"))

    @property
    def anchor(self):
        """The id of the control a person is sent to from the error summary."""
        if self.id_for_label:
            return self.id_for_label
        return f"{self.auto_id}_0" if self.auto_id else ""


# What Django draws with its template of an input, as `an_input` does.
INPUTS = {
    f"django/forms/widgets/{name}.html"
    for name in ("input", "text", "number", "email", "url", "hidden", "date", "time")
} | {"django/forms/widgets/checkbox.html"}


def an_input(widget: dict) -> str:
    """An input as HTML. A page of forms has dozens, and a template with another inside
    takes ten times as long for each."""
    named = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        named["value"] = str(widget["value"])
    return mark_safe(f"<input{attributes(named | widget['attrs'])}>")


def chips(widget: dict) -> str:
    """An answer a chip, with an icon of its own or a tick once it is chosen."""
    parts = []
    for _group, options, _index in widget["optgroups"]:
        for option in options:
            sign = icon(option["icon"]) if option["icon"] else ""
            if not sign and option["type"] == "checkbox":
                sign = icon("check", "tick")
            words = conditional_escape(option["label"])
            parts.append(f'<label class="chip">{an_input(option)}{sign}{words}</label>')
    return mark_safe(f'<div class="chips">{"".join(parts)}</div>')


def a_select(widget: dict) -> str:
    """A list to choose from; those of zones have hundreds of options."""
    parts = []
    for group, options, _index in widget["optgroups"]:
        inside = "\n".join(map(an_option, options))
        if group:
            label = conditional_escape(group)
            inside = f'<optgroup label="{label}">\n{inside}\n</optgroup>'
        parts.append(inside)
    opened = attributes({"name": widget["name"]} | widget["attrs"])
    return mark_safe("\n".join([f"<select{opened}>", *parts, "</select>"]))


def an_option(option: dict) -> str:
    given = attributes({"value": str(option["value"])} | option["attrs"])
    return f"<option{given}>{conditional_escape(option['label'])}</option>"


def attributes(given: dict) -> str:
    """Each with a space before it; True stands without a value, False not at all."""
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in given.items()
        if value is not False
    )


DRAWN = dict.fromkeys(INPUTS, an_input) | {
    "ui/widgets/chips": chips,
    "django/forms/widgets/select.html": a_select,
}


class Renderer(TemplatesSetting):
    """Draws forms with our templates; set as FORM_RENDERER."""

    def render(self, template_name, context, request=None):
        if draw := DRAWN.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = BoundField
