"""Why two people cannot be paired, in words: in short, and with the facts."""

from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mentorship.participants.roster import languages

from .numbers import listed

# What is said of people who cannot be paired.
LIMITS = {
    "SAME_PERSON": gettext_lazy("would be the same person"),
    "NO_SHARED_LANGUAGE": gettext_lazy("share no language"),
    "NO_OVERLAP": gettext_lazy("share too few hours"),
    "REPORTING_LINE": gettext_lazy("are in the same reporting line"),
    "ENDED_BEFORE": gettext_lazy("were paired before, and it ended"),
    "NEVER_PAIR": gettext_lazy("are ruled out by a decision"),
    "NO_PLACE": gettext_lazy("have no place left"),
    "PAUSED": gettext_lazy("are on a break"),
    "RESTING": gettext_lazy("rest after recent cohorts"),
    "NOT_WAITING": gettext_lazy("do not wait for a match just now"),
}


def why_not(limits: list[str], facts: dict, mentor, mentee) -> list[str]:
    """Every limit between two places as a sentence with its facts, pins in the way
    too. `facts` are those of the engine's HardConflict, or empty."""
    names = {"mentor": mentor.short_name, "mentee": mentee.short_name}
    told = [SENTENCES[name](facts, names) for name in limits]
    if facts.get("pins"):
        told.append(
            _("Every place of %(mentor)s is kept for somebody by a rule.") % names
        )
    return told


def about_yourself() -> str:
    """Instead of why_not to a reader who is one of the two, whatever the limit: that
    the other one asked not to would be told by elimination."""
    return _(
        "This is about yourself, and you cannot be paired. To you as to everybody, the "
        "program does not say why."
    )


def _no_language(facts, names):
    spoken = facts.get("languages")
    if not spoken or not (spoken["mentor"] and spoken["mentee"]):
        return _("%(mentor)s and %(mentee)s share no language.") % names
    return _(
        "%(mentor)s speaks %(theirs)s, %(mentee)s speaks %(ours)s: they share no "
        "language."
    ) % {
        **names,
        "theirs": listed(map(languages.name, spoken["mentor"])),
        "ours": listed(map(languages.name, spoken["mentee"])),
    }


def _no_overlap(facts, names):
    hours = facts.get("hours", 0)
    if not hours:
        return _("%(mentor)s and %(mentee)s share no hour of the week.") % names
    minutes = round(60 * hours)
    return _(
        "%(mentor)s and %(mentee)s share %(minutes)s minutes a week; it takes an hour."
    ) % {**names, "minutes": minutes}


def _never(facts, names):
    rule = next((r for r in facts.get("rules", ()) if r.kind == "never"), None)
    if rule is None or not rule.by:
        return (
            _(
                "The program itself keeps %(mentor)s and %(mentee)s apart: one of the "
                "two asked for it."
            )
            % names
        )
    if rule.reason:
        return _(
            "%(by)s decided on %(day)s that %(mentor)s and %(mentee)s are never "
            "paired: “%(reason)s”"
        ) % {**names, "by": rule.by, "day": day_of(rule.at), "reason": rule.reason}
    return _(
        "%(by)s decided on %(day)s that %(mentor)s and %(mentee)s are never paired."
    ) % {**names, "by": rule.by, "day": day_of(rule.at)}


def day_of(at: str | datetime) -> str:
    """The day of a stored moment."""
    moment = parse_datetime(at) if isinstance(at, str) else at
    return date_format(moment, pgettext("date format", "j F")) if moment else ""


def _says(words):
    return lambda facts, names: words % names


SENTENCES = {
    "SAME_PERSON": _says(gettext_lazy("%(mentor)s cannot be their own mentor.")),
    "NO_SHARED_LANGUAGE": _no_language,
    "NO_OVERLAP": _no_overlap,
    "REPORTING_LINE": _says(
        gettext_lazy(
            "%(mentor)s and %(mentee)s are in one reporting line, directly or through "
            "others."
        )
    ),
    "ENDED_BEFORE": _says(
        gettext_lazy(
            "%(mentor)s and %(mentee)s were a pair before, and it ended early."
        )
    ),
    "NEVER_PAIR": _never,
    "NO_PLACE": _says(gettext_lazy("%(mentor)s has no place left.")),
    "PAUSED": _says(gettext_lazy("%(mentor)s is on a break.")),
    "RESTING": _says(
        gettext_lazy("%(mentor)s has carried the last cohorts and rests in this one.")
    ),
    "NOT_WAITING": _says(
        gettext_lazy(
            "%(mentor)s and %(mentee)s do not both wait for a match: one of them is "
            "not ready, is on a break, or has a pair or an offer already."
        )
    ),
}
