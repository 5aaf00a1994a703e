"""Files as people and attackers make them."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

TYPES = "[Content_Types].xml"
MAINS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
MIMES = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def a_pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj <<>> endobj\n" + inside + b"\ntrailer <<>>\n%%EOF\n"


def an_archive(members: dict, packed=zipfile.ZIP_DEFLATED) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", packed) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


def an_office(kind: str = "docx", more: dict | None = None, types="<Types/>") -> bytes:
    return an_archive({TYPES: types, MAINS[kind]: "<document/>", **(more or {})})


def an_open_document(kind: str = "odt", more: dict | None = None) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{MIMES[kind]}"
    return an_archive({"mimetype": mime, "content.xml": "<office/>", **(more or {})})


def a_picture(kind: str = "PNG", size=(40, 30), **more) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, "teal").save(kept, kind, **more)
    return kept.getvalue()


def a_photo_with_a_place() -> bytes:
    """A JPEG that says where it was taken and is to be turned."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Linh"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    return a_picture("JPEG", exif=exif)


def a_moving_picture(kind: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), color) for color in ("teal", "red")]
    kept = BytesIO()
    frames[0].save(kept, kind, save_all=True, append_images=frames[1:])
    return kept.getvalue()


def a_bomb_of_pixels() -> bytes:
    """A PNG of a few bytes that would be 60 000 by 60 000."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def a_script_and_a_gif() -> bytes:
    """A GIF whose bytes are a program as well: GIF89a/* … */=1."""
    plain = a_picture("GIF")
    return plain[:6] + b"/*" + plain[8:] + b"*/=alert(1);"


def a_lying_archive() -> bytes:
    """A document that says a member is small and unpacks to much more."""
    honest = an_office(more={"word/media.bin": b"\0" * 200_000})
    return honest.replace(struct.pack("<I", 200_000), struct.pack("<I", 20))
