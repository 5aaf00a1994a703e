"""XLSX, ODS and XLS: guarded before calamine opens them, and their error cells found.

calamine reads fast and keeps leading zeros, but it hands over `#N/A` as an empty cell
and sets aside room for every cell up to the last one. So each sheet is scanned first.
"""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import python_calamine
from python_calamine import SheetVisibleEnum

from . import xls
from .refusals import MAX_UNPACKED, RosterRefused
from .sheet_xml import OdsScan, XlsxScan

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Workbook:
    """An open workbook: `kind`, `names` (visible sheets first) and `rows(name)`."""

    def __init__(self, data):
        self.data = data
        self.kind, self._errors_of = _recognize(data)
        try:
            self._book = python_calamine.load_workbook(io.BytesIO(data))
        except python_calamine.PasswordError as error:
            raise RosterRefused("locked") from error
        except Exception as error:  # calamine raises many kinds on a damaged file
            raise RosterRefused("damaged") from error
        sheets = self._book.sheets_metadata
        self.hidden = [s.name for s in sheets if s.visible != SheetVisibleEnum.Visible]
        shown = [s.name for s in sheets if s.visible == SheetVisibleEnum.Visible]
        self.names = shown + self.hidden

    def rows(self, name):
        """The sheet's rows from its very first one, as lists of plain values."""
        try:
            errors = self._errors_of(self._book.sheet_names.index(name))
            sheet = self._book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
        except RosterRefused:
            raise
        except Exception as error:  # see above
            raise RosterRefused("damaged") from error
        rows = [[_plain(cell) for cell in row] for row in rows]
        for (row, column), text in errors.items():
            # A cell with an error may be the last one, which calamine leaves out.
            rows.extend([] for _ in range(row + 1 - len(rows)))
            rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
            rows[row][column] = text
        return rows


def _plain(cell):
    """A value that JSON can hold: text, number or boolean; days as 2026-03-09. Whole
    numbers, which all are floats here, look as they do in the spreadsheet."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, (str, bool, int, float)):
        return cell
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else ""


def _recognize(data):
    """(kind, errors_of) of a workbook by its content.

    errors_of(index) gives a sheet's error cells. calamine opens all sheets of an
    .xls or .ods file at once, so those are scanned here; an .xlsx one by one.
    """
    if data.startswith(b"PK"):
        return _recognize_zip(data)
    compound = xls.CompoundFile(data)
    if "EncryptedPackage" in compound.entries:
        raise RosterRefused("locked")
    if "_VBA_PROJECT_CUR" in compound.entries:
        raise RosterRefused("macro_workbook")
    stream = compound.stream("Workbook", "Book")
    if stream is None:
        raise RosterRefused("wrong_type")
    return "xls", xls.scan(stream).__getitem__


def _recognize_zip(data):
    parts = _open_zip(data)
    names = parts.namelist()
    if any(n.endswith("vbaProject.bin") or n.startswith("Basic/") for n in names):
        raise RosterRefused("macro_workbook")
    if "xl/workbook.xml" in names:
        if b"macroEnabled" in _part(parts, "[Content_Types].xml"):
            raise RosterRefused("macro_workbook")
        return "xlsx", lambda index: XlsxScan().run(_xlsx_sheet(parts, index))
    if _part(parts, "mimetype").strip() == ODS_TYPE:
        if b"encryption-data" in _part(parts, "META-INF/manifest.xml"):
            raise RosterRefused("locked")
        return "ods", OdsScan().run(_part(parts, "content.xml")).__getitem__
    raise RosterRefused("wrong_type")


def _open_zip(data):
    """The archive, once its declared size is small enough and proven to be true."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
        if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
            raise RosterRefused("too_large_unpacked")
        # Reads every part, so that a size that lies is found here and not in calamine.
        if parts.testzip() is not None:
            raise RosterRefused("damaged")
    except RosterRefused:
        raise
    except Exception as error:  # zipfile raises many kinds on a damaged file
        raise RosterRefused("damaged") from error
    return parts


def _part(parts, name):
    """The content of one part; a missing one counts as empty."""
    return parts.read(name) if name in parts.namelist() else b""


def _xlsx_sheet(parts, index):
    """The XML of the sheet with this index in the workbook's own order."""
    try:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        sheets = [e for e in book.iter() if e.tag.endswith("}sheet")]
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        target = targets[sheets[index].get(RELATION)]
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return parts.read(path)
    except (KeyError, IndexError, ElementTree.ParseError) as error:
        raise RosterRefused("damaged") from error
