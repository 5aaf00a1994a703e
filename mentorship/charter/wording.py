"""A program's own words in its reminders: plain text with a few placeholders."""

import re
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mentorship.ui.templatetags.ui import day_words

from .models import Rhythm

PARTS = {"subject": 120, "opening": 600, "button": 40}
WITHOUT_PARTNER = {Rhythm.Kind.ACKNOWLEDGMENT, Rhythm.Kind.DIGEST}
IN_BRACES = re.compile(r"\{([^{}]*)\}")
# What would begin a new header, hide words or turn them around.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def placeholders(kind: str) -> list[str]:
    """What a mail of this kind can name."""
    return ["program"] if kind in WITHOUT_PARTNER else ["partner", "program", "day"]


def problem_with(text: str, kind: str) -> str:
    """What is wrong with somebody's words, in a sentence, or nothing."""
    if CONTROL.search(text):
        return _("Write it in one line, without special characters.")
    if "<" in text or ">" in text:
        return _("Write plain words. Tags and the signs < and > do not work in a mail.")
    allowed = placeholders(kind)
    unknown = [name for name in IN_BRACES.findall(text) if name not in allowed]
    if unknown or set(IN_BRACES.sub("", text)) & set("{}"):
        names = ", ".join(f"{{{name}}}" for name in allowed)
        return _("In braces, only these work here: %(names)s.") % {"names": names}
    return ""


def filled(text: str, facts: dict) -> str:
    """The text with its placeholders replaced, days in the reader's language. Values
    are put in as they are: nothing in them is read as a placeholder."""
    return IN_BRACES.sub(lambda found: said(facts.get(found[1], found[0])), text)


def said(fact) -> str:
    if isinstance(fact, datetime):
        fact = localtime(fact).date()
    return day_words(fact, "weekday") if isinstance(fact, date) else str(fact)
