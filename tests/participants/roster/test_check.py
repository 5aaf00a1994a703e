from mentorship.participants.roster.check import check
from mentorship.participants.roster.wording import SENTENCES, sentence

HEADER = ["Email", "First name", "Role", "Capacity", "Wishes", "Goals"]
FIELDS = ["email", "given_name", "role", "capacity", "wishes", "goals"]
MAPPING = dict(enumerate(FIELDS))


def checked(*rows, **options):
    return check([HEADER, *rows], MAPPING, **options)


def kinds(result):
    return [(error.row, error.field, error.kind) for error in result.errors]


def test_a_lone_dash_clears_and_an_empty_cell_leaves_unchanged():
    row = checked(["a@x.org", "Ana", "mentor", "-", "", "-"]).rows[0]

    assert row.values["goals"] is None
    assert row.values["capacity"] is None
    assert "wishes" not in row.values


def test_required_cells_cannot_be_cleared():
    result = checked(["-", "-", "-", "", "", ""])

    assert {kind for _row, _field, kind in kinds(result)} == {
        "missing_email",
        "missing_role",
        "missing_name",
    }


def test_capacity_is_read_for_mentors_only():
    result = checked(
        ["a@x.org", "Ana", "mentee", "many", "", ""],
        ["b@x.org", "Ben", "both", "many", "", ""],
    )

    assert kinds(result) == [(3, "capacity", "bad_capacity")]


def test_wishes_for_people_already_here_are_no_surprise():
    row = ["a@x.org", "Ana", "mentee", "", "b@x.org; c@x.org", ""]

    assert len(checked(row).warnings) == 1
    assert checked(row, known={"b@x.org", "c@x.org"}).warnings == []


def test_a_wish_that_is_no_address_is_a_warning():
    result = checked(["a@x.org", "Ana", "mentee", "", "Rosa", ""])

    assert [warning.text for warning in result.warnings] == ["Rosa"]
    assert result.valid


def test_rows_shorter_than_the_header_are_read():
    result = checked(["a@x.org", "Ana", "mentor"])

    assert result.valid[0].values == {
        "email": "a@x.org",
        "given_name": "Ana",
        "role": "mentor",
    }


def test_somebody_called_summer_is_no_totals_row():
    result = checked(["", "Summer", "mentor"], ["Sum:", "", "", "17"])

    assert result.skipped == {3: "totals"}
    assert kinds(result) == [(2, "email", "missing_email")]


def test_a_spreadsheet_error_is_reported_once_for_its_cell():
    result = checked(["#N/A", "#REF!", "#N/A", "", "", ""])

    assert sorted(kinds(result)) == [
        (2, "email", "cell_error"),
        (2, "given_name", "cell_error"),
        (2, "role", "cell_error"),
    ]


def test_every_kind_of_problem_has_words():
    result = checked(
        ["a@x.org", "Ana", "mentor", "9", "", ""],
        ["a@x.org", "Ana", "M", "", "z@x.org", ""],
    )

    said = [sentence(problem) for problem in result.errors + result.warnings]

    assert "row 2" in said[2]
    assert all("%" not in words for words in said)
    assert all(str(words).endswith(".") for words in SENTENCES.values())
