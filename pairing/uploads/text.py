"""Plain text, Markdown and CSV: readable as UTF-8, and nothing but text."""

from django.utils.translation import gettext as _

from .refused import Refused

MAY_CONTROL = {"\t", "\n", "\r", "\f"}
# What a browser would take for a page or a drawing, were it ever asked to.
PAGES = ("<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<iframe")


def plain(content: bytes, kind: str) -> bytes:
    """The text as it came."""
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            _("This is not text in UTF-8. Save it as UTF-8, or as PDF.")
        ) from None
    if any(c < " " and c not in MAY_CONTROL for c in words):
        raise Refused(_("There is something other than text in this file."))
    if words.lstrip().lower().startswith(PAGES):
        raise Refused(
            _("This is a web page or a drawing, not plain text. Save it as PDF.")
        )
    return content
