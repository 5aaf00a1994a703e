import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.http import Http404

from mentorship.ui.export import guarded, spreadsheet, table_spreadsheet
from tests.ui.samples import PEOPLE, PeopleTable

DANGEROUS = [
    "=1+1",
    "+44 20 7946 0000",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "   =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "\x00=1+1",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_could_be_a_formula_gets_an_apostrophe(text):
    assert guarded(text).startswith("'")


@pytest.mark.parametrize("text", ["-5", "-3.25", "-3,25", "a=b", "Ó Briain", ""])
def test_harmless_text_stays_as_it_is(text):
    assert guarded(text) == text


@pytest.mark.parametrize("value", [-5, -2.5, Decimal("-1.5"), dt.date(2026, 5, 14)])
def test_numbers_and_days_stay_what_they_are(value):
    assert guarded(value) is value


def test_a_csv_file_opens_with_its_accents_and_its_guards():
    answer = spreadsheet("csv", "people", ["Name"], [["Siobhán"], ["=1+1"], [None]])

    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Name"],
        ["Siobhán"],
        ["'=1+1"],
        [""],
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="people.csv"'


def test_an_xlsx_file_holds_no_formula():
    rows = [[text, -5] for text in DANGEROUS]

    answer = spreadsheet("xlsx", "people", ["=Name", "Number"], rows)

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.value for cell in sheet["B"][1:]] == [-5] * len(DANGEROUS)


def test_an_unknown_kind_of_file_is_not_found():
    with pytest.raises(Http404):
        spreadsheet("exe", "people", [], [])


def test_a_list_is_exported_whole_and_without_its_boxes():
    table = PeopleTable(PEOPLE)
    table.paginate(per_page=1)

    answer = table_spreadsheet(table, "csv", "people")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,Wants to work on,Last"
    assert len(lines) == 1 + len(PEOPLE)
