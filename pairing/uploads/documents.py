"""PDF, and office documents, which are archives and looked at member by member."""

import zipfile
import zlib
from io import BytesIO

from django.utils.translation import gettext as _

from .refused import Refused

MAX_MEMBERS = 2000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200  # text of a sheet packs 50 to 1 now and then
SMALL = 5 * 1024 * 1024  # no archive of this little is a bomb
CHUNK = 1024 * 1024
# What an archive ends with when no comment follows.
END_RECORD = b"PK\x05\x06" + b"\0" * 18

UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError),
)

OFFICE = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
TYPES = "[Content_Types].xml"
# Members that hold programs: macros, scripts, embedded objects and controls.
PROGRAMS = ("vbaproject", "vbadata", "macrosheets/", "activex/", "oleobject")
SCRIPTS = ("basic/", "scripts/", "object ")
PROGRAM_KINDS = (".exe", ".dll", ".js", ".vbs", ".bat", ".ps1", ".jar", ".html", ".svg")


def pdf(content: bytes, kind: str) -> bytes:
    """A PDF from its first byte to its last, that starts nothing by itself."""
    if not content.startswith(b"%PDF-"):
        raise Refused(not_inside("PDF"))
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\0 \t\r\n"):
        raise Refused(
            _("This PDF is incomplete, or something follows it. Print it to PDF anew.")
        )
    if any(word in content for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile")):
        raise Refused(
            _("This PDF runs a program or holds other files. Print it to PDF anew.")
        )
    return content


def office(content: bytes, kind: str) -> bytes:
    """A Word, Excel or PowerPoint document without programs."""
    with opened(content, kind) as archive:
        names = set(archive.namelist())
        if TYPES not in names or OFFICE[kind] not in names:
            raise Refused(not_inside(kind.upper()))
        refuse_programs(names, PROGRAMS)
        if b"macroenabled" in archive.read(TYPES).lower():
            raise Refused(has_macros())
    return content


def open_document(content: bytes, kind: str) -> bytes:
    """A text, sheet or presentation of LibreOffice without programs."""
    with opened(content, kind) as archive:
        names = archive.namelist()
        first = names[:1] == ["mimetype"] and archive.read("mimetype").strip()
        if first != OPEN_DOCUMENT[kind]:
            raise Refused(not_inside(kind.upper()))
        refuse_programs(names, SCRIPTS)
    return content


def opened(content: bytes, kind: str) -> zipfile.ZipFile:
    """The archive, once it is known to begin and end with the file, to unpack to a
    decent size, and to hold what it says. Raises Refused."""
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(not_inside(kind.upper()))
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        refuse_bombs(archive, len(content))
        refuse_surroundings(archive, content)
        if any(one.flag_bits & 1 for one in archive.infolist()):
            raise Refused(_("This document has a password. Save it without one."))
        read_through(archive)
    except UNREADABLE:
        raise Refused(damaged()) from None
    return archive


def refuse_surroundings(archive: zipfile.ZipFile, content: bytes) -> None:
    """The archive is all of the file: nothing before it, nothing behind."""
    starts = min((one.header_offset for one in archive.infolist()), default=-1)
    if starts != 0 or content[-len(END_RECORD) :][:4] != END_RECORD[:4]:
        raise Refused(damaged())


def refuse_bombs(archive: zipfile.ZipFile, packed: int) -> None:
    """What an archive says of itself: how many members, how large, and from how far."""
    members = archive.infolist()
    unpacked = sum(one.file_size for one in members)
    grows = unpacked > SMALL and unpacked > MAX_RATIO * packed
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or grows:
        raise Refused(
            _("This document unpacks to far more than its size. Save it as PDF.")
        )
    if any(leaves(one.filename) for one in members):
        raise Refused(damaged())


def leaves(name: str) -> bool:
    """Whether a member would be written outside of its archive."""
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def read_through(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, a piece at a time, so that no size or sum is a lie.
    Python stops at the size a member claims, and the sum tells."""
    for one in archive.infolist():
        with archive.open(one) as member:
            while member.read(CHUNK):
                pass


def refuse_programs(names, words: tuple) -> None:
    for name in map(str.lower, names):
        if any(word in name for word in words) or name.endswith(PROGRAM_KINDS):
            raise Refused(has_macros())


def has_macros() -> str:
    return _(
        "There are macros, scripts or other files in this document. Save it without "
        "them, or as PDF."
    )


def not_inside(kind: str) -> str:
    return _(
        "The name says %(kind)s, but the content is something else. Save it anew."
    ) % {"kind": kind}


def damaged() -> str:
    return _("This document is damaged. Open it, save it anew, then add that.")
