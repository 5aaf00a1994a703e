"""One file in, one file to keep out, or a sentence why not.

The name chooses what the content must be; the content is then read as that, and
nothing else may hide in it. Pictures are drawn anew. Whatever is kept is served as a
download only, so this is the second line and not the first.
"""

import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from mentorship.ui.receiving import MAX_BYTES

from . import documents, pictures, text
from .refused import Refused

__all__ = ["NAMES", "Accepted", "Refused", "accept", "too_large"]

MAX_NAME = 120
HEAD = 1024  # where browsers and readers look for what a file is

# What a name may end in, and the function that reads such content: it returns the
# bytes to keep or raises Refused.
KINDS: dict[str, Callable[[bytes, str], bytes]] = {
    **dict.fromkeys(["pdf"], documents.pdf),
    **dict.fromkeys(documents.OFFICE, documents.office),
    **dict.fromkeys(documents.OPEN_DOCUMENT, documents.open_document),
    **dict.fromkeys(["txt", "md", "csv"], text.plain),
    **dict.fromkeys(pictures.FORMATS, pictures.redraw),
}
NAMES = tuple(KINDS)
RUNS = ("svg", "svgz", "html", "htm", "xhtml", "xml", "mht", "mhtml", "js", "swf")
MACROS = ("docm", "xlsm", "pptm", "dotm", "xltm", "potm", "xlam", "xlsb")
PHONE = ("heic", "heif")
PACKED = ("zip", "rar", "7z", "gz", "tar")
# Beginnings that a browser or a reader takes for something that runs.
ACTIVE = (b"<html", b"<!doctype", b"<svg", b"<script", b"<body", b"<iframe", b"<?php")


@dataclass(frozen=True)
class Accepted:
    """What may be kept: a clean name, its kind, and the bytes."""

    name: str
    kind: str
    content: bytes


def accept(name: str, content: bytes) -> Accepted:
    """The file as it may be kept. Raises Refused with a sentence for its owner."""
    name = clean_name(name)
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in KINDS:
        raise Refused(why_not_this_name(kind))
    if not content.strip(b"\0 \t\r\n"):
        raise Refused(_("This file is empty. Choose the one with the content."))
    if len(content) > MAX_BYTES:
        raise Refused(too_large())
    refuse_a_second_nature(kind, content)
    return Accepted(name, kind, KINDS[kind](content, kind))


def too_large() -> str:
    return _("A file may have up to 10 MB. Save a smaller version, or share a link.")


def clean_name(name: str) -> str:
    """The last part of a name without signs that steer or hide: control characters,
    changes of direction, slashes. Shortened, but never at its end."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = (c if unicodedata.category(c)[0] not in "CZ" else " " for c in name)
    stem, dot, kind = " ".join("".join(shown).split()).rstrip(". ").rpartition(".")
    stem = stem[: MAX_NAME - len(kind) - 1].strip(". ") or _("file")
    return f"{stem}{dot}{kind[:10]}"


def why_not_this_name(kind: str) -> str:
    if kind in RUNS:
        return _(
            "Web pages and drawings of this kind can run programs, so they are not "
            "kept. Save it as PDF or PNG."
        )
    if kind in MACROS:
        return _("Files with macros are not kept. Save it without macros.")
    if kind in PHONE:
        return _("Pictures of this kind cannot be read here. Save it as JPEG.")
    if kind in PACKED:
        return _("Packed files are not kept. Add the files in it one by one.")
    return _(
        "Files of this kind are not kept. PDF, office documents, plain text and "
        "pictures (PNG, JPEG, WebP, GIF) are."
    )


def refuse_a_second_nature(kind: str, content: bytes) -> None:
    """Raise Refused for content that could be taken for something else as well."""
    head = content[:HEAD]
    if kind not in ("txt", "md", "csv") and any(a in head.lower() for a in ACTIVE):
        raise Refused(
            _("There is a web page inside this file. Save it anew, then add that.")
        )
    if kind != "pdf" and b"%PDF-" in head:
        raise Refused(
            _("This is a PDF under another name. Let its name end in .pdf.")
            if head.startswith(b"%PDF-")
            else _("There is a PDF hidden in this file. Save it anew, then add that.")
        )
    if kind not in (*documents.OFFICE, *documents.OPEN_DOCUMENT):
        refuse_a_hidden_archive(content)


def refuse_a_hidden_archive(content: bytes) -> None:
    """An archive is read from its end, so it can hide behind anything."""
    if zipfile.is_zipfile(BytesIO(content)):
        raise Refused(_("There is a packed archive hidden in this file. Save it anew."))
