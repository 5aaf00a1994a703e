"""A pair's reasons as said to one of the two, who is addressed and needs no name."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentorship.participants.models.profile import VALUES
from pairing.engine import reasons

from .factors import FOR, factors_of, skills
from .numbers import listed

# Read by coordinators only.
HIDDEN = {"wishes", "rotation"}


def why_you(proposal, labels: dict, side: str) -> list[str]:
    """The strongest reasons of a proposal as sentences to whoever is on its `side`, but
    for what only coordinators read; `labels` maps skill slugs to words."""
    strongest, _weakness = reasons(factors_of(proposal))
    found = {factor.name: factor.evidence for factor in factors_of(proposal)}
    words = (
        sentence(name, found[name], proposal, labels, side)
        for name in strongest
        if name not in HIDDEN
    )
    return [text for text in words if text]


def sentence(name: str, evidence, proposal, labels: dict, side: str) -> str:
    """One reason; nothing where there is nothing to say about the pair at all."""
    plain = FOR[name](evidence, proposal, labels)
    if not plain:
        return ""
    if name in ABOUT_BOTH:
        return ABOUT_BOTH[name](evidence)
    words = TO_ONE.get((side, name))
    return str(words) % names(evidence, proposal, labels) if words else plain


def names(evidence, proposal, labels: dict) -> dict[str, str]:
    """What a sentence to one of the two may need: the other one, and the skills."""
    if "matches" in evidence:
        about = skills(evidence["matches"], labels)
    else:
        about = listed(labels.get(slug, slug) for slug in evidence["shared"][:2])
    mentee, mentor = proposal.mentee.short_name, proposal.mentor.short_name
    return {"mentee": mentee, "mentor": mentor, "skills": about}


TO_ONE = {
    ("mentee", "skills"): gettext_lazy(
        "You want to build %(skills)s; %(mentor)s can offer that."
    ),
    ("mentor", "skills"): gettext_lazy(
        "%(mentee)s wants to build %(skills)s; you can offer that."
    ),
    ("mentor", "skills_back"): gettext_lazy(
        "In return, you would like to learn %(skills)s."
    ),
    ("mentee", "goals"): gettext_lazy(
        "%(mentor)s can speak to what you are working towards: %(skills)s."
    ),
    ("mentor", "goals"): gettext_lazy(
        "You can speak to what %(mentee)s is working towards: %(skills)s."
    ),
}


def _goal_text(evidence) -> str:
    words = listed(evidence["shared"][:3])
    return _("You both write of %(words)s in your goals.") % {"words": words}


def _interests(evidence) -> str:
    interests = listed(evidence["shared"][:2])
    return _("You are both drawn to %(interests)s.") % {"interests": interests}


def _values(evidence) -> str:
    values = listed(VALUES.get(slug, slug) for slug in evidence["shared"][:2])
    return _("The same matters to both of you: %(values)s.") % {"values": values}


def _availability(evidence) -> str:
    hours = int(evidence["hours"])
    if evidence["async_only"] and not hours:
        return _("You can meet in writing, whenever it suits each of you.")
    return ngettext(
        "You share %(hours)s hour in the week.",
        "You share %(hours)s hours in the week.",
        hours,
    ) % {"hours": hours}


def _languages(evidence) -> str:
    return _("You share %(count)s languages.") % {"count": len(evidence["shared"])}


ABOUT_BOTH = {
    "goal_text": _goal_text,
    "interests": _interests,
    "working_style": lambda _evidence: _("You both like to work in the same way."),
    "values": _values,
    "good_mentor": lambda _evidence: _("You have the same idea of a good mentor."),
    "learning_preference": lambda _evidence: _("You like to learn in the same way."),
    "cross_function": lambda _evidence: _(
        "You come from different lines of work, so both of you see further."
    ),
    "availability": _availability,
    "languages": _languages,
}
