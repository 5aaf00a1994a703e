"""What both people hear about their pilot: always both, always the same words."""

from datetime import datetime

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice
from pairing.models import Pair


def pilot_asked(pair: Pair, number: int, *, at: datetime) -> list[Notice]:
    """To both: the question waits, and who sees the answer (nobody)."""
    key = f"pilot_asked:{pair.pk}:{number}"
    return to_both("pilot_asked", pair, key, at=at, page="pairing:pilot")


def pilot_continues(pair: Pair, *, at: datetime) -> list[Notice]:
    """To both: you go on together."""
    key = f"pilot_continues:{pair.pk}"
    return to_both("pilot_continues", pair, key, at=at, page="pairing:pair")


def pilot_switched(pair: Pair, *, at: datetime) -> list[Notice]:
    """To both: the pilot has ended and both are free, without saying who asked."""
    key = f"pilot_switched:{pair.pk}"
    return to_both("pilot_switched", pair, key, at=at, page="pairing:pair")


def pair_ended(pair: Pair, *, at: datetime) -> list[Notice]:
    """To both, of a pair past its pilot: it has ended, without saying who asked."""
    key = f"pair_ended:{pair.pk}"
    return to_both("pair_ended", pair, key, at=at, page="pairing:pair")


def partner_left(pair: Pair, *, who, at: datetime) -> list[Notice]:
    """To the partner of somebody who has left the program, and nothing of why."""
    key = f"partner_left:{pair.pk}"
    both = to_both("partner_left", pair, key, at=at, page="pairing:pair")
    return [notice for notice in both if notice.recipient != who]


def to_both(
    template: str, pair: Pair, key: str, *, at: datetime, page: str
) -> list[Notice]:
    return [
        Notice(
            recipient=place.user,
            kind=Kind.PILOT,
            template=f"pairing/{template}",
            key=f"{key}:{place.user_id}",
            context={
                "path": reverse(page, args=[pair.pk]),
                "partner": partner.short_name,
                "program": pair.cohort.program.name,
            },
            due_at=at,
            program_id=pair.cohort.program_id,
            about_kind=Pair._meta.label_lower,
            about_id=pair.pk,
        )
        for place, partner in (
            (pair.mentor, pair.mentee),
            (pair.mentee, pair.mentor),
        )
        if place.user
    ]
