"""What ideas are about. Topics are slugs, the ones that skills have; those of the
product have words of their own."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

WORDS = {
    "beginning": _("Beginning"),
    "career": _("Career"),
    "closing": _("Ending well"),
    "conflict": _("Conflict"),
    "feedback": _("Feedback"),
    "goals": _("Goals"),
    "learning": _("Learning"),
    "listening": _("Listening"),
    "progress": _("Progress"),
    "rhythm": _("Rhythm"),
    "wellbeing": _("Wellbeing"),
}


def topic_words(slug: str):
    """A topic in words: its own, or its slug's."""
    return WORDS.get(slug) or capfirst(slug.replace("-", " "))
