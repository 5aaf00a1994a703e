"""Planning sessions, and saying how they went: what either of the two does."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import Notice
from pairing import notices
from pairing.models import Pair, Session, SessionWords


class PairHasEnded(Exception):
    """The pair has ended meanwhile."""


class SessionHasChanged(Exception):
    """The other one changed the session meanwhile; `session` is how it stands now."""

    def __init__(self, session: Session):
        super().__init__(str(session.pk))
        self.session = session


class SentBefore(Exception):
    """The same form came in before and made `session`."""

    def __init__(self, session: Session):
        super().__init__(str(session.pk))
        self.session = session


class LoggedAlready(Exception):
    """A session of that day is there: `session`. Is it the same one?"""

    def __init__(self, session: Session):
        super().__init__(str(session.pk))
        self.session = session


class NotYours(Exception):
    """Whoever logged a session does not confirm it too."""


@transaction.atomic
def plan_session(
    pair: Pair,
    *,
    by,
    at: datetime,
    starts_at: datetime,
    minutes: int,
    channel: str,
    place: str = "",
) -> Session:
    """Plan the next session and tell both. The same time again is the same session.
    Raises PairHasEnded."""
    lock_running(pair)
    if same := pair.sessions.planned().filter(starts_at=starts_at).first():
        return same
    session = Session.objects.create(
        pair=pair,
        state=Session.State.PLANNED,
        starts_at=starts_at,
        minutes=minutes,
        channel=channel,
    )
    write_words(session, by=by, place=place)
    Notice.objects.queue(notices.session_planned(session, pair, by=by, at=at))
    Notice.objects.queue(notices.how_did_it_go(session, pair))
    return session


@transaction.atomic
def move_session(
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
    """Change a planned session and tell both. Raises SessionHasChanged when
    `version` is not the newest, and PairHasEnded."""
    pair = session.pair
    session = lock_planned(session, version)
    session.starts_at, session.minutes, session.channel = starts_at, minutes, channel
    raise_version(session)
    write_words(session, by=by, place=place)
    Notice.objects.about(session).cancel()
    Notice.objects.queue(notices.session_moved(session, pair, by=by, at=at))
    Notice.objects.queue(notices.how_did_it_go(session, pair))
    return session


@transaction.atomic
def cancel_session(session: Session, *, by, at: datetime, version: int) -> Session:
    """Call a planned session off. Whoever never heard of it is not told. Raises
    SessionHasChanged, PairHasEnded."""
    pair = session.pair
    session = lock_planned(session, version)
    session.state = Session.State.CANCELED
    raise_version(session)
    told = notices.session_canceled(session, pair, by=by, at=at)
    Notice.objects.queue(to_whom_it_is_news([session], told))
    return session


def to_whom_it_is_news(sessions: Sequence[Session], told: list[Notice]) -> list[Notice]:
    """Cancel what is still to be said about canceled sessions. Of what is `told`
    instead, the notices to people who know of the session: they had a mail about it,
    or its time was found by the two together."""
    kind, ids = Session._meta.label_lower, [session.pk for session in sessions]
    about = Notice.objects.filter(about_kind=kind, about_id__in=ids)
    about.cancel()
    heard = about.exclude(state=Notice.State.CANCELED)
    knows = set(heard.values_list("about_id", "recipient"))
    agreed = {session.pk for session in sessions if session.proposed_by_id}
    return [
        notice
        for notice in told
        if notice.about_id in agreed or (notice.about_id, notice.recipient_id) in knows
    ]


@transaction.atomic
def log_session(
    pair: Pair,
    *,
    by,
    at: datetime,
    held_on: date,
    minutes: int,
    channel: str,
    topics: Sequence[str] = (),
    useful: str = "",
    planned: UUID | None = None,
    form_id: UUID | None = None,
    another: bool = False,
) -> Session:
    """Record a held session for one side; a planned one of that day becomes it.

    Raises SentBefore when this form was sent before, LoggedAlready when that day has
    a session and `another` is not said, and PairHasEnded.
    """
    lock_running(pair)
    author, form_id = pair.place_of(by), form_id or uuid4()
    if twin := pair.sessions.filter(logged_by=author, form_id=form_id).first():
        raise SentBefore(twin)
    same_day = pair.sessions.held().filter(held_on=held_on).first()
    if same_day and not another:
        raise LoggedAlready(same_day)
    session = planned_one(pair, planned, held_on, by) or Session(pair=pair, version=0)
    session.state, session.held_on = Session.State.HELD, held_on
    session.minutes, session.channel = minutes, channel
    session.logged_by, session.logged_at, session.form_id = author, at, form_id
    raise_version(session)
    write_words(session, by=by, topics=topics, useful=useful)
    Notice.objects.about(session).cancel()
    return session


@transaction.atomic
def join_session(
    session: Session, *, by, at: datetime, topics: Sequence[str] = (), useful: str = ""
) -> Session:
    """Answer "yes, the same session": confirm the partner's log and add one's own
    words to it. One's own log only gains the words."""
    session = locked(session)
    if session.pair.place_of(by).pk != session.logged_by_id:
        session = confirm_session(session, by=by, at=at)
    write_words(session, by=by, topics=topics, useful=useful)
    return session


@transaction.atomic
def confirm_session(
    session: Session,
    *,
    by,
    at: datetime,
    held_on: date | None = None,
    minutes: int | None = None,
    channel: str = "",
) -> Session:
    """Agree with the partner's log, or correct its facts. Raises NotYours for whoever
    logged it, SessionHasChanged when it is not a held session."""
    author = session.pair.place_of(by)
    session = locked(session)
    if session.state != Session.State.HELD:
        raise SessionHasChanged(session)
    if author is None or author.pk == session.logged_by_id:
        raise NotYours
    session.held_on = held_on or session.held_on
    session.minutes = minutes or session.minutes
    session.channel = channel or session.channel
    session.confirmed_by, session.confirmed_at = author, at
    raise_version(session)
    return session


def lock_running(pair: Pair) -> None:
    """Lock the pair, so that two hands at once take turns. Raises PairHasEnded."""
    locked = Pair.objects.select_for_update().only("state").get(pk=pair.pk)
    if locked.state == Pair.State.ENDED:
        raise PairHasEnded


def locked(session: Session) -> Session:
    """The session as it stands now, locked, with the pair that is at hand already."""
    fresh = Session.objects.select_for_update().get(pk=session.pk)
    fresh.pair = session.pair
    return fresh


def lock_planned(session: Session, version: int) -> Session:
    """The session, locked. Raises SessionHasChanged unless it is planned and the
    version that was seen; PairHasEnded."""
    lock_running(session.pair)
    session = locked(session)
    if session.state != Session.State.PLANNED or session.version != version:
        raise SessionHasChanged(session)
    return session


def raise_version(session: Session) -> None:
    """Save a change, so that whoever saw the version before is told."""
    session.version += 1
    session.sequence += 1
    session.save()


def planned_one(pair: Pair, planned: UUID | None, day: date, by) -> Session | None:
    """The planned session meant by a log: the one named, even if the partner said that
    it did not happen, else the first of that day in the writer's zone."""
    midnight = datetime.combine(day, datetime.min.time(), tzinfo=by.tz)
    still_planned = pair.sessions.planned().order_by("starts_at")
    unconfirmed = Q(state=Session.State.MISSED, confirmed_by=None)
    either = pair.sessions.filter(Q(state=Session.State.PLANNED) | unconfirmed)
    if planned and (named := either.filter(pk=planned).first()):
        return named
    next_midnight = datetime.combine(
        day + timedelta(days=1), datetime.min.time(), tzinfo=by.tz
    )
    return still_planned.filter(
        starts_at__gte=midnight, starts_at__lt=next_midnight
    ).first()


def write_words(
    session: Session,
    *,
    by,
    topics: Sequence[str] = (),
    useful: str = "",
    place: str | None = None,
) -> None:
    """Add to what the pair reads about a session: topics, what was useful to the
    writer's own side, and the place when one is given."""
    if not (topics or useful or place is not None):
        return
    with acting_as(by):
        words, _new = SessionWords.objects.get_or_create(
            session=session, defaults={"pair_id": session.pair_id}
        )
        words.topics = list(dict.fromkeys([*words.topics, *topics]))
        own = f"useful_to_{session.pair.side_of(by)}"
        before = getattr(words, own)
        if useful and not before.endswith(useful):
            setattr(words, own, f"{before}\n\n{useful}" if before else useful)
        words.place = words.place if place is None else place
        words.save()
