import re
from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from mentorship.ui.rendering import Renderer
from mentorship.ui.widgets import Slider
from tests.ui.samples import SessionForm, session_form

GOOD = {
    "held_on": "2026-04-28",
    "channel": "video",
    "focus": ["reviews"],
    "role": "mentor",
    "language": "en",
    "capacity": "2",
    "confidence": "4",
}


def order(html, *parts):
    """Where each part first stands in the HTML."""
    return [html.index(part) for part in parts]


def test_label_hint_error_and_control_come_in_this_order():
    html = SessionForm({**GOOD, "capacity": "12"})["capacity"].as_field_group()

    places = order(
        html,
        '<label for="id_capacity">',
        'id="id_capacity_helptext"',
        'id="id_capacity_error"',
        "<input",
    )
    assert places == sorted(places)


def test_a_wrong_field_says_so_to_everybody():
    html = SessionForm({**GOOD, "capacity": "12"})["capacity"].as_field_group()

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_capacity_helptext id_capacity_error"' in html
    assert 'value="12"' in html
    assert "field--error" in html


def test_a_group_of_choices_is_described_as_a_group():
    html = SessionForm({})["channel"].as_field_group()

    assert (
        '<fieldset class="group field--error" aria-describedby="id_channel_error">'
        in html
    )
    assert "aria-invalid" not in html
    assert html.count('class="chip"') == 3


def test_only_optional_fields_are_marked():
    form = SessionForm()

    assert "optional" in form["useful"].as_field_group()
    assert "optional" not in form["capacity"].as_field_group()
    assert "optional" not in form["agrees"].as_field_group()


def test_the_summary_leads_to_every_wrong_field():
    html = session_form("ui/person.html", {"confidence-skip": "1"})

    assert "<title>Error: Sample" in html
    anchors = re.findall(r'<li><a href="#([^"]+)"', html)
    assert anchors == [
        "id_held_on",
        "id_channel_0",
        "id_role_0",
        "id_language",
        "id_capacity",
    ]
    assert all(f'id="{anchor}"' in html for anchor in anchors)


def test_the_summary_says_which_field_is_missing():
    html = session_form("ui/person.html", {})

    assert "Capacity: Please fill this in." in html


def test_a_good_form_has_no_summary_and_a_plain_title():
    html = session_form("ui/person.html", GOOD)

    assert "data-error-summary" not in html
    assert "<title>Sample" in html


def test_a_slider_left_out_has_no_answer():
    form = SessionForm({**GOOD, "confidence-skip": "1"})

    assert form.is_valid()
    assert form.cleaned_data["confidence"] is None


def test_a_slider_that_was_moved_has_its_answer():
    form = SessionForm(GOOD)

    assert form.is_valid()
    assert form.cleaned_data["confidence"] == 4
    assert "checked" not in form["confidence"].as_widget()


def test_a_slider_starts_left_out():
    html = SessionForm()["confidence"].as_field_group()

    assert 'name="confidence-skip" value="1" checked' in html
    assert "Last time: Steady" in html


def test_a_slider_keeps_to_its_words():
    class Scale(forms.Form):
        mood = forms.IntegerField(
            min_value=1, max_value=3, widget=Slider(["Low", "Middle", "High"])
        )

    html = Scale()["mood"].as_widget()

    assert html.count('max="3"') == 1
    assert 'data-words="Low|Middle|High"' in html


@pytest.mark.parametrize("frame", ["held_on", "language", "useful"])
def test_controls_carry_the_class_of_their_kind(frame):
    look = {"held_on": "input", "language": "select", "useful": "area"}[frame]

    assert f'class="{look}"' in SessionForm()[frame].as_widget()


def test_what_somebody_typed_is_never_read_as_html():
    html = session_form("ui/person.html", {**GOOD, "useful": "</textarea><script>"})

    assert "</textarea><script>" not in html


@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput({"maxlength": 9, "required": True, "disabled": False}),
        forms.NumberInput({"min": 0}),
        forms.EmailInput({"autocomplete": "email"}),
        forms.URLInput(),
        forms.HiddenInput(),
        forms.DateInput({"type": "date"}),
        forms.TimeInput(),
        forms.CheckboxInput(),
    ],
    ids=lambda widget: type(widget).__name__,
)
@pytest.mark.parametrize("value", [None, "", 5, "<b>\"'&", date(2026, 5, 14), True])
def test_an_input_is_what_django_s_template_makes(widget, value):
    told = {"aria-label": "<b>", "data-n": 1}
    plain = widget.render("a&b", value, told, DjangoTemplates())
    assert widget.render("a&b", value, told, Renderer()) == plain


CHOICES = [("", "<None>"), ("a", "A & B"), ("Group", [(5, "Five")])]


@pytest.mark.parametrize("widget", [forms.Textarea(), forms.Select(choices=CHOICES)])
@pytest.mark.parametrize("value", [None, "", 5, "a", "<b>\"'&"])
def test_a_place_to_write_and_a_list_are_what_django_s_templates_make(widget, value):
    told = {"aria-label": "<b>", "data-n": 1, "required": True, "disabled": False}
    plain = widget.render("a&b", value, told, DjangoTemplates())
    assert widget.render("a&b", value, told, Renderer()) == plain
