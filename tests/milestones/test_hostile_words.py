"""Whatever is written into the pair's forms: kept, or refused beside the field."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorship.accounts.acting import acting_as
from milestones.forms import (
    EvidenceForm,
    LessonForm,
    MeasureForm,
    ProgressForm,
    ShareForm,
)
from milestones.models import Evidence, LessonWords, Progress, SharedLesson
from pairing.models import File
from tests.factories import MilestoneFactory, OutcomeFactory, RoleFactory

AWKWARD = [
    "",
    " \x00",
    "\u202eright to left\u202c",
    "😀👩🏽\u200d⚕️",
    "<script>alert(1)</script>{{ 7|add:7 }}",
    "x" * 5000,
    "%s%n'; drop table x;--",
    "a\r\nb",
    "=cmd|' /C calc'!A0",
]
WORDS = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=1200))
FORMS = {
    "lesson": lambda data: LessonForm(data),
    "share": lambda data: ShareForm(data, names=["Linh"], themes=[("a", "A")]),
    "evidence": lambda data: EvidenceForm(data, files=File.objects.none()),
    "progress": lambda data: ProgressForm(data),
    "measure": lambda data: MeasureForm(data),
}


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.django_db
def test_a_form_takes_any_words_or_says_beside_which_field_not(kind):
    empty = FORMS[kind]({})

    @settings(max_examples=200, deadline=None)
    @given(st.fixed_dictionaries(dict.fromkeys(empty.fields, WORDS)))
    def send(data):
        form = FORMS[kind](data)
        if not form.is_valid():
            assert set(form.errors) <= {*form.fields}
            assert all(form[name].value() == data[name] for name in form.errors)
        elif "text" in data:
            assert form.cleaned_data["text"] == data["text"].strip()

    send()


@pytest.fixture
def step(db):
    step = MilestoneFactory()
    step.outcome = OutcomeFactory(pair=step.pair)
    step.lesson = step.lessons.create(author=step.pair.mentee)
    return step


PAGES = [
    ("lesson", "lesson", ["text"], LessonWords),
    ("lesson_share", "lesson", ["text", "other"], SharedLesson),
    ("evidence", "milestone", ["words", "url"], Evidence),
    ("progress", "outcome", ["how", "words"], Progress),
]


@pytest.mark.parametrize("words", AWKWARD, ids=range(len(AWKWARD)))
@pytest.mark.parametrize(("name", "about", "fields", "model"), PAGES)
def test_a_page_keeps_awkward_words_or_shows_them_again(
    client, step, words, name, about, fields, model
):
    user = step.pair.mentee.user
    client.force_login(user)
    about = step if about == "milestone" else getattr(step, about)
    address = reverse(f"milestones:{name}", args=[about.pk])
    answer = client.post(address, dict.fromkeys(fields, words))
    with acting_as(user):
        assert answer.status_code == (302 if model.objects.exists() else 422)
    assert "<script>alert(1)" not in answer.content.decode()


@pytest.mark.parametrize("words", AWKWARD, ids=range(len(AWKWARD)))
def test_a_measure_of_awkward_words_is_kept_or_refused(client, step, words):
    program = step.pair.cohort.program
    client.force_login(RoleFactory(program=program).user)
    url = reverse("milestones:measure_new", args=[program.pk])
    data = {"name": words, "unit": words, "better": "higher"}
    answer = client.post(url, data)
    assert answer.status_code == (302 if program.measures.exists() else 422)
