"""What every reminder says: the program's own words, and why it came."""

from datetime import time

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from mentorship.charter.models import Rhythm
from mentorship.charter.wording import filled

register = template.Library()
Kind = Rhythm.Kind

REASONS = {
    Kind.SESSION: gettext_lazy(
        "You get this because %(program)s reminds both of you of a session, "
        "%(when)s your time."
    ),
    Kind.CHECK_IN: gettext_lazy(
        "You get this because %(program)s asks how it is going, %(when)s your time."
    ),
    Kind.MILESTONE: gettext_lazy(
        "You get this because %(program)s reminds both of you of a step on your "
        "road, %(when)s your time."
    ),
    Kind.REFLECTION: gettext_lazy(
        "You get this because %(program)s asks you to look back on a session, "
        "%(when)s your time."
    ),
    Kind.PILOT: gettext_lazy(
        "You get this because %(program)s writes to both of you about an open "
        "pilot, %(when)s your time."
    ),
    Kind.ACKNOWLEDGMENT: gettext_lazy(
        "You get this because %(program)s asks for your agreement, %(when)s your time."
    ),
    Kind.DIGEST: gettext_lazy(
        "You get this because you chose one mail a week. %(program)s sends it "
        "%(when)s your time."
    ),
}


@register.simple_tag(takes_context=True)
def own_words(context, part):
    """The program's own `part` of the mail in the reader's language, or nothing."""
    words = (context.get("wording") or {}).get(get_language(), {})
    return filled(words.get(part, ""), context.flatten())


@register.simple_tag(takes_context=True)
def because(context):
    """Why this reminder came, in one sentence."""
    program = context.get("program", "")
    rhythm = context.get("rhythm")
    return why(rhythm, program) if rhythm else context.get("why", "")


def why(rhythm: dict, program: str) -> str:
    """The sentence for the facts of a rhythm as the planner keeps them."""
    names = {"program": program, "when": when(rhythm)}
    return REASONS[rhythm["kind"]] % names


def when(rhythm: dict) -> str:
    """When a rhythm's reminders come, as part of a sentence that ends in a time."""
    at = time_format(time.fromisoformat(rhythm["at"]), "TIME_FORMAT")
    if "weekday" in rhythm:
        weeks = rhythm["every_weeks"]
        words = ngettext(
            "every week on %(day)s at %(at)s",
            "every %(weeks)d weeks on %(day)s at %(at)s",
            weeks,
        )
        return words % {"weeks": weeks, "day": WEEKDAYS[rhythm["weekday"]], "at": at}
    days, late = rhythm["days"], rhythm["kind"] not in (Kind.SESSION, Kind.MILESTONE)
    if not days:
        return _("on the day itself at %(at)s") % {"at": at}
    if late:
        words = ngettext(
            "%(days)d day after it began to wait, at %(at)s",
            "%(days)d days after it began to wait, at %(at)s",
            days,
        )
    else:
        words = ngettext(
            "%(days)d day before, at %(at)s",
            "%(days)d days before, at %(at)s",
            days,
        )
    return words % {"days": days, "at": at}
