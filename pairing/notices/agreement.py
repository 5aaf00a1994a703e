"""What the partner hears of an agreement: that it waits, or that it holds."""

from datetime import datetime

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice
from pairing.models import Agreement


def agreement_proposed(agreement: Agreement, *, by, at: datetime) -> list[Notice]:
    """To the other one: it is written down, and waits for a yes or a change."""
    return to_the_other("agreement_proposed", agreement, by=by, at=at)


def agreement_settled(agreement: Agreement, *, by, at: datetime) -> list[Notice]:
    """To the other one: both have agreed."""
    return to_the_other("agreement_settled", agreement, by=by, at=at)


def to_the_other(template: str, agreement: Agreement, *, by, at) -> list[Notice]:
    pair = agreement.pair
    other = pair.partner_of(by)
    if other.user is None:
        return []
    return [
        Notice(
            recipient=other.user,
            kind=Kind.PAIRING,
            template=f"pairing/{template}",
            key=f"{template}:{agreement.pk}:{agreement.version}",
            context={
                "path": reverse("pairing:agreement", args=[pair.pk]),
                "partner": pair.place_of(by).short_name,
                "program": pair.cohort.program.name,
            },
            due_at=at,
            program_id=pair.cohort.program_id,
            about_kind=Agreement._meta.label_lower,
            about_id=agreement.pk,
        )
    ]
