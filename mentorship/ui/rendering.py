"""How every form looks: label above, hint, error under it, control last."""

from html import escape

from django import forms
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html
from django.utils.safestring import mark_safe

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


# Django's templates of inputs; what is drawn here is the same letter for letter.
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


def a_textarea(widget: dict) -> str:
    """A place to write."""
    attrs = attributes({"name": widget["name"]} | widget["attrs"])
    return format_html("<textarea{}>\n{}</textarea>", attrs, widget["value"] or "")


def a_select(widget: dict) -> str:
    """A list to choose from, in groups if they have names."""
    parts = []
    for name, options, _index in widget["optgroups"]:
        inside = mark_safe("".join(f"\n  {an_option(one)}\n" for one in options))
        if name:
            framed = '\n  <optgroup label="{}">{}\n  </optgroup>'
            inside = format_html(framed, name, inside)
        parts.append(inside)
    attrs = attributes({"name": widget["name"]} | widget["attrs"])
    return format_html("<select{}>{}\n</select>", attrs, mark_safe("".join(parts)))


def an_option(widget: dict) -> str:
    attrs = attributes({"value": str(widget["value"])} | widget["attrs"])
    return mark_safe(f"<option{attrs}>{escaped(widget['label'])}</option>")


def attributes(given: dict) -> str:
    """A control's attributes; True stands without a value, False is left out."""
    parts = [
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'
        for name, value in given.items()
        if value is not False
    ]
    return mark_safe("".join(parts))


def escaped(value) -> str:
    """As format_html does it, in a third of the time; a page of forms has hundreds."""
    if hasattr(value, "__html__"):
        return value.__html__()
    text = str(value)  # a lazy one may turn out to be safe
    return text if hasattr(text, "__html__") else escape(text)


DRAWN = dict.fromkeys(INPUTS, an_input) | {
    "django/forms/widgets/textarea.html": a_textarea,
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
