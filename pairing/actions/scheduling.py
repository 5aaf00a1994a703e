"""Finding a time: one of the two proposes, the other accepts, counters or declines."""

from datetime import datetime

from django.db import transaction

from mentorship.outbox.models import Notice
from pairing import notices
from pairing.models import Pair, Session

from .sessions import (
    SessionHasChanged,
    lock_running,
    locked,
    raise_version,
    write_words,
)


class ProposedAlready(Exception):
    """A proposed time waits for an answer: `session`. One at a time is enough."""

    def __init__(self, session: Session):
        super().__init__(str(session.pk))
        self.session = session


class TimeHasPassed(Exception):
    """Nobody can meet at a time that is over."""


class NotYoursToAccept(Exception):
    """Whoever proposed a time waits for the other one."""


@transaction.atomic
def propose_time(
    pair: Pair,
    *,
    by,
    at: datetime,
    starts_at: datetime,
    minutes: int,
    channel: str,
    place: str = "",
) -> Session:
    """Propose a time to the partner. The same again is the same proposal. Raises
    ProposedAlready while another one waits, TimeHasPassed, PairHasEnded."""
    lock_running(pair)
    if starts_at <= at:
        raise TimeHasPassed
    author = pair.place_of(by)
    drop_passed(pair, at)
    if waiting := pair.sessions.proposed().first():
        if (waiting.proposed_by_id, waiting.starts_at) == (author.pk, starts_at):
            return waiting
        raise ProposedAlready(waiting)
    session = Session.objects.create(
        pair=pair,
        state=Session.State.PROPOSED,
        proposed_by=author,
        starts_at=starts_at,
        minutes=minutes,
        channel=channel,
    )
    write_words(session, by=by, place=place)
    Notice.objects.queue(notices.time_proposed(session, pair, by=by, at=at))
    return session


@transaction.atomic
def counter_time(
    session: Session,
    *,
    by,
    at: datetime,
    version: int,
    starts_at: datetime,
    minutes: int,
    channel: str,
    place: str = "",
) -> Session:
    """Propose another time instead; it waits for the other one now. Raises
    SessionHasChanged, TimeHasPassed, PairHasEnded."""
    pair = session.pair
    session = lock_proposed(session, version)
    if starts_at <= at:
        raise TimeHasPassed
    session.proposed_by = pair.place_of(by)
    session.starts_at, session.minutes, session.channel = starts_at, minutes, channel
    raise_version(session)
    write_words(session, by=by, place=place)
    Notice.objects.about(session).cancel()
    told = notices.time_proposed(session, pair, by=by, at=at, instead=True)
    Notice.objects.queue(told)
    return session


@transaction.atomic
def accept_time(session: Session, *, by, at: datetime, version: int) -> Session:
    """Agree to the time that the partner proposed: it is planned. Raises
    SessionHasChanged, NotYoursToAccept, TimeHasPassed, PairHasEnded."""
    pair = session.pair
    session = lock_proposed(session, version)
    if session.proposed_by_id == pair.place_of(by).pk:
        raise NotYoursToAccept
    if session.starts_at <= at:
        raise TimeHasPassed
    session.state = Session.State.PLANNED
    session.version += 1
    session.save()
    Notice.objects.about(session).cancel()
    told = notices.session_planned(session, pair, by=by, at=at, agreed=True)
    Notice.objects.queue([*told, *notices.how_did_it_go(session, pair)])
    return session


@transaction.atomic
def drop_proposal(session: Session, *, by, at: datetime, version: int) -> Session:
    """Decline a proposed time, or take one's own back. A partner who has not heard of
    it is not told that it is gone. Raises SessionHasChanged, PairHasEnded."""
    pair = session.pair
    session = lock_proposed(session, version)
    session.state = Session.State.CANCELED
    raise_version(session)
    own = session.proposed_by_id == pair.place_of(by).pk
    about = Notice.objects.about(session)
    about.cancel()
    if not own or about.exclude(state=Notice.State.CANCELED).exists():
        Notice.objects.queue(notices.proposal_dropped(session, pair, by=by, at=at))
    return session


def lock_proposed(session: Session, version: int) -> Session:
    """The proposal, locked. Raises SessionHasChanged unless it still waits and is the
    version that was seen; PairHasEnded."""
    lock_running(session.pair)
    session = locked(session)
    if session.state != Session.State.PROPOSED or session.version != version:
        raise SessionHasChanged(session)
    return session


def drop_passed(pair: Pair, at: datetime) -> None:
    """Let go of a proposal that nobody answered in time."""
    passed = pair.sessions.proposed().filter(starts_at__lte=at)
    passed.update(state=Session.State.CANCELED)
