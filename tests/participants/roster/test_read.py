"""Files as organizations really send them, and files that are refused."""

import csv
import datetime as dt
import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from mentorship.participants.roster.check import check
from mentorship.participants.roster.columns import guess, guess_header_row
from mentorship.participants.roster.read import read
from mentorship.participants.roster.refusals import MESSAGES, RosterRefused

MORE = Path(__file__).parents[2] / "fixtures" / "rosters-more"
HEADER = ["Email", "First name", "Last name", "Role"]
ANA = ["ana@x.org", "Ana", "Silva", "mentor"]


def refusal(data, name="", **options):
    with pytest.raises(RosterRefused) as caught:
        read(data, name, **options)
    return caught.value


def workbook(*rows, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return out.getvalue()


def with_part(data, name, content):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(name, content)
    return out.getvalue()


def opendocument(table):
    spaces = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc",
    }
    names = " ".join(f'xmlns:{short}="{uri}"' for short, uri in spaces.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>'
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet>"
        f"</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<?xml version="1.0"?><manifest/>'
    return archive(
        mimetype=kind, **{"content.xml": content, "META-INF/manifest.xml": manifest}
    )


def ods_cell(text, extra=""):
    return (
        f'<table:table-cell office:value-type="string" {extra}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


class TestText:
    def test_a_person_may_choose_another_encoding(self):
        data = "Email;Vorname\nzo@x.org;Łukasz Gżegżółka".encode("cp1250")

        assert read(data).encoding == "cp1252"
        assert read(data, encoding="cp1250").rows[1][1] == "Łukasz Gżegżółka"

    def test_lines_may_end_with_a_carriage_return_alone(self):
        sheet = read(b"Email,Role\ra@x.org,mentor\rb@x.org,mentee\r")

        assert sheet.rows[2] == ["b@x.org", "mentee"]

    def test_delimiters_at_the_end_of_lines_do_no_harm(self):
        rows = read(b"Email,First name,Role,,\na@x.org,Ana,mentor,,\n").rows
        mapping = {column: g.field for column, g in guess(rows[0]).items()}

        assert len(check(rows, mapping).valid) == 1

    def test_the_delimiter_is_sniffed_past_a_title_line(self):
        sheet = read(b"Mentoring, spring\n\nEmail;Role\na@x.org;mentor\nb@x.org;both\n")

        assert sheet.delimiter == ";"
        assert guess_header_row(sheet.rows) == 3

    def test_the_person_may_choose_the_delimiter(self):
        assert read(b"a|b,c\n", delimiter="|").rows == [["a", "b,c"]]

    def test_blank_lines_at_the_end_are_no_rows(self):
        assert len(read(b"Email\na@x.org\n\n \n,,\n").rows) == 2

    def test_a_long_cell_is_read_so_that_it_can_be_named(self):
        long = "a" * 200_000
        rows = read(f'Email,Goals\na@x.org,"{long}"\n'.encode()).rows

        kinds = [e.kind for e in check(rows, {0: "email", 1: "goals"}).errors]

        assert "too_long" in kinds


class TestWorkbooks:
    def test_days_of_the_1904_calendar_are_the_days_one_sees(self):
        def mac(book):
            book.epoch = CALENDAR_MAC_1904

        data = workbook(["Start date"], [dt.date(2020, 5, 8)], change=mac)

        assert read(data).rows[1] == ["2020-05-08"]

    def test_two_header_rows_are_told_apart(self):
        data = workbook(["Person", "", "", "Mentoring"], HEADER, ANA)

        assert guess_header_row(read(data).rows) == 2

    def test_rows_above_the_first_filled_cell_count(self):
        def move(book):
            book.active.move_range("A1:D2", rows=3, cols=1)

        sheet = read(workbook(HEADER, ANA, change=move))

        assert sheet.rows[4] == ["", *ANA]

    def test_twenty_digits_are_no_employee_number(self):
        data = workbook(["ID", *HEADER], [12345678901234567890, *ANA])
        rows = read(data).rows

        result = check(rows, {0: "external_id", 1: "email", 2: "given_name", 4: "role"})

        assert [e.kind for e in result.errors] == ["long_id"]

    def test_two_hundred_columns_are_read(self):
        rows = read(workbook([f"c{n}" for n in range(200)], list(range(200)))).rows

        assert len(rows[1]) == 200

    def test_hidden_sheets_are_offered_last(self):
        def hide(book):
            book.active.sheet_state = "hidden"
            book.create_sheet("People").append(["Email"])

        sheet = read(workbook(["secret"], change=hide))

        assert (sheet.sheets, sheet.hidden) == (["People", "Sheet"], ["Sheet"])
        assert sheet.rows == [["Email"]]

    def test_an_error_in_the_last_cell_is_found(self):
        def break_it(book):
            book.active["B3"] = "#N/A"
            book.active["B3"].data_type = "e"

        assert read(workbook(["a"], change=break_it)).rows[2] == ["", "#N/A"]

    def test_errors_of_formulas_are_found_with_their_own_text(self):
        folder = MORE.parent / "rosters"

        sheet = read((folder / "errors.xlsx").read_bytes())

        assert sheet.rows[24][6] == "#REF!"

    def test_whole_numbers_look_as_in_the_spreadsheet(self):
        assert read(workbook([1, 2.5, True])).rows == [[1, 2.5, True]]

    def test_old_workbooks_keep_zeros_days_and_errors(self):
        sheet = read((MORE / "old-format.xls").read_bytes())

        assert sheet.kind == "xls"
        assert sheet.sheets == ["People", "Lookup"]
        assert sheet.rows[1][0] == "00123"
        assert sheet.rows[1][4:] == ["2020-05-08", "#N/A"]

    def test_opendocument_cells_and_errors_are_read(self):
        error = ods_cell("#REF!", 'calcext:value-type="error"')
        table = (
            '<table:table table:name="People"><table:table-row>'
            f"{ods_cell('Email')}{ods_cell('Manager email')}</table:table-row>"
            f"<table:table-row>{ods_cell('a@x.org')}{error}</table:table-row>"
            '<table:table-row table:number-rows-repeated="1048570">'
            '<table:table-cell table:number-columns-repeated="16384"/>'
            "</table:table-row></table:table>"
        )

        sheet = read(opendocument(table))

        assert sheet.kind == "ods"
        assert sheet.rows[1] == ["a@x.org", "#REF!"]


class TestRefusals:
    @pytest.mark.parametrize("data", [b"", b" \n\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
    def test_nothing_is_an_empty_file(self, data):
        assert refusal(data).code == "empty_file"

    def test_an_empty_workbook_is_an_empty_file(self):
        assert refusal(workbook()).code == "empty_file"

    @pytest.mark.parametrize(
        "data",
        [
            b"%PDF-1.7\n...",
            b"\x89PNG\r\n\x1a\n",
            b"{\\rtf1 list}",
            b"<!DOCTYPE html><table><tr><td>Email</td></tr></table>",
            b"PK\x03\x04 and no more",
            archive(**{"word/document.xml": "<w/>"}),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            workbook(HEADER)[:-200],
            archive(**{"xl/workbook.xml": "<broken"}),
            archive(**{"xl/workbook.bin": "x"}),
        ],
    )
    def test_other_files_are_of_the_wrong_type(self, data):
        assert refusal(data, "roster.xlsx").code == "wrong_type"

    def test_the_name_decides_nothing(self):
        assert read(workbook(HEADER), "list.csv").kind == "xlsx"
        assert read(b"Email\na@x.org", "list.xlsx").kind == "text"

    def test_nul_bytes_are_not_text(self):
        assert refusal(b"Email\0\0\n\x01\x02").code == "not_text"

    def test_an_open_quote_is_named_with_its_row(self):
        data = b'Email,Goals\na@x.org,fine\nb@x.org,"open\nc@x.org,more\n'

        caught = refusal(data)

        assert (caught.code, caught.row) == ("unclosed_quote", 3)
        assert "row 3" in caught.message

    def test_macros_are_refused_by_name_and_by_content(self):
        data = with_part(workbook(HEADER), "xl/vbaProject.bin", "x")

        assert refusal(data, "roster.xlsx").code == "macro_workbook"
        assert refusal(workbook(HEADER), "roster.XLSM").code == "macro_workbook"

    def test_a_bomb_is_refused_at_once(self):
        data = with_part(workbook(HEADER), "xl/media/a", bytes(200_000_000))
        start = time.process_time()

        assert refusal(data).code == "too_large_unpacked"
        assert time.process_time() - start < 1

    def test_two_cells_far_apart_are_refused_at_once(self):
        def spread(book):
            book.active["XFD19000"] = "x"

        data = workbook(HEADER, change=spread)
        start = time.process_time()

        assert refusal(data).code == "too_large_unpacked"
        assert time.process_time() - start < 1

    def test_one_opendocument_cell_that_stands_for_millions_is_refused(self):
        cell = ods_cell("x", 'table:number-columns-repeated="16384"')
        table = (
            '<table:table table:name="T">'
            '<table:table-row table:number-rows-repeated="9999">'
            f"{cell}</table:table-row></table:table>"
        )

        assert refusal(opendocument(table)).code == "too_large_unpacked"

    def test_files_over_ten_megabytes_are_refused_at_once(self):
        start = time.process_time()

        assert refusal(b"a" * 200_000_000).code == "too_large"
        assert time.process_time() - start < 1

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_more_than_twenty_thousand_people_are_refused(self, kind):
        rows = [["e"], *([f"p{n}@x.org"] for n in range(20_100))]
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        data = text.getvalue().encode() if kind == "csv" else workbook(*rows)
        start = time.process_time()

        assert refusal(data).code == "too_many_rows"
        assert time.process_time() - start < 1

    def test_every_refusal_says_what_to_do(self):
        assert all(str(words).endswith(".") for words in MESSAGES.values())
