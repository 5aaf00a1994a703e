"""Cleaning one cell: from what somebody typed to what is stored, or a kind of error."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from . import languages, zones

MAX_TEXT = 32_767
MAX_ID_DIGITS = 15
CLEAR = "-"
SPREADSHEET_ERRORS = {
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!",
    "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!",
}  # fmt: skip
# Marks of writing direction say how to draw, not what is written; NUL cannot be stored.
DROPPED = dict.fromkeys(
    [0, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
ZERO_WIDTH = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060])

LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
EMAIL = re.compile(rf"[^\s@<>()\[\],;:\"\\]{{1,64}}@(?:{LABEL}\.)+{LABEL}")
SKILL = re.compile(r"(.*?)\s*(?:\(\s*(\d[^()]*)\)|:\s*(\d.*))\s*")
SCIENTIFIC = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.IGNORECASE)
ISO_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T][\d:.]+Z?)?")
DOTTED_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
SLASHED_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

MENTOR = {"mentor", "mentorin", "mentorka", "coach"}
MENTEE = {"mentee", "protégé", "protege"}
BOTH = {"both", "beides"}
YES_NO = {
    "yes": True, "y": True, "true": True, "ja": True,
    "no": False, "n": False, "false": False, "nein": False,
}  # fmt: skip


class BadCell(Exception):
    """The cell cannot be read; `kind` names the error."""

    def __init__(self, kind):
        self.kind = kind
        super().__init__(kind)


def tidy(cell):
    """A cell as trimmed, composed text. Raises BadCell for `#N/A` and the like."""
    if isinstance(cell, str):
        text = cell
    elif isinstance(cell, bool):
        text = "true" if cell else "false"
    elif isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    else:
        text = str(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(DROPPED))
    text = text.replace("\0", "").strip()
    if text in SPREADSHEET_ERRORS:
        raise BadCell("cell_error")
    if len(text) > MAX_TEXT:
        raise BadCell("too_long")
    return text


def plain_text(text):
    """Text is stored as it is, whatever it begins with."""
    return text


def external_id(text):
    """An id of at most 15 digits; longer ones a spreadsheet has already rounded."""
    digits = sum(character.isdigit() for character in text)
    if digits > MAX_ID_DIGITS or SCIENTIFIC.fullmatch(text):
        raise BadCell("long_id")
    return text


def email(text):
    """An address in lower case, with full-width and zero-width characters folded."""
    folded = unicodedata.normalize("NFKC", text).translate(ZERO_WIDTH).strip().lower()
    local = folded.partition("@")[0]
    well_dotted = ".." not in local and local[:1] != "." and local[-1:] != "."
    if not (EMAIL.fullmatch(folded) and well_dotted and len(folded) <= 254):
        raise BadCell("bad_email")
    return folded


@lru_cache(maxsize=1024)
def role(text):
    """mentor, mentee or both."""
    words = {word.strip().casefold() for word in re.split(r"[,;/|&+]", text)} - {""}
    sides = {_side(word) for word in words}
    if None in sides:
        raise BadCell("ambiguous_role" if words == {"m"} else "unknown_role")
    return sides.pop() if len(sides) == 1 else "both"


def _side(word):
    for side, words in (("mentor", MENTOR), ("mentee", MENTEE), ("both", BOTH)):
        if word in words:
            return side
    return None


def timezone(text):
    """An IANA name."""
    name = zones.zone(text)
    if name is None:
        raise BadCell("unknown_timezone")
    return name


@lru_cache(maxsize=4096)
def _language_codes(text):
    names = [name.strip() for name in re.split(r"[;,/|\n]", text) if name.strip()]
    codes = [languages.code(name) for name in names]
    if None in codes or not codes:
        raise BadCell("unknown_language")
    return list(dict.fromkeys(codes))


def language_codes(text):
    """ISO 639 codes in the order given, each once."""
    return list(_language_codes(text))


def capacity(text):
    """1, 2 or 3 people at a time."""
    number = text.removesuffix(".0")
    if number not in ("1", "2", "3"):
        raise BadCell("bad_capacity")
    return int(number)


def parts(text):
    """The parts of a list, parted by semicolon, comma, bar or line."""
    found = (part.strip() for part in re.split(r"[;,|\n]", text))
    return [part for part in found if part]


def skills(text):
    """[[name, level 1 to 5 or None], …] in the order given, each name once."""
    found = {}
    for part in parts(text):
        match = SKILL.fullmatch(part)
        name, level = (match[1], match[2] or match[3]) if match else (part, None)
        if level is not None and level.strip() not in ("1", "2", "3", "4", "5"):
            raise BadCell("bad_level")
        found.setdefault(name.casefold(), [name, int(level) if level else None])
    return list(found.values())


def yes_no(text):
    """True or False."""
    if text.casefold() not in YES_NO:
        raise BadCell("bad_yes_no")
    return YES_NO[text.casefold()]


def day(text, order=None):
    """A day as 2026-03-09. `order` is "dmy" or "mdy" for dates such as 03/09/2026."""
    if match := ISO_DAY.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := DOTTED_DAY.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := SLASHED_DAY.fullmatch(text):
        first, second, year = match.groups()
        return _slashed_day(int(first), int(second), year, order)
    raise BadCell("bad_date")


def _slashed_day(first, second, year, order):
    if order is None and first <= 12 and second <= 12 and first != second:
        raise BadCell("ambiguous_date")
    if order == "mdy" or (order is None and second > 12):
        return _day(year, first, second)
    return _day(year, second, first)


def _day(year, month, day_of_month):
    try:
        found = date(int(year), int(month), int(day_of_month))
    except ValueError:
        raise BadCell("bad_date") from None
    if not 1900 <= found.year <= 2100:
        raise BadCell("bad_date")
    return found.isoformat()


def names(text):
    """(given, family) of "Given Family" or "Family, Given"; one word is given."""
    family, comma, given = text.partition(",")
    if not comma:
        given, _space, family = text.rpartition(" ")
        if not given:
            given, family = family, ""
    return given.strip(), family.strip()


def addresses(text):
    """Addresses in order, each once. What is no address stays, to be warned about."""
    return list(dict.fromkeys(_address(part) for part in parts(text)))


def _address(text):
    try:
        return email(text)
    except BadCell:
        return text


CLEANERS = {
    "external_id": external_id,
    "email": email,
    "role": role,
    "manager_email": email,
    "timezone": timezone,
    "languages": language_codes,
    "capacity": capacity,
    "skills_offered": skills,
    "skills_wanted": skills,
    "remote": yes_no,
    "start_date": day,
    "wishes": addresses,
    "interests": parts,
    "channel": parts,
}
