"""CSV, TSV and plain text: encoding, delimiter, records."""

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from .refusals import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, RosterRefused

DELIMITERS = [",", ";", "\t", "|"]
# What a person may choose when the preview looks wrong; names as Python knows them.
ENCODINGS = [
    "utf-8",
    "utf-16",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "iso-8859-15",
    "cp932",
    "gb18030",
    "big5",
    "cp949",
]

# The module's default of 131,072 would refuse a long cell before we can name it.
csv.field_size_limit(MAX_BYTES)


def decode(data, encoding=None):
    """Return (text, encoding): the chosen one, else byte order mark, UTF-8, cp1252.

    Guessers are wrong on short names, so there is none: a person sees the preview
    and may choose another encoding.
    """
    encoding = encoding or _guess_encoding(data)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    text = data.decode(codec, errors="replace")
    if "\0" in text:
        raise RosterRefused("not_text")
    return text, encoding


def _guess_encoding(data):
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def guess_delimiter(text):
    """The delimiter that parts the first 50 records most and most evenly."""

    def score(delimiter):
        try:
            records = list(islice(_reader(text, delimiter), 50))
        except csv.Error:
            return 0
        widths = Counter(len(record) for record in records if len(record) > 1)
        return max(((width - 1) * count for width, count in widths.items()), default=0)

    return max(DELIMITERS, key=score)


def parse(text, delimiter):
    """All records as lists of text; a blank line is a record without cells."""
    rows = []
    try:
        for record in _reader(text, delimiter):
            rows.append(record)
            if len(rows) > MAX_ROWS:
                raise RosterRefused("too_many_rows")
            if len(record) > MAX_COLUMNS:
                raise RosterRefused("too_large_unpacked")
    except csv.Error as error:
        raise RosterRefused("unclosed_quote", row=len(rows) + 1) from error
    return rows


def _reader(text, delimiter):
    # newline="" keeps CR, LF and CRLF alike; strict notices a quote left open.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
