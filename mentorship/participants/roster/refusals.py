"""Why a whole file cannot be read, in words for the person who sent it."""

from django.utils.translation import gettext_lazy as _

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PEOPLE = 20_000
MAX_COLUMNS = 500
# Titles and headers may stand above the people.
MAX_ROWS = MAX_PEOPLE + 20
MAX_CELLS = 4_500_000

MESSAGES = {
    "empty_file": _(
        "There is nothing in this file. Open it, check that the people are in it, "
        "save it and send it again."
    ),
    "wrong_type": _(
        "This is not a roster we can read. Save it as Excel (.xlsx), OpenDocument "
        "(.ods) or CSV and send it again."
    ),
    "locked": _(
        "This workbook is protected by a password. Save a copy without the password "
        "and send that."
    ),
    "damaged": _(
        "This workbook seems to be damaged. Open it, save it again as .xlsx and send "
        "the new copy."
    ),
    "not_text": _(
        "This file is not plain text. Save the list as Excel (.xlsx) or as CSV with "
        "UTF-8 and send it again."
    ),
    "unclosed_quote": _(
        "A quotation mark that opens in row %(row)d is not closed where its cell "
        "ends. Check the quotation marks in that row, or save the list as .xlsx."
    ),
    "too_large": _(
        "The file is larger than 10 MB. Remove pictures and sheets that are not "
        "needed, or send the list in parts."
    ),
    "too_large_unpacked": _(
        "The workbook unpacks to more than we can read. Copy the list alone into a "
        "new workbook and send that."
    ),
    "too_many_rows": _(
        "One file can hold 20,000 people. Send the list in parts."
    ),
    "macro_workbook": _(
        "The workbook holds macros. Save it as .xlsx without macros and send that."
    ),
}  # fmt: skip

# Both are files of a type we do not read; the words tell them apart.
CODES = {"locked": "wrong_type", "damaged": "wrong_type"}


class RosterRefused(Exception):
    """The whole file is refused; `code` names the reason, `message` says what to do."""

    def __init__(self, reason, *, row=None):
        self.code = CODES.get(reason, reason)
        self.row = row
        self.message = MESSAGES[reason] % {"row": row} if row else MESSAGES[reason]
        super().__init__(self.code)


class Extent:
    """How far the filled cells of a workbook's sheets reach; refuses at the first
    one too far."""

    def __init__(self):
        self.rows = self.columns = self.cells_before = 0

    def fill(self, row, column):
        """Note that the cell at (row, column), from 0, is filled."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        cells = self.cells_before + self.rows * self.columns
        if self.rows > MAX_ROWS:
            raise RosterRefused("too_many_rows")
        if self.columns > MAX_COLUMNS or cells > MAX_CELLS:
            raise RosterRefused("too_large_unpacked")

    def next_sheet(self):
        """Begin another sheet of the same workbook."""
        self.cells_before += self.rows * self.columns
        self.rows = self.columns = 0
