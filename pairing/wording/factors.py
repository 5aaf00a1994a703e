"""A pair's reasons in words. The engine gives facts; the sentences are made here."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentorship.participants.models import Skill
from mentorship.participants.models.profile import VALUES
from pairing.engine import Factor, reasons

from .numbers import listed

NAMES = {
    "skills": gettext_lazy("Complementary skills"),
    "skills_back": gettext_lazy("The mentor’s gain"),
    "goals": gettext_lazy("Development goals"),
    "goal_text": gettext_lazy("Goals in their own words"),
    "interests": gettext_lazy("Career interests"),
    "working_style": gettext_lazy("Working style"),
    "values": gettext_lazy("What matters to them"),
    "good_mentor": gettext_lazy("Ideas of a good mentor"),
    "learning_preference": gettext_lazy("Ways of learning"),
    "cross_function": gettext_lazy("Across functions"),
    "rotation": gettext_lazy("Turns among mentors"),
    "availability": gettext_lazy("Time together"),
    "languages": gettext_lazy("Languages"),
    "wishes": gettext_lazy("Wishes"),
}


def factors_of(proposal) -> list[Factor]:
    """The stored factors of a proposal in the engine's shape."""
    return [Factor(**factor) for factor in proposal.reasons]


def bars(proposal) -> list[dict]:
    """Each factor that has something to go by: name, 0–100, points, whether low.

    The points of all factors sum to the score; one about which nobody has said
    anything counts the same for everyone and is left out.
    """
    return [
        {
            "name": NAMES[factor.name],
            "value": round(100 * factor.value),
            "points": round(100 * factor.points, 1),
            "most": round(100 * factor.weight, 1),
            "low": factor.value < 0.5,
        }
        for factor in factors_of(proposal)
        if factor.evidence and factor.weight
    ]


def why(proposal, labels: dict) -> list[str]:
    """The three strongest reasons as sentences, strongest first; `labels` maps skill
    slugs to words."""
    strongest, _weakness = reasons(factors_of(proposal))
    found = {factor.name: factor for factor in factors_of(proposal)}
    words = (sentence(found[name], proposal, labels) for name in strongest)
    return [text for text in words if text]


def weakness(proposal, labels: dict) -> str:
    """The one honest weakness as a sentence, or nothing."""
    _strongest, name = reasons(factors_of(proposal))
    found = {factor.name: factor for factor in factors_of(proposal)}
    return against(found[name], proposal, labels) if name else ""


def sentence(factor: Factor, proposal, labels: dict) -> str:
    """What speaks for the pair in this factor."""
    write = FOR.get(factor.name)
    return write(factor.evidence, proposal, labels) if write else ""


def against(factor: Factor, proposal, labels: dict) -> str:
    """What speaks against the pair in this factor."""
    write = AGAINST.get(factor.name)
    return write(factor.evidence, proposal, labels) if write else ""


def skills(matches, labels: dict) -> str:
    return listed(labels.get(m["skill"], m["skill"]) for m in matches[:2])


def _skills(evidence, proposal, labels):
    if not evidence["matches"]:
        return ""
    return _("%(mentee)s wants to build %(skills)s; %(mentor)s can offer that.") % {
        "mentee": proposal.mentee.short_name,
        "mentor": proposal.mentor.short_name,
        "skills": skills(evidence["matches"], labels),
    }


def _skills_back(evidence, proposal, labels):
    if not evidence["matches"]:
        return ""
    return _("In return, %(mentor)s would like to learn %(skills)s.") % {
        "mentor": proposal.mentor.short_name,
        "skills": skills(evidence["matches"], labels),
    }


def _goals(evidence, proposal, labels):
    if not evidence["shared"]:
        return ""
    goals = listed(labels.get(slug, slug) for slug in evidence["shared"][:2])
    return _(
        "%(mentor)s can speak to what %(mentee)s is working towards: %(goals)s."
    ) % {
        "mentee": proposal.mentee.short_name,
        "mentor": proposal.mentor.short_name,
        "goals": goals,
    }


def _goal_text(evidence, proposal, labels):
    if not evidence["shared"]:
        return ""
    return _("Both write of %(words)s in their goals.") % {
        "words": listed(evidence["shared"][:3])
    }


def _interests(evidence, proposal, labels):
    if not evidence["shared"]:
        return ""
    return _("Both are drawn to %(interests)s.") % {
        "interests": listed(evidence["shared"][:2])
    }


def _working_style(evidence, proposal, labels):
    return _("They like to work in the same way.") if evidence["shared"] else ""


def _values(evidence, proposal, labels):
    if not evidence["shared"]:
        return ""
    return _("The same matters to both: %(values)s.") % {
        "values": listed(VALUES.get(slug, slug) for slug in evidence["shared"][:2])
    }


def _good_mentor(evidence, proposal, labels):
    if not evidence["shared"]:
        return ""
    return _("They have the same idea of a good mentor.")


def _learning(evidence, proposal, labels):
    same = evidence["mentee"] == evidence["mentor"]
    return _("They like to learn in the same way.") if same else ""


def _cross_function(evidence, proposal, labels):
    if evidence["mentee"] == evidence["mentor"]:
        return ""
    return _("They come from different lines of work, so both see further.")


def _rotation(evidence, proposal, labels):
    if evidence["recent_load"]:
        return ""
    if evidence["first_time"]:
        return _("%(mentor)s is mentoring for the first time.") % {
            "mentor": proposal.mentor.short_name
        }
    return _("%(mentor)s has not mentored in recent cohorts.") % {
        "mentor": proposal.mentor.short_name
    }


def _availability(evidence, proposal, labels):
    hours = int(evidence["hours"])
    if evidence["async_only"] and not hours:
        return _("They can meet in writing, whenever it suits each.")
    return ngettext(
        "They share %(hours)s hour in the week.",
        "They share %(hours)s hours in the week.",
        hours,
    ) % {"hours": hours}


def _languages(evidence, proposal, labels):
    count = len(evidence["shared"])
    if count < 2:
        return ""
    return _("They share %(count)s languages.") % {"count": count}


def _wishes(evidence, proposal, labels):
    if not evidence["rank"]:
        return ""
    return _("%(mentee)s asked for %(mentor)s.") % {
        "mentee": proposal.mentee.short_name,
        "mentor": proposal.mentor.short_name,
    }


FOR = {
    "skills": _skills,
    "skills_back": _skills_back,
    "goals": _goals,
    "goal_text": _goal_text,
    "interests": _interests,
    "working_style": _working_style,
    "values": _values,
    "good_mentor": _good_mentor,
    "learning_preference": _learning,
    "cross_function": _cross_function,
    "rotation": _rotation,
    "availability": _availability,
    "languages": _languages,
    "wishes": _wishes,
}


def _skills_missing(evidence, proposal, labels):
    if not evidence["missing"]:
        return _("The levels do not quite meet.")
    missing = listed(labels.get(slug, slug) for slug in evidence["missing"][:2])
    return _("%(mentee)s also hoped for %(skills)s, which is not covered.") % {
        "mentee": proposal.mentee.short_name,
        "skills": missing,
    }


def _nothing_back(evidence, proposal, labels):
    return _("What %(mentor)s would like to learn is not covered.") % {
        "mentor": proposal.mentor.short_name
    }


def _few_hours(evidence, proposal, labels):
    if evidence["async_only"]:
        return _("They would meet in writing.")
    return _availability(evidence, proposal, labels)


def _carried_before(evidence, proposal, labels):
    if not evidence["recent_load"]:
        return ""
    return _("%(mentor)s has already carried recent cohorts.") % {
        "mentor": proposal.mentor.short_name
    }


AGAINST = {
    "skills": _skills_missing,
    "skills_back": _nothing_back,
    "goals": lambda *_args: _("Some of the goals are not covered."),
    "goal_text": lambda *_args: _("Their goals are written in different words."),
    "interests": lambda e, *_args: (
        _("Their career interests meet only in part.")
        if e["shared"]
        else _("Their career interests differ.")
    ),
    "working_style": lambda *_args: _("They like to work in different ways."),
    "values": lambda e, *_args: (
        _("Only some of what matters to one matters to the other.")
        if e["shared"]
        else _("Different things matter to them.")
    ),
    "good_mentor": lambda e, *_args: (
        _("Their ideas of a good mentor meet only in part.")
        if e["shared"]
        else _("They have different ideas of a good mentor.")
    ),
    "learning_preference": lambda *_args: _("They learn in different ways."),
    "cross_function": lambda *_args: _("They come from the same line of work."),
    "rotation": _carried_before,
    "availability": _few_hours,
    "languages": lambda *_args: _("They share only one working language."),
    "wishes": lambda e, proposal, labels: (
        _("%(mentee)s wished for others than %(mentor)s.")
        % {
            "mentor": proposal.mentor.short_name,
            "mentee": proposal.mentee.short_name,
        }
    ),
}


def skill_labels(program) -> dict:
    """{slug: word} of the program's skills; one query."""
    return {skill.slug: str(skill) for skill in Skill.objects.filter(program=program)}
