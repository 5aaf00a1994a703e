"""The nine rosters give exactly what their own expected.json says."""

import json
from pathlib import Path

import pytest

from mentorship.participants.roster.check import check
from mentorship.participants.roster.columns import guess, guess_header_row
from mentorship.participants.roster.read import read

FOLDER = Path(__file__).parents[2] / "fixtures" / "rosters"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.parametrize("name", EXPECTED)


def sheet_of(name):
    return read((FOLDER / name).read_bytes(), name)


def result_of(name, **changes):
    facts, sheet = EXPECTED[name], sheet_of(name)
    header_row = facts["options"]["header_row"]
    headers = sheet.rows[header_row - 1]
    mapping = {headers.index(h): field for h, field in facts["mapping"].items()}
    options = {"date_order": facts["options"].get("date_order"), **changes}
    return check(sheet.rows, mapping, header_row=header_row, **options)


def entries(problems):
    keys = ("row", "field", "kind", "first_row")
    return {tuple(getattr(problem, key) for key in keys) for problem in problems}


def expected_entries(facts):
    return {(f["row"], f["column"], f["kind"], f.get("first_row")) for f in facts}


def test_people_and_errors_are_counted_as_expected(name):
    facts, result = EXPECTED[name], result_of(name)

    counts = (len(result.rows), len(result.valid), len(result.failed))

    assert counts == (facts["rows"], facts["valid"], facts["error_rows"])
    assert result.notice == facts.get("notice", "")


def test_every_bad_cell_is_reported_once_with_row_field_and_kind(name):
    facts, result = EXPECTED[name], result_of(name)

    assert entries(result.errors) == expected_entries(facts["errors"])
    assert len(result.errors) == len(facts["errors"])
    assert entries(result.warnings) == expected_entries(facts["warnings"])
    assert len(result.warnings) == len(facts["warnings"])


def test_blank_and_totals_rows_are_skipped(name):
    expected = {
        skipped["row"]: skipped["kind"] for skipped in EXPECTED[name]["skipped"]
    }

    assert result_of(name).skipped == expected


def test_cells_are_cleaned_as_expected(name):
    rows = {row.number: row.values for row in result_of(name).rows}

    for fact in EXPECTED[name]["values"]:
        assert rows[fact["row"]][fact["column"]] == fact["value"]


def test_dates_stay_ambiguous_until_an_order_is_chosen(name):
    result = result_of(name, date_order=None)

    ambiguous = [e.row for e in result.errors if e.kind == "ambiguous_date"]

    assert ambiguous == EXPECTED[name].get("ambiguous_rows", [])


def test_sheet_encoding_and_delimiter_are_recognized(name):
    options, sheet = EXPECTED[name]["options"], sheet_of(name)

    assert sheet.encoding == options.get("encoding", "")
    assert sheet.delimiter == options.get("delimiter", "")
    assert sheet.sheet == options.get("sheet", "")


def test_header_row_and_columns_are_guessed_without_a_mistake(name):
    facts, sheet = EXPECTED[name], sheet_of(name)

    header_row = guess_header_row(sheet.rows)
    headers = sheet.rows[header_row - 1]
    guesses = {headers[column]: g.field for column, g in guess(headers).items()}

    assert header_row == facts["options"]["header_row"]
    assert guesses == facts["mapping"]
    assert [h for h in headers if h not in guesses] == facts["ignored_columns"]
