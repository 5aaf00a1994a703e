"""Whatever is typed, a form answers: it keeps the words or says what is wrong."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mentorship.home.forms import GuidedForm
from mentorship.library.forms import ItemForm, StepForm

# The rules of the tables are asked of the database.
pytestmark = pytest.mark.django_db

HOSTILE = st.one_of(
    st.text(max_size=400),
    st.text(alphabet="\u202e\u200f\u0645\u0631\u062d\U0001f600\x00<>&\"'", max_size=60),
    st.integers().map(str),
    st.dates().map(date.isoformat),
)
STEPS = [{"title": "What stayed with you?", "text": "A sentence."}]


def answers(form):
    """Valid, or it says beside a field what is wrong; what was typed is shown."""
    assert form.is_valid() or form.errors
    assert form.as_div()
    for field in form:
        assert field.value() == form.data.get(field.html_name)
    return form


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
@example("x" * 9000)
@example("")
def test_the_form_of_a_guided_reflection(words):
    data = dict.fromkeys(("answer_0", "promise_0", "due_0"), words)
    today = date(2026, 11, 26)
    form = GuidedForm(data, steps=STEPS, answers={}, today=today, promises=True)
    if answers(form).is_valid():
        assert any(form.answers().values())
        assert all(text and day > today for text, day in form.promised())


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
@example("x" * 30_000)
@example("")
def test_the_form_of_an_idea(words):
    lists = ("stages", "outcome_kinds")
    data = {name: words for name in ItemForm.base_fields if name not in lists}
    answers(ItemForm({**data, "kind": "playbook", "side": "both", "version": "0"}))


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_the_form_of_a_part(words):
    form = answers(StepForm(dict.fromkeys(("minutes", "title", "text"), words)))
    if form.is_valid() and form.cleaned_data["minutes"]:
        assert 1 <= form.cleaned_data["minutes"] <= 120
        assert form.cleaned_data["title"]
