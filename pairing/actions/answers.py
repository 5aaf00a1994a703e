"""How a session went, in either one's word: the other confirms or corrects it."""

from datetime import date, datetime

from django.db import transaction

from mentorship.outbox.models import Notice
from pairing.models import Session

from .sessions import (
    NotYours,
    SessionHasChanged,
    lock_running,
    locked,
    raise_version,
)


@transaction.atomic
def answer_session(
    session: Session,
    *,
    by,
    at: datetime,
    minutes: int | None,
    held_on: date | None = None,
    channel: str = "",
    version: int | None = None,
) -> Session:
    """Say that a session was held for about so many minutes, or with None that the two
    did not meet. The partner's word is confirmed by the same and gives way to another;
    one's own can be changed until it is confirmed, and twice is once.

    Raises SessionHasChanged when there is nothing to say of it (any more) or `version`
    is not the newest, NotYours for somebody outside the pair, and PairHasEnded.
    """
    lock_running(session.pair)
    session, place = locked(session), session.pair.place_of(by)
    if place is None:
        raise NotYours
    seen = version is None or version == session.version
    if not (seen and session.waits_for_word(at)):
        raise SessionHasChanged(session)
    before = facts(session)
    session.minutes = minutes or session.minutes
    session.channel = channel or session.channel
    session.held_on = held_on or session.held_on or planned_day(session, by)
    session.state = Session.State.HELD if minutes else Session.State.MISSED
    if session.logged_by_id != place.pk or facts(session) != before:
        take_word(session, place, at, agrees=session.state == before[0])
    return session


def take_word(session: Session, place, at: datetime, agrees: bool) -> None:
    """Save one side's word: it confirms the partner's, or is the one that counts."""
    if agrees and session.logged_by_id not in (None, place.pk):
        session.confirmed_by, session.confirmed_at = place, at
    else:
        session.logged_by, session.logged_at = place, at
    raise_version(session)
    Notice.objects.about(session).cancel()


def facts(session: Session) -> tuple:
    """What the two have to agree on."""
    return session.state, session.held_on, session.minutes, session.channel


def planned_day(session: Session, by) -> date:
    """The day a planned session was meant for, in the reader's zone."""
    return session.starts_at.astimezone(by.tz).date()


@transaction.atomic
def miss_session(session: Session, *, by, at: datetime) -> Session:
    """Say that a planned session did not happen; no reason is asked. Raises
    SessionHasChanged when the partner said something else meanwhile or its time is
    still to come, and PairHasEnded."""
    lock_running(session.pair)
    session = locked(session)
    if session.state not in (Session.State.PLANNED, Session.State.MISSED):
        raise SessionHasChanged(session)
    return answer_session(session, by=by, at=at, minutes=None)
