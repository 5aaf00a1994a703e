"""What people hear about offers and new pairs."""

from datetime import datetime, timedelta

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice
from pairing.models import Pair, Proposal


def offers_made(
    offers: list[Proposal], at: datetime, before: timedelta
) -> list[Notice]:
    """To both people of every offer: now, and a reminder `before` it expires."""
    notices = []
    for offer in offers:
        for person in (offer.mentor, offer.mentee):
            notices.append(while_open(offer, person, "offer", at))
            reminded_at: datetime = offer.expires_at - before  # type: ignore
            if reminded_at > at:
                notices.append(while_open(offer, person, "offer_reminder", reminded_at))
    return notices


def offers_closed(offers: list[Proposal], at: datetime, but=None) -> list[Notice]:
    """To whoever had said yes, except `but`: it does not come about, and nothing of
    why. Nobody is told whether the other said no or said nothing."""
    said_yes = [
        (offer, person)
        for offer in offers
        for person, accepted_at in (
            (offer.mentor, offer.mentor_accepted_at),
            (offer.mentee, offer.mentee_accepted_at),
        )
        if accepted_at and person.user and person.user != but
    ]
    return [
        about_offer(offer, person, "offer_closed", at, path=reverse("home:today"))
        for offer, person in said_yes
    ]


def while_open(offer: Proposal, person, template: str, due_at: datetime) -> Notice:
    """Words that are of use until the offer expires, and say when that is."""
    expires_at: datetime = offer.expires_at  # type: ignore[assignment]
    until = expires_at.astimezone(offer.round.cohort.program.tz).date().isoformat()
    path = reverse("pairing:offer", args=[offer.pk])
    notice = about_offer(offer, person, template, due_at, path=path, until=until)
    notice.not_after = expires_at
    return notice


def about_offer(
    offer: Proposal, person, template: str, due_at: datetime, **context
) -> Notice:
    cohort = offer.round.cohort
    partner = offer.mentee if person == offer.mentor else offer.mentor
    names = {"partner": partner.name, "program": cohort.program.name}
    return Notice(
        recipient=person.user,
        kind=Kind.PAIRING,
        template=f"pairing/{template}",
        key=f"{template}:{offer.pk}:{person.user_id}",
        due_at=due_at,
        program_id=cohort.program_id,
        about_kind=Proposal._meta.label_lower,
        about_id=offer.pk,
        context=names | context,
    )


def pair_started(pair: Pair, charter, at: datetime) -> list[Notice]:
    """To both: you are a pair, and the first conversation is the next step, by the day
    that the charter promises."""
    first_by = pair.started_on + timedelta(days=charter.first_session_days)
    return [
        Notice(
            recipient=person.user,
            kind=Kind.PAIRING,
            template="pairing/paired",
            key=f"paired:{pair.pk}:{person.user_id}",
            due_at=at,
            program_id=pair.cohort.program_id,
            about_kind=Pair._meta.label_lower,
            about_id=pair.pk,
            context={
                "path": f"/pairs/{pair.pk}/",
                "partner": partner.name,
                "program": pair.cohort.program.name,
                "said_yes": charter.asks_acceptance,
                "first_by": first_by.isoformat(),
            },
        )
        for person, partner in (
            (pair.mentor, pair.mentee),
            (pair.mentee, pair.mentor),
        )
    ]
