"""One thing for a coordinator to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Todo:
    """One thing for a person to do: a sentence, what is known, and one action."""

    title: str
    text: str
    url: str
    action: str
    icon: str = "pause"
    tone: str = "notice"


def both(pair) -> str:
    """The two by name, of anything with a mentor and a mentee."""
    return _("%(mentor)s and %(mentee)s") % {
        "mentor": pair.mentor.short_name,
        "mentee": pair.mentee.short_name,
    }
