"""A roster's rows and mapping to people, errors and warnings."""

import re
from collections import Counter
from dataclasses import dataclass, field

from . import values
from .read import is_blank
from .values import CLEAR, BadCell

TOTALS = re.compile(r"(totals?|sum|summe|gesamt\w*|counts?)\b", re.IGNORECASE)
ONCE = {"external_id": "duplicate_id", "email": "duplicate_email"}

# What the fields of a person can hold, in characters; of lists, each part.
LIMITS = {
    "external_id": 64,
    "given_name": 150,
    "family_name": 150,
    "full_name": 300,
    "function": 120,
    "site": 120,
    "job_title": 200,
    "working_style": 120,
    "good_mentor": 500,
    "learning_style": 120,
    "availability": 500,
}
PART_LIMITS = {
    "skills_offered": 80,
    "skills_wanted": 80,
    "interests": 120,
    "channel": 60,
}
SHORTEST_LIMIT = min([*LIMITS.values(), *PART_LIMITS.values()])


@dataclass(frozen=True)
class Problem:
    """One bad cell: its row as the person sees it, its field, kind and text."""

    row: int
    field: str
    kind: str
    text: str = ""
    first_row: int | None = None


@dataclass
class Row:
    """One person of the roster. A field missing in `values` stays as it is stored;
    None clears it."""

    number: int
    values: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    warnings: list = field(default_factory=list)


@dataclass
class Result:
    """The people of a roster and the rows that are none ({row number: kind})."""

    rows: list = field(default_factory=list)
    skipped: dict = field(default_factory=dict)

    @property
    def valid(self):
        """The rows that can be imported."""
        return [row for row in self.rows if not row.errors]

    @property
    def failed(self):
        """The rows that cannot."""
        return [row for row in self.rows if row.errors]

    @property
    def errors(self):
        return [error for row in self.rows for error in row.errors]

    @property
    def warnings(self):
        return [warning for row in self.rows for warning in row.warnings]

    @property
    def kinds(self):
        """How many errors there are of each kind, the most frequent first."""
        return Counter(error.kind for error in self.errors)

    @property
    def notice(self):
        """ "no_rows" when the list has a header and no people."""
        return "" if self.rows else "no_rows"


def check(rows, mapping, *, header_row=1, date_order=None, known=frozenset()):
    """Read every row below the header.

    `rows` are lists of cells, `mapping` is {column index: field}, `known` holds the
    addresses of people the organization already has. Returns a Result.
    """
    result = Result()
    for number, cells in enumerate(rows[header_row:], header_row + 1):
        kind = _not_a_person(cells)
        if kind:
            result.skipped[number] = kind
        else:
            result.rows.append(_read_row(number, cells, mapping, date_order))
    _mark_duplicates(result.rows)
    _mark_unknown_wishes(result.rows, known)
    return result


def _not_a_person(cells):
    if is_blank(cells):
        return "blank"
    texts = [text for cell in cells if (text := str(cell).strip())]
    if TOTALS.match(texts[0]) and not any("@" in text for text in texts):
        return "totals"
    return ""


def _read_row(number, cells, mapping, date_order):
    row = Row(number)
    texts = {}
    for column, name in mapping.items():
        try:
            cell = cells[column] if column < len(cells) else ""
            texts[name] = values.tidy(cell)
            if len(texts[name]) > SHORTEST_LIMIT:
                _fits(name, texts[name])
        except BadCell as bad:
            row.errors.append(Problem(number, name, bad.kind, str(cell)[:100]))
    unread = {error.field for error in row.errors}
    _read_names(row, texts, unread)
    _read_role(row, texts, unread)
    for name, text in texts.items():
        if text and name not in ("role", "full_name", "given_name", "family_name"):
            _read_cell(row, name, text, date_order)
    if not texts.get("email", "").strip(CLEAR) and "email" not in unread:
        row.errors.append(Problem(number, "email", "missing_email"))
    return row


def _fits(name, text):
    limit = PART_LIMITS.get(name)
    parts = values.parts(text) if limit else [text]
    if any(len(part) > (limit or LIMITS.get(name, values.MAX_TEXT)) for part in parts):
        raise BadCell("too_long")


def _read_names(row, texts, unread):
    """Given and family name, from their own columns or else from the full name."""
    given, family = texts.get("given_name", ""), texts.get("family_name", "")
    if texts.get("full_name", CLEAR) != CLEAR and not (given or family):
        given, family = values.names(texts["full_name"])
    for name, text in (("given_name", given), ("family_name", family)):
        if text:
            row.values[name] = None if text == CLEAR else text
    has_name = row.values.get("given_name") or row.values.get("family_name")
    if not has_name and not unread & {"full_name", "given_name", "family_name"}:
        row.errors.append(Problem(row.number, "given_name", "missing_name"))


def _read_role(row, texts, unread):
    """The role, before the rest: it decides whether capacity is read."""
    text = texts.get("role", "")
    if text and text != CLEAR:
        _read_cell(row, "role", text, None)
    elif "role" not in unread:
        row.errors.append(Problem(row.number, "role", "missing_role"))
    if row.values.get("role") not in ("mentor", "both"):
        texts.pop("capacity", None)


def _read_cell(row, name, text, date_order):
    if text == CLEAR:
        if name != "email":
            row.values[name] = None
        return
    try:
        if name == "start_date":
            row.values[name] = values.day(text, date_order)
        else:
            row.values[name] = values.CLEANERS.get(name, values.plain_text)(text)
    except BadCell as bad:
        row.errors.append(Problem(row.number, name, bad.kind, text[:100]))


def _mark_duplicates(rows):
    """The first row counts; each later one is the error and names the first."""
    for name, kind in ONCE.items():
        first = {}
        for row in rows:
            value = row.values.get(name)
            if value is None:
                continue
            if first.setdefault(value, row.number) != row.number:
                problem = Problem(row.number, name, kind, value, first[value])
                row.errors.append(problem)


def _mark_unknown_wishes(rows, known):
    in_file = {row.values["email"] for row in rows if row.values.get("email")}
    for row in rows:
        strangers = [
            wish
            for wish in row.values.get("wishes") or []
            if wish not in in_file and wish not in known
        ]
        if strangers:
            text = ", ".join(strangers)
            row.warnings.append(Problem(row.number, "wishes", "unknown_wish", text))
