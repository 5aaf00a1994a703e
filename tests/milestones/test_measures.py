"""Business measures: what a file says, what is kept, and what is shown of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertNumQueries

from mentorship.accounts.models import AuditEntry
from milestones import actions
from milestones.models import BusinessMeasure, MeasureValue
from milestones.values import Refused, read_values
from tests.factories import CohortFactory, MilestoneFactory, PairFactory, RoleFactory

HEAD = "measure,cohort,group,day,value,people\n"
NOW = timezone.now()


@pytest.fixture
def cohort(db):
    return CohortFactory(name="Spring")


@pytest.fixture
def coordinator(client, cohort):
    user = RoleFactory(program=cohort.program).user
    client.force_login(user)
    return user


@pytest.fixture
def measure(cohort, coordinator):
    return actions.add_measure(
        cohort.program, by=coordinator, name="Time alone", unit="days", better="lower"
    )


def row(measure="Time alone", cohort="Spring", group="taking part", **more):
    more = {"day": "2026-03-31", "value": "61.5", "people": "24", **more}
    return f"{measure},{cohort},{group},{more['day']},{more['value']},{more['people']}"


def read(cohort, *rows, head=HEAD):
    program = cohort.program
    return read_values(
        head + "\n".join(rows),
        measures=program.measures.all(),
        cohorts=program.cohorts.all(),
    )


def send(client, cohort, text, **more):
    url = reverse("milestones:measure_values", args=[cohort.program_id])
    return client.post(url, {"text": text, **more})


def test_a_row_says_a_value(cohort, measure):
    (found,) = read(cohort, row())
    assert (found.value.value, found.value.people) == (Decimal("61.500"), 24)
    assert found.value.on == date(2026, 3, 31)


def test_semicolons_commas_and_a_mark_at_the_start_are_read(cohort, measure):
    text = "\ufeffpeople;value;Day;GROUP;cohort;measure\r\n"
    text += "24;61,5;2026-03-31;Taking  part;spring;time-alone\r\n"
    (found,) = read_values(
        text, measures=[measure], cohorts=cohort.program.cohorts.all()
    )
    assert found.value.value == Decimal("61.500")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"measure": "Heron"}, "not a measure"),
        ({"cohort": "Autumn"}, "not a cohort"),
        ({"group": "all"}, "not a group"),
        ({"day": "31.3.2026"}, "2026-03-31"),
        ({"value": "many"}, "plain number"),
        ({"value": "NaN"}, "plain number"),
        ({"value": "1e30"}, "plain number"),
        ({"value": "=1+1"}, "plain number"),
        ({"people": "0"}, "at least 1"),
        ({"people": "²"}, "at least 1"),
        ({"people": "-3"}, "at least 1"),
    ],
)
def test_a_row_says_what_to_mend(cohort, measure, cells, said):
    (found,) = read(cohort, row(**cells))
    assert found.value is None
    assert said in found.problem
    assert found.number == 2


def test_the_same_value_twice_names_the_first_row(cohort, measure):
    first, second = read(cohort, row(), row(value="70"))
    assert first.value
    assert "Row 2" in second.problem


@pytest.mark.parametrize("text", ["", "a,b\n1,2", HEAD, "\x00" + HEAD, '"' + HEAD])
def test_a_file_that_is_none_is_refused_with_a_sentence(cohort, text):
    with pytest.raises(Refused) as refused:
        read_values(text, measures=[], cohorts=[])
    assert str(refused.value).endswith(".")


@given(st.text(max_size=200))
def test_no_file_is_a_failure_of_ours(text):
    for tried in (text, HEAD + text):
        try:
            rows = read_values(tried, measures=[], cohorts=[])
        except Refused:
            continue
        assert all(row.problem for row in rows)


def test_a_preview_keeps_nothing(client, cohort, measure):
    answer = send(client, cohort, HEAD + row() + "\n" + row(value="x"))
    assert answer.status_code == 200
    assert (answer.context["count"], len(answer.context["problems"])) == (1, 1)
    assert not MeasureValue.objects.exists()


def test_an_uploaded_file_is_previewed_and_then_kept(client, cohort, measure):
    url = reverse("milestones:measure_values", args=[cohort.program_id])
    file = SimpleUploadedFile("values.csv", (HEAD + row()).encode())
    text = client.post(url, {"file": file}).context["text"]
    assert send(client, cohort, text, keep="yes").status_code == 302
    assert MeasureValue.objects.get().people == 24


def test_importing_again_replaces(client, cohort, measure, coordinator):
    send(client, cohort, HEAD + row(), keep="yes")
    again = HEAD + row(value="70", people="30")
    assert send(client, cohort, again).context["replaced"] == 1
    send(client, cohort, again, keep="yes")
    kept = MeasureValue.objects.get()
    assert (kept.value, kept.people) == (Decimal("70"), 30)
    assert AuditEntry.objects.filter(verb="imported values").count() == 2


def test_a_formula_is_shown_as_text_and_never_kept(client, cohort, measure):
    formula = "=HYPERLINK(1)<script>"
    answer = send(client, cohort, HEAD + row(value=formula), keep="yes")
    assert answer.status_code == 422
    assert "=HYPERLINK(1)&lt;script&gt;" in answer.content.decode()
    assert not MeasureValue.objects.exists()


def test_values_of_another_program_cannot_be_reached(client, cohort, measure):
    other = CohortFactory(name="Elsewhere")
    answer = send(client, cohort, HEAD + row(cohort=other.name), keep="yes")
    assert answer.status_code == 422


def test_the_page_shows_figures_with_people_and_no_claim(client, cohort, measure):
    rows = row(), row(group="others", value="73", people="405")
    send(client, cohort, HEAD + "\n".join(rows), keep="yes")
    url = reverse("milestones:measures", args=[cohort.program_id])
    body = client.get(url).content.decode()
    assert "61.5 (24 people, 31 March 2026)" in body
    assert "405 people" in body
    assert "does not say that the program made it" in body


def test_a_figure_of_nine_is_never_shown(client, cohort, measure):
    send(client, cohort, HEAD + row(value="47.25", people="9"), keep="yes")
    url = reverse("milestones:measures", args=[cohort.program_id])
    body = client.get(url).content.decode()
    assert "47.25" not in body
    assert "fewer than ten people" in body


def test_two_measures_of_one_name_are_refused(client, cohort, measure):
    url = reverse("milestones:measure_new", args=[cohort.program_id])
    words = {"name": "Time  alone!", "unit": "days", "better": "lower"}
    answer = client.post(url, words)
    assert answer.status_code == 422
    assert "has a measure of that name" in answer.content.decode()
    assert BusinessMeasure.objects.count() == 1


def test_a_step_names_a_measure(client, cohort, measure):
    pair = PairFactory(cohort=cohort)
    step = MilestoneFactory(pair=pair)
    client.force_login(pair.mentee.user)
    words = {
        "title": step.title,
        "kind": step.kind,
        "due_on": step.due_on.isoformat(),
        "measure": str(measure.pk),
        "version": step.version,
    }
    url = reverse("milestones:milestone", args=[step.pk])
    assert client.post(url, words).status_code == 302
    step.refresh_from_db()
    assert step.measure == measure


@pytest.mark.parametrize("rows", [1, 3])
def test_measures_take_the_same_queries(client, cohort, measure, coordinator, rows):
    for n in range(rows):
        one = actions.add_measure(
            cohort.program, by=coordinator, name=f"M {n}", unit="days", better="lower"
        )
        send(client, cohort, HEAD + row(measure=one.name), keep="yes")
    url = reverse("milestones:measures", args=[cohort.program_id])
    client.get(url)
    with assertNumQueries(8):
        client.get(url)
