"""Pictures are drawn anew: what a camera noted about place and time stays behind."""

import warnings
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .refused import Refused

# By the end of the name; a phone's JPEG may hold several views ("MPO").
FORMATS = {
    "png": ("PNG",),
    "jpg": ("JPEG", "MPO"),
    "jpeg": ("JPEG", "MPO"),
    "webp": ("WEBP",),
    "gif": ("GIF",),
}
SAVE: dict[str, dict] = {
    "PNG": {"optimize": False},
    "JPEG": {"quality": 88},
    "WEBP": {"quality": 88},
    "GIF": {},
}
MOST_PIXELS = 50_000_000
PNG_END = b"IEND\xaeB`\x82"
GIF_END = b";"
# Where a GIF gives its width, a comment of a script would begin.
COMMENT = (b"/*", b"//")


def redraw(content: bytes, kind: str) -> bytes:
    """The same picture, upright, with nothing but its pixels."""
    wanted = FORMATS[kind]
    refuse_a_tail(content, wanted[0])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return drawn(Image.open(BytesIO(content), formats=list(SAVE)), wanted)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(too_many_pixels()) from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError):
        raise Refused(
            _("This picture cannot be read. Open it, save it anew, then add that.")
        ) from None


def drawn(image, wanted: tuple) -> bytes:
    if image.format not in wanted:
        raise Refused(
            _("This picture is a %(found)s under another name. Rename it, or save it.")
            % {"found": "JPEG" if image.format == "MPO" else image.format}
        )
    if image.width * image.height > MOST_PIXELS:
        raise Refused(too_many_pixels())
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise Refused(
            _("Moving pictures are not kept. Save the one picture that matters.")
        )
    upright, kept = ImageOps.exif_transpose(image), BytesIO()
    plain = without_notes(upright, wanted[0])
    plain.save(kept, format=wanted[0], **SAVE[wanted[0]])
    return kept.getvalue()


def without_notes(image, kind: str):
    """The pixels alone: a new picture knows no EXIF, GPS, text or color profile."""
    if kind == "JPEG" and image.mode != "L":
        image = image.convert("RGB")
    elif kind == "WEBP" and image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGBA")
    keeps = image.info.get("transparency") if image.mode == "P" else None
    image.load()
    image.info = {} if keeps is None else {"transparency": keeps}
    image.getexif().clear()
    return image


def too_many_pixels() -> str:
    return _("This picture has more than 50 million pixels. Save a smaller one.")


def refuse_a_tail(content: bytes, kind: str) -> None:
    """Nothing may follow a picture, nor may a script begin in its measures. What a
    phone adds behind a JPEG is left behind when it is drawn."""
    ended = {
        "PNG": content.endswith(PNG_END),
        "GIF": content.endswith(GIF_END) and content[6:8] not in COMMENT,
        "WEBP": len(content) == int.from_bytes(content[4:8], "little") + 8,
    }.get(kind, True)
    looks = {"PNG": b"\x89PNG", "GIF": b"GIF8", "WEBP": b"RIFF"}.get(kind, b"")
    if content.startswith(looks) and not ended:
        raise Refused(
            _("Something is hidden behind this picture. Save it anew, then add that.")
        )
