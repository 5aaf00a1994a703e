"""What calamine does not tell about XLSX and ODS sheets: their size and error cells."""

from xml.parsers import expat

from .refusals import Extent, RosterRefused


class Scan:
    """Walks a sheet's XML once; `run` returns the errors as {(row, column): text}.

    Rows and columns count from 0. Raises RosterRefused when the filled cells reach
    too far or the XML is broken.
    """

    def __init__(self):
        self.extent, self.errors = Extent(), {}
        self.row = self.column = -1
        self.in_error, self.words = False, []

    def run(self, xml):
        """Parse the XML (bytes) and return the errors found."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(xml, True)
        except (expat.ExpatError, ValueError, IndexError) as error:
            raise RosterRefused("damaged") from error
        return self.errors

    def text(self, part):
        if self.in_error:
            self.words.append(part)

    def close_cell(self, errors):
        said = "".join(self.words).strip()
        errors[self.row, self.column] = said if said[:1] == "#" else "#VALUE!"
        self.in_error = False


class XlsxScan(Scan):
    def start(self, name, attributes):
        name = name.rpartition(":")[2] if ":" in name else name
        if name == "row":
            self.row = int(attributes.get("r", self.row + 2)) - 1
            self.column = -1
        elif name == "c":
            self._open_cell(attributes)
        elif name in ("v", "is"):
            self.extent.fill(self.row, self.column)
            self.words = []  # the formula before it was no value

    def _open_cell(self, attributes):
        reference = attributes.get("r")
        if reference:
            self.row, self.column = _place(reference)
        else:
            self.column += 1
        self.in_error = attributes.get("t") == "e"

    def end(self, name):
        if self.in_error and name.rpartition(":")[2] == "v":
            self.close_cell(self.errors)


def _place(reference):
    """(row, column) from 0 of a reference such as "AB12"."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1


class OdsScan(Scan):
    """Walks all sheets, for they share one file; `run` returns a list of errors."""

    def __init__(self):
        super().__init__()
        self.errors = []
        self.row_times = self.cell_times = 1

    def start(self, name, attributes):
        if name == "table:table":
            self.errors.append({})
            self.extent.next_sheet()
            self.row, self.row_times = -1, 1
        elif name == "table:table-row":
            self.row += self.row_times
            self.row_times = int(attributes.get("table:number-rows-repeated", 1))
            self.column, self.cell_times = -1, 1
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._open_cell(attributes)
        elif name == "text:p":
            # A cell and a row may stand for many: the last of them counts.
            self.extent.fill(
                self.row + self.row_times - 1, self.column + self.cell_times - 1
            )

    def _open_cell(self, attributes):
        self.column += self.cell_times
        self.cell_times = int(attributes.get("table:number-columns-repeated", 1))
        self.in_error = attributes.get("calcext:value-type") == "error"
        self.words = []

    def end(self, name):
        if self.in_error and name == "table:table-cell":
            self.close_cell(self.errors[-1])
