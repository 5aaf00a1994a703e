"""What people hear about planned sessions: the time and the way, no words."""

from datetime import datetime, timedelta

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice
from pairing.models import Pair, Session

# Soon after the end, while it is fresh; later than that nobody needs the question.
AFTERWARDS = timedelta(minutes=15)
LATEST = timedelta(days=5)


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


def how_did_it_go(session: Session, pair: Pair) -> list[Notice]:
    """To both, once the time is over: two taps say how it went. The link is signed
    when the mail is written, so that no list of notices holds a key."""
    charter = pair.cohort.program.in_force
    asks_at = session.ends_at + AFTERWARDS
    return [
        Notice(
            recipient=place.user,
            kind=Kind.REFLECTION,
            template="pairing/how_did_it_go",
            key=f"how-did-it-go:{session.pk}:{session.sequence}:{place.user_id}",
            context={
                "path": reverse("pairing:pair", args=[pair.pk]),
                "session": str(session.pk),
                "pair": str(pair.pk),
                "partner": pair.partner_of(place.user).short_name,
                "program": pair.cohort.program.name,
                "starts_at": session.starts_at.isoformat(),
                "reminders_a_week": charter and charter.reminders_a_week,
            },
            due_at=asks_at,
            not_after=asks_at + LATEST,
            program_id=pair.cohort.program_id,
            cohort_id=pair.cohort_id,
            about_kind=Session._meta.label_lower,
            about_id=session.pk,
        )
        for place in pair.members
        if place.user
    ]
