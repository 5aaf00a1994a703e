"""A notice as a short message in a room, in the room's language."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from .addresses import check
from .door import guarded


class Failed(Exception):
    """The chat did not take the message."""


def compose(notice) -> tuple[str, str]:
    """The title and the body of a message to a room. Raises whatever its template
    raises."""
    with translation.override(notice.room.language):
        context = notice.context | {
            "url": settings.SITE_URL + notice.context.get("path", "/"),
            "organization": settings.ORGANIZATION,
        }
        text = render_to_string(f"chat/{notice.template}.txt", context)
    title, _line, body = text.strip().partition("\n")
    return " ".join(title.split()), body.strip()


def send(notice) -> None:
    """Post a notice to its room. Raises Refused when the address leads where it may
    not, and Failed when the chat did not take it."""
    title, body = compose(notice)
    plugin = check(notice.room.address)
    with guarded():
        taken = plugin.notify(body=body, title=title)
    if not taken:
        raise Failed("The chat did not take the message.")
