"""A session as calendars see it: the two people, the time, and no words of theirs."""

from datetime import timedelta

from django.urls import reverse
from django.utils.crypto import salted_hmac

from mentorship.outbox.calendar import Event
from pairing.models import Session

USUAL_MINUTES = 45
# How far a feed looks back and ahead.
WINDOW = timedelta(days=90), timedelta(days=365)


def facts_of(session: Session) -> dict:
    """What a calendar is told about a session, as plain facts. The place that the two
    typed is theirs alone; the video room is derived from the program's template."""
    pair = session.pair
    return {
        "uid": f"session-{session.pk}",
        "sequence": session.sequence,
        "starts_at": session.starts_at.isoformat(),
        "minutes": session.minutes or USUAL_MINUTES,
        "summary": f"{pair.cohort.program.name}: {pair}",
        "organizer": pair.cohort.program.name,
        "attendees": [str(place.user_id) for place in pair.members if place.user_id],
        "path": reverse("pairing:pair", args=[pair.pk]),
        "location": video_room(session),
    }


def event_of(session: Session) -> Event:
    """The session for a feed or a file, which name no attendees."""
    return Event.of(facts_of(session))


def video_room(session: Session) -> str:
    """The address of a video session's room, or "" without one. Its number follows
    from the session, and only this server can work it out."""
    template = session.pair.cohort.program.video_room
    if not template or session.channel != Session.Channel.VIDEO:
        return ""
    number = salted_hmac("video room", str(session.pk), algorithm="sha256").hexdigest()
    return template.replace("{session}", number[:24])
