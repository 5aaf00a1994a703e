"""What the two hear about their sessions: the time and the way, no words."""

from datetime import datetime, timedelta

from django.urls import reverse

from mentorship.outbox.calendar import CANCEL, REQUEST
from mentorship.outbox.models import Kind, Notice
from pairing.appointments import facts_of
from pairing.models import Pair, Session

# Soon after the end, while it is fresh; later than that nobody needs the question.
AFTERWARDS = timedelta(minutes=15)
LATEST = timedelta(days=5)


def session_planned(
    session: Session, pair: Pair, *, by, at: datetime, agreed: bool = False
) -> list[Notice]:
    """To both: when, how long and how, and into their calendars. `agreed` says that
    one has proposed and the other accepted."""
    told = {"by": by, "at": at, "method": REQUEST, "agreed": agreed}
    return to_both("session_planned", session, pair, **told)


def session_moved(session: Session, pair: Pair, *, by, at: datetime) -> list[Notice]:
    """To both: the new time, and into their calendars."""
    return to_both("session_moved", session, pair, by=by, at=at, method=REQUEST)


def session_canceled(session: Session, pair: Pair, *, by, at: datetime) -> list[Notice]:
    """To both: it is off, and out of their calendars."""
    return to_both("session_canceled", session, pair, by=by, at=at, method=CANCEL)


def session_off(session: Session, pair: Pair, *, at: datetime) -> list[Notice]:
    """To both, in nobody's name: it is off because the pair has ended."""
    return to_both("session_off", session, pair, by=None, at=at, method=CANCEL)


def time_proposed(
    session: Session, pair: Pair, *, by, at: datetime, instead: bool = False
) -> list[Notice]:
    """To the partner: a time to accept or to counter."""
    notices = to_both("time_proposed", session, pair, by=by, at=at, instead=instead)
    return [notice for notice in notices if notice.recipient != by]


def proposal_dropped(session: Session, pair: Pair, *, by, at: datetime) -> list[Notice]:
    """To the partner: the proposed time is declined, or taken back by who proposed."""
    own = pair.place_of(by).pk == session.proposed_by_id
    notices = to_both("proposal_dropped", session, pair, by=by, at=at, taken_back=own)
    return [notice for notice in notices if notice.recipient != by]


def to_both(
    template: str,
    session: Session,
    pair: Pair,
    *,
    by,
    at: datetime,
    method: str = "",
    **more,
) -> list[Notice]:
    """A notice to each of the two who is still there. With a `method` it brings the
    session to their calendars."""
    calendar = {"calendar": {"method": method, **facts_of(session)}} if method else {}
    return [
        Notice(
            recipient=place.user,
            kind=Kind.SESSION,
            template=f"pairing/{template}",
            key=f"{template}:{session.pk}:{session.sequence}:{place.user_id}",
            context={**words_to(place.user, session, pair, by), **calendar, **more},
            due_at=at,
            not_after=session.starts_at,
            program_id=pair.cohort.program_id,
            about_kind=Session._meta.label_lower,
            about_id=session.pk,
        )
        for place in pair.members
        if place.user
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


def words_to(reader, session: Session, pair: Pair, by) -> dict:
    """What a mail names; `own` says that its reader did it."""
    return {
        "path": reverse("pairing:pair", args=[pair.pk]),
        "partner": pair.partner_of(reader).short_name,
        "own": reader == by,
        "program": pair.cohort.program.name,
        "starts_at": session.starts_at.isoformat(),
        "minutes": session.minutes,
        "channel": session.channel,
    }
