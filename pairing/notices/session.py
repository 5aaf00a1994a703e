"""What the partner hears about planned sessions: the time and the way, no words."""

from datetime import datetime

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice
from pairing.models import Pair, Session


def session_planned(session: Session, pair: Pair, *, by, at: datetime) -> list[Notice]:
    """To the partner: when, how long and how."""
    return about_session("session_planned", session, pair, by=by, at=at)


def session_moved(session: Session, pair: Pair, *, by, at: datetime) -> list[Notice]:
    """To the partner: the new time."""
    return about_session("session_moved", session, pair, by=by, at=at)


def session_canceled(session: Session, pair: Pair, *, by, at: datetime) -> list[Notice]:
    """To the partner: it is off, and another one can be planned."""
    return about_session("session_canceled", session, pair, by=by, at=at)


def about_session(
    template: str, session: Session, pair: Pair, *, by, at: datetime
) -> list[Notice]:
    """A notice to the partner of whoever acts, or none when that person has left."""
    partner = pair.partner_of(by)
    if partner.user is None:
        return []
    return [
        Notice(
            recipient=partner.user,
            kind=Kind.SESSION,
            template=f"pairing/{template}",
            key=f"{template}:{session.pk}:{session.sequence}:{partner.user_id}",
            context={
                "path": reverse("pairing:pair", args=[pair.pk]),
                "partner": by.short_name,
                "program": pair.cohort.program.name,
                "starts_at": session.starts_at.isoformat(),
                "minutes": session.minutes,
                "channel": session.channel,
            },
            due_at=at,
            not_after=session.starts_at,
            program_id=pair.cohort.program_id,
            about_kind=Session._meta.label_lower,
            about_id=session.pk,
        )
    ]
