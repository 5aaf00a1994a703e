"""What calamine does not tell about an .xls file: its size and its error cells.

An .xls file is a small file system (Compound File Binary) that holds one stream of
records (BIFF). Sources: Microsoft's [MS-CFB] and [MS-XLS].
"""

import struct

from .refusals import Extent, RosterRefused

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
END_OF_CHAIN = 0xFFFFFFFA  # and above: not the number of a sector
BOF, EOF, BOUND_SHEET = 0x0809, 0x000A, 0x0085
FORMULA, BOOL_OR_ERROR, SEVERAL_NUMBERS = 0x0006, 0x0205, 0x00BD
CELLS = {0x0203, 0x027E, 0x00FD, 0x0204, FORMULA, BOOL_OR_ERROR, SEVERAL_NUMBERS}


class CompoundFile:
    """The streams of a compound file, by name. Raises RosterRefused when damaged."""

    def __init__(self, data):
        self.data = data
        try:
            self._read_header()
            self._read_directory()
        except (struct.error, IndexError, ValueError) as error:
            raise RosterRefused("damaged") from error

    def _read_header(self):
        self.sector_size = 1 << min(struct.unpack_from("<H", self.data, 30)[0], 16)
        count, first_directory = struct.unpack_from("<2I", self.data, 44)
        next_table, tables = struct.unpack_from("<2I", self.data, 68)
        self.first_directory = first_directory
        sectors = list(struct.unpack_from("<109I", self.data, 76))
        for _ in range(min(tables, 100)):
            numbers = self._numbers(self._sector(next_table))
            sectors += numbers[:-1]
            next_table = numbers[-1]
        self.fat = []
        for sector in sectors[:count]:
            self.fat += self._numbers(self._sector(sector))

    def _read_directory(self):
        directory = self._chain(self.first_directory)
        self.entries = {}
        for at in range(0, len(directory) - 127, 128):
            length = struct.unpack_from("<H", directory, at + 64)[0]
            name = directory[at : at + max(length - 2, 0)].decode(
                "utf-16-le", "replace"
            )
            first, size = struct.unpack_from("<2I", directory, at + 116)
            self.entries[name] = (first, size)

    def _sector(self, number):
        at = (number + 1) * self.sector_size
        return self.data[at : at + self.sector_size]

    @staticmethod
    def _numbers(sector):
        return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])

    def _chain(self, number):
        parts = []
        while number < END_OF_CHAIN:
            if len(parts) > len(self.fat):
                raise ValueError("a chain of sectors runs in a circle")
            parts.append(self._sector(number))
            number = self.fat[number]
        return b"".join(parts)

    def stream(self, *names):
        """The first of the named streams, or None."""
        for name in names:
            if name in self.entries:
                first, size = self.entries[name]
                try:
                    return self._chain(first)[:size]
                except (IndexError, ValueError) as error:
                    raise RosterRefused("damaged") from error
        return None


def scan(workbook):
    """Errors of each sheet as {(row, column): text}, from 0.

    Raises RosterRefused when the filled cells reach too far.
    """
    extent = Extent()
    return [
        _scan_sheet(workbook, struct.unpack_from("<I", body)[0], extent)
        for kind, body in _records(workbook, 0)
        if kind == BOUND_SHEET and len(body) >= 4
    ]


def _scan_sheet(workbook, start, extent):
    errors, depth = {}, 0
    extent.next_sheet()
    for kind, body in _records(workbook, start):
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            break
        if kind in CELLS and len(body) >= 6:
            row, column = struct.unpack_from("<2H", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0]
            extent.fill(row, last if kind == SEVERAL_NUMBERS else column)
            code = _error_code(kind, body)
            if code is not None:
                errors[row, column] = ERRORS.get(code, "#VALUE!")
    return errors


def _records(workbook, at):
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<2H", workbook, at)
        yield kind, workbook[at + 4 : at + 4 + length]
        at += 4 + length


def _error_code(kind, body):
    if kind == BOOL_OR_ERROR and len(body) >= 8 and body[7]:
        return body[6]
    if kind == FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff":
        return body[8] if body[6] == 2 else None
    return None
