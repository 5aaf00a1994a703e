"""The coordinator's way through an import, in the browser's words."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentorship.participants.models import Import, Participant
from tests import factories as make

FOLDER = Path(__file__).parents[1] / "fixtures" / "rosters"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
LIST = b"Email,First name,Role,Goals\na@x.org,Ana,mentor,=1+1\nb@x.org,Ben,boss,Fine\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make.CohortFactory(stage="onboarding")


@pytest.fixture
def coordinator(cohort, client):
    user = make.RoleFactory(program=cohort.program).user
    client.force_login(user)
    return user


def address(step, cohort, *more):
    return reverse(f"participants:import_{step}", args=[cohort.pk, *more])


def upload(client, cohort, content=LIST, name="list.csv", follow=True):
    file = SimpleUploadedFile(name, content)
    return client.post(address("new", cohort), {"file": file}, follow=follow)


def mapped(client, cohort, content=LIST, name="list.csv"):
    """Upload and go through reading and columns with all guesses as they are."""
    upload(client, cohort, content, name)
    draft = Import.objects.latest("at")
    read = client.get(address("reading", cohort, draft.pk)).context["form"]
    client.post(address("reading", cohort, draft.pk), answers(read))
    columns = client.get(address("columns", cohort, draft.pk)).context["form"]
    client.post(address("columns", cohort, draft.pk), answers(columns))
    draft.refresh_from_db()
    return draft


def answers(form):
    return {field.html_name: field.value() or "" for field in form}


def committed(client, cohort, **kwargs):
    draft = mapped(client, cohort, **kwargs)
    client.post(address("commit", cohort, draft.pk))
    draft.refresh_from_db()
    return draft


@pytest.mark.parametrize("name", [n for n in EXPECTED if EXPECTED[n]["created"]])
def test_each_roster_can_be_imported_with_the_guesses_alone(
    name, client, cohort, coordinator
):
    draft = mapped(client, cohort, (FOLDER / name).read_bytes(), name)
    order = EXPECTED[name]["options"].get("date_order")
    if order:
        form = client.get(address("reading", cohort, draft.pk)).context["form"]
        client.post(
            address("reading", cohort, draft.pk), answers(form) | {"date_order": order}
        )
        columns = client.get(address("columns", cohort, draft.pk)).context["form"]
        client.post(address("columns", cohort, draft.pk), answers(columns))

    client.post(address("commit", cohort, draft.pk))

    places = Participant.objects.filter(cohort=cohort)
    assert places.count() == EXPECTED[name]["created"]


def test_a_list_without_people_says_so(client, cohort, coordinator):
    content = (FOLDER / "header-only.csv").read_bytes()

    draft = mapped(client, cohort, content)
    page = client.get(address("preview", cohort, draft.pk))

    assert "The list has no people" in page.content.decode()
    assert address("commit", cohort, draft.pk) in page.content.decode()


def test_the_preview_counts_and_names_each_bad_cell(client, cohort, coordinator):
    draft = mapped(client, cohort)

    page = client.get(address("preview", cohort, draft.pk)).content.decode()

    assert "Import one person" in page
    assert "Role not known" in page
    assert "Row 3" in page
    assert "The role can be mentor, mentee or both." in page
    assert not Participant.objects.filter(cohort=cohort).exists()


def test_committing_shows_the_result_and_how_to_take_it_back(
    client, cohort, coordinator
):
    draft = mapped(client, cohort)

    page = client.post(address("commit", cohort, draft.pk), follow=True)

    assert Participant.objects.get(cohort=cohort).user.name == "Ana"
    assert "Take this import back" in page.content.decode()


def test_taking_back_says_what_happened(client, cohort, coordinator):
    draft = committed(client, cohort)

    page = client.post(address("undo", cohort, draft.pk), follow=True)

    assert "one person is off the list again" in page.content.decode()
    assert "Take this import back" not in page.content.decode()
    assert not Participant.objects.filter(cohort=cohort).exists()


def test_taking_back_twice_is_answered_in_words(client, cohort, coordinator):
    draft = committed(client, cohort)
    client.post(address("undo", cohort, draft.pk))

    page = client.post(address("undo", cohort, draft.pk), follow=True)

    assert "can no longer be taken back" in page.content.decode()


def test_committing_twice_is_answered_in_words(client, cohort, coordinator):
    draft = committed(client, cohort)

    page = client.post(address("commit", cohort, draft.pk), follow=True)

    assert "imported already" in page.content.decode()
    assert Participant.objects.filter(cohort=cohort).count() == 1


def test_the_steps_of_an_imported_list_lead_to_its_result(client, cohort, coordinator):
    draft = committed(client, cohort)

    for step in ("reading", "columns", "preview"):
        answer = client.get(address(step, cohort, draft.pk))
        assert answer.url == address("result", cohort, draft.pk)


def test_the_failed_rows_come_back_in_their_layout_with_reasons(
    client, cohort, coordinator
):
    content = LIST.replace(b"Fine", b"=HYPERLINK(1)")
    draft = mapped(client, cohort, content)

    as_csv = client.get(address("failed", cohort, draft.pk, "csv"))
    as_xlsx = client.get(address("failed", cohort, draft.pk, "xlsx"))

    lines = as_csv.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Email,First name,Role,Goals,What to correct"
    assert lines[1].startswith("b@x.org,Ben,boss,'=HYPERLINK(1),")
    assert "Role: The role can be" in lines[1]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx.content)).active
    assert sheet["D2"].value == "'=HYPERLINK(1)"
    assert sheet.max_row == 2


def test_a_chosen_mapping_is_remembered_for_the_next_list(client, cohort, coordinator):
    content = b"Contact,Who,Part\na@x.org,Ana,mentor\n"
    upload(client, cohort, content)
    draft = Import.objects.get()
    chosen = {"0": "email", "1": "full_name", "2": "role"}
    client.post(address("columns", cohort, draft.pk), chosen)
    client.post(address("commit", cohort, draft.pk))

    upload(client, cohort, content)
    again = Import.objects.latest("at")
    page = client.get(address("columns", cohort, again.pk))

    assert answers(page.context["form"]) == chosen
    assert "As in an earlier import" in page.content.decode()


def test_columns_need_an_address_a_role_and_a_name_each_once(
    client, cohort, coordinator
):
    upload(client, cohort)
    draft = Import.objects.get()

    page = client.post(
        address("columns", cohort, draft.pk), {"0": "goals", "3": "goals"}
    )

    assert page.status_code == 422
    text = page.content.decode()
    assert "Another column is the Goals already" in text
    assert "Choose which column holds the email address." in text
    assert "Choose which column holds the name." in text


def test_looking_again_shows_the_file_by_other_choices_and_stores_none(
    client, cohort, coordinator
):
    content = "Email;Vorname\nl@x.org;Łukasz\n".encode("cp1250")
    upload(client, cohort, content)
    draft = Import.objects.get()
    form = client.get(address("reading", cohort, draft.pk)).context["form"]

    choices = answers(form) | {"encoding": "cp1250", "again": "1"}
    page = client.post(address("reading", cohort, draft.pk), choices)

    assert "Łukasz" in page.content.decode()
    draft.refresh_from_db()
    assert draft.options["encoding"] == "cp1252"


@pytest.mark.parametrize(
    "change",
    [
        {"header_row": "0"},
        {"header_row": "99"},
        {"header_row": "x"},
        {"header_row": "9"},
        {"encoding": "nonsense"},
        {"encoding": "utf-16"},
        {"delimiter": "x"},
        {"date_order": "ymd"},
    ],
)
def test_choices_that_cannot_be_are_answered_beside_the_form(
    change, client, cohort, coordinator
):
    upload(client, cohort)
    draft = Import.objects.get()
    form = client.get(address("reading", cohort, draft.pk)).context["form"]

    page = client.post(address("reading", cohort, draft.pk), answers(form) | change)

    assert page.status_code in (302, 422)
    assert page.status_code == 302 or "Error:" in page.content.decode()


def workbook(cells):
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


REFUSED = {
    "empty": b"",
    "spaces": b" \n \n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "pdf": b"%PDF-1.4 list",
    "web page": b"<html><table></table></html>",
    "half a zip": workbook({"A1": "Email"})[:500],
    "zip end only": b"PK\x05\x06" + bytes(18),
    "old word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000,
    "open quote": b'Email,Role\na@x.org,"mentor\n',
    "nul bytes": b"Email\0Role\n",
    "far cell": workbook({"XFD9000": "x"}),
    "empty workbook": workbook({}),
    "too large": b"a" * (10 * 1024 * 1024 + 1),
    "too long": b"e\n" + b"a@x.org\n" * 20_100,
}


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_cannot_be_read_are_refused_in_words(
    name, client, cohort, coordinator
):
    page = upload(client, cohort, REFUSED[name], "list.xlsx")

    assert page.status_code == 422
    assert "Error:" in page.content.decode()
    assert not Import.objects.exists()


ODD = {
    "one cell": b"x",
    "no people": b"Email,Role,Name\n",
    "only delimiters": b",,,\n,,,\nx,,\n",
    "same header": b"Email,Email,Email\na,b,c\n",
    "control characters": b"Email,Name,Role\na@x.org,\x01\x02\x1b,mentor\n",
    "wrong bytes": b"Email,Name,Role\na@x.org,\x81\x8d\x9d,mentor\n",
    "half a surrogate": "Email\tName\tRole\n".encode("utf-16") + b"\x00\xd8",
    "numbers as headers": workbook({"A1": 1, "B1": True, "C1": 2.5, "A2": "a@x.org"}),
    "long cells": b"Email,Name,Role\n" + b"a" * 400_000 + b",b,c\n",
    "many columns": b",".join(b"c%d" % n for n in range(200)) + b"\n",
    "header alone with spaces": b"  Email  ,  \n",
    "quotes everywhere": b'"Email";"Role"\n"a@x.org";"men""tor"\n',
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_lead_to_a_page_and_never_to_a_failure(
    name, client, cohort, coordinator
):
    page = upload(client, cohort, ODD[name])
    draft = Import.objects.get()

    form = client.get(address("reading", cohort, draft.pk)).context["form"]
    client.post(address("reading", cohort, draft.pk), answers(form))
    columns = client.get(address("columns", cohort, draft.pk))
    chosen = {"0": "email", "1": "full_name", "2": "role"}
    last = client.post(address("columns", cohort, draft.pk), chosen, follow=True)

    assert page.status_code == columns.status_code == 200
    assert last.status_code in (200, 422)


def test_strangers_find_nothing_and_readers_may_not(client, cohort):
    draft = Import.objects.create(
        cohort=cohort,
        by=make.UserFactory(),
        file_name="list.csv",
        content=LIST,
        result={"counts": {}},
    )
    other = make.RoleFactory().user
    facilitator = make.RoleFactory(program=cohort.program, kind="facilitator").user
    steps = ("reading", "columns", "preview", "result")

    client.force_login(other)
    assert client.get(address("new", cohort)).status_code == 404
    assert {client.get(address(s, cohort, draft.pk)).status_code for s in steps} == {
        404
    }
    client.force_login(facilitator)
    assert client.get(address("new", cohort)).status_code == 403
    assert client.post(address("commit", cohort, draft.pk)).status_code == 404


def test_an_import_is_found_under_its_own_cohort_only(client, cohort, coordinator):
    upload(client, cohort)
    other = make.CohortFactory(program=cohort.program)

    page = client.get(address("reading", other, Import.objects.get().pk))

    assert page.status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_pages_take_few_queries_whatever_the_length(
    people, client, cohort, coordinator
):
    rows = "".join(f"p{n}@x.org,Ana,boss,\n" for n in range(people))
    for _n in range(people):
        committed(client, cohort, content=LIST)
    draft = mapped(client, cohort, b"Email,First name,Role,Goals\n" + rows.encode())
    done = Import.objects.filter(state="committed").first()

    taken = {}
    for step in ("new", "reading", "columns", "preview", "result"):
        which = {"new": [], "result": [done.pk]}.get(step, [draft.pk])
        with CaptureQueriesContext(connection) as queries:
            client.get(address(step, cohort, *which))
        taken[step] = len(queries)

    assert taken == {"new": 6, "reading": 5, "columns": 5, "preview": 4, "result": 4}


def test_problems_are_shown_25_rows_a_page(client, cohort, coordinator):
    rows = b"".join(b"p%d@x.org,Ana,boss,\n" % n for n in range(30))
    draft = mapped(client, cohort, b"Email,First name,Role,Goals\n" + rows)

    first = client.get(address("preview", cohort, draft.pk))
    second = client.get(address("preview", cohort, draft.pk) + "?page=2")

    assert "1 to 25 of 30" in first.content.decode()
    assert "Row 31" in second.content.decode()


def test_a_list_can_no_longer_be_taken_back_after_a_day(client, cohort, coordinator):
    draft = committed(client, cohort)
    Import.objects.filter(pk=draft.pk).update(undo_until=timezone.now())

    page = client.get(address("result", cohort, draft.pk))

    assert "Take this import back" not in page.content.decode()
