"""A file's bytes to rows of cells, told apart by content and never by name."""

from dataclasses import dataclass, field

from . import text
from .refusals import MAX_BYTES, RosterRefused
from .spreadsheet import Workbook

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# PDF, PNG, JPEG, GIF, RTF, gzip, RAR, 7z: known, and not rosters.
FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)
MARKUP = ("<!doctype", "<html", "<?xml", "<table", "<meta", "mime-version:")


@dataclass
class Sheet:
    """One sheet of a roster: its rows, and how it was read.

    Cells are text, numbers, booleans or "". `rows[0]` is the row a spreadsheet
    numbers 1. Text files have an encoding and a delimiter, workbooks sheet names.
    """

    kind: str
    rows: list
    sheet: str = ""
    sheets: list = field(default_factory=list)
    hidden: list = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""


def read(data, name="", *, sheet=None, encoding=None, delimiter=None):
    """Read a roster; what is not chosen is guessed. Raises RosterRefused."""
    if not data.strip():
        raise RosterRefused("empty_file")
    if len(data) > MAX_BYTES:
        raise RosterRefused("too_large")
    if name.lower().endswith((".xlsm", ".xltm")):
        raise RosterRefused("macro_workbook")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", COMPOUND_FILE)):
        return _read_workbook(Workbook(data), sheet)
    if data.startswith(FOREIGN):
        raise RosterRefused("wrong_type")
    return _read_text(data, encoding, delimiter)


def _read_text(data, encoding, delimiter):
    content, encoding = text.decode(data, encoding)
    if not content.strip():
        raise RosterRefused("empty_file")
    if content[:200].lstrip().lower().startswith(MARKUP):
        raise RosterRefused("wrong_type")
    delimiter = delimiter or text.guess_delimiter(content)
    rows = _without_tail(text.parse(content, delimiter))
    if not rows:
        raise RosterRefused("empty_file")
    return Sheet("text", rows, encoding=encoding, delimiter=delimiter)


def _read_workbook(book, chosen):
    """The chosen sheet, else the first visible one with anything in it."""
    wanted = [chosen] if chosen in book.names else book.names
    for name in wanted:
        rows = _without_tail(book.rows(name))
        if rows:
            return Sheet(
                book.kind, rows, sheet=name, sheets=book.names, hidden=book.hidden
            )
    raise RosterRefused("empty_file")


def is_blank(row):
    """Whether nothing but spaces is in the row."""
    return not any(cell.strip() if isinstance(cell, str) else True for cell in row)


def _without_tail(rows):
    while rows and is_blank(rows[-1]):
        rows.pop()
    return rows
