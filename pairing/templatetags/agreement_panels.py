"""A pair's agreement and its closing on other pages: {% load agreement_panels %}.

Panels read `pair.agreements.all()`; a page with several pairs fetches it beforehand.
"""

from django import template

from pairing.models import HealthReason, fetch_agreements
from pairing.models.health import gravest_told
from pairing.permissions import can_work_in
from pairing.wording.agreement import rhythm, who_books

register = template.Library()


@register.inclusion_tag("pairing/_charter_says.html")
def charter_says(words):
    """What the charter says on the field above, to unfold."""
    return {"words": words}


def standing(pair, user) -> dict:
    """The agreement in force, the proposal, and whether it waits for this person."""
    fetch_agreements([pair])
    rows = list(pair.agreements.all())
    proposal = next((row for row in rows if row.is_proposed), None)
    current = next((row for row in rows if row.state == "agreed"), None)
    side = pair.side_of(user)
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "proposal": proposal,
        "current": current,
        "rhythm": rhythm(current.rhythm_days) if current else "",
        "books": who_books(current.books, pair) if current else "",
        "waits_for_you": bool(proposal and side and not proposal.is_agreed_by(side)),
    }


@register.inclusion_tag("pairing/_agreement_card.html")
def agreement_card(pair, user):
    """What holds between the two in one line, or the way to write it down."""
    return {**standing(pair, user), "can_work": can_work_in(user, pair)}


@register.inclusion_tag("pairing/_agreement_prompt.html")
def agreement_prompt(pair, user):
    """A proposal that waits for this person; after the first session, that nothing is
    written down yet, unless the pair is told so already."""
    told = gravest_told(pair, user)
    asks = bool(pair.held_sessions)
    if told and told.reason == HealthReason.Reason.NO_AGREEMENT:
        asks = False
    return {**standing(pair, user), "has_met": asks}


@register.inclusion_tag("pairing/_agreement_facts.html")
def agreement_facts(pair):
    """That there is an agreement, and its rhythm: what coordinators see; needs
    `with_agreement`."""
    return {"pair": pair, "rhythm": rhythm(pair.rhythm_days)}


@register.inclusion_tag("pairing/_closing_prompt.html")
def closing_prompt(pair, user):
    """That the two are closing, or were asked to."""
    return {"pair": pair, "partner": pair.partner_of(user)}
