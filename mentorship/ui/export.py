"""Spreadsheets of what is on the page, safe to open in a spreadsheet program."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils import timezone
from tablib import Dataset

# A cell that opens with one of these may be run as a formula; the wide forms are
# read as the plain ones by spreadsheet programs set to an East Asian language.
FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠\t\r\n]|^[\t\r\n]")
NUMBER = re.compile(r"^-\d+([.,]\d+)?$")
# Control characters that an XLSX file cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def guarded(value):
    """The value for a cell: text that could be a formula gets an apostrophe in front;
    numbers, negative ones too, and dates stay what they are."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, int | float | Decimal | dt.date):
        return value
    text = UNWRITABLE.sub("", str(value))
    if FORMULA.match(text) and not NUMBER.match(text):
        return f"'{text}"
    return text


def spreadsheet(kind, filename, header, rows):
    """An HTTP answer with the rows as a "csv" or "xlsx" file; other kinds are 404."""
    cells = [[guarded(cell) for cell in row] for row in rows]
    header = [guarded(cell) for cell in header]
    if kind == "csv":
        content, content_type = _csv(header, cells), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        content, content_type = _xlsx(header, cells, filename), XLSX
    else:
        raise Http404("no such kind of file")
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{filename}.{kind}"'
    return answer


def table_spreadsheet(table, kind, filename):
    """All rows of a django-tables2 table, not only this page's, without the column
    of boxes to tick."""
    header, *rows = table.as_values(exclude_columns=("select",))
    return spreadsheet(kind, filename, header, rows)


def _csv(header, rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    # The mark at the start tells spreadsheet programs that accents are UTF-8.
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(header, rows, title):
    data = Dataset(*rows, headers=header, title=title)
    return data.export("xlsx")
