"""One session of two people, with names that fold, as its mails tell it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from mentorship.outbox.letter import compose
from pairing import notices
from pairing.models import Session
from tests.factories import PairFactory

NOW = datetime(2027, 5, 3, 9, 30, tzinfo=UTC)
THURSDAY = datetime(2027, 5, 13, 14, 0, tzinfo=UTC)
KWAME = {
    "id": "00000000-0000-4000-8000-00000000000a",
    "email": "kwame.boateng@kestrel.example",
    "given_name": "Kwame",
    "family_name": "Boateng",
    "zone": "Europe/Lisbon",
}
ZOE = {
    "id": "00000000-0000-4000-8000-00000000000b",
    "email": "zoe@kestrel.example",
    "given_name": "Zoë",
    "family_name": 'Þórdís, "Dísa" Sigurðardóttir; Magnúsdóttir',
    "zone": "Europe/Berlin",
}
ROOM = "https://meet.kestrel.example/{session}"


@pytest.fixture
def letters(db, settings):
    """The mails of a session's life to the mentee, by what they are about."""
    settings.SITE_URL = "https://mentors.kestrel.example"
    settings.DEFAULT_FROM_EMAIL = "Reciprocal <mentoring@kestrel.example>"
    settings.ORGANIZATION = "Kestrel Health"
    settings.SECRET_KEY = "the same for every run of these tests"
    with time_machine.travel(NOW, tick=False):
        return {about: compose(notice) for about, notice in life_of_a_session()}


def life_of_a_session():
    """(name, unsaved notice) of each step: proposed, planned, moved, called off."""
    pair = PairFactory(
        id="00000000-0000-4000-8000-00000000000c",
        cohort__program__name="Rising Leads",
        cohort__program__video_room=ROOM,
        mentor__user__called="",
        **{f"mentor__user__{name}": value for name, value in KWAME.items()},
        **{f"mentee__user__{name}": value for name, value in ZOE.items()},
    )
    session = Session(
        id="00000000-0000-4000-8000-00000000000d",
        pair=pair,
        proposed_by=pair.mentor,
        starts_at=THURSDAY,
        minutes=45,
        channel="video",
    )
    steps = {"by": pair.mentor.user, "at": NOW}
    yield "proposed", of_mentee(notices.time_proposed(session, pair, **steps), pair)
    yield "dropped", of_mentee(notices.proposal_dropped(session, pair, **steps), pair)
    yield "planned", of_mentee(notices.session_planned(session, pair, **steps), pair)
    session.starts_at, session.sequence = THURSDAY + timedelta(hours=1), 1
    yield "moved", of_mentee(notices.session_moved(session, pair, **steps), pair)
    session.sequence = 2
    yield "canceled", of_mentee(notices.session_canceled(session, pair, **steps), pair)
    yield "off", of_mentee(notices.session_off(session, pair, at=NOW), pair)


def of_mentee(queued, pair):
    (own,) = [notice for notice in queued if notice.recipient == pair.mentee.user]
    return own


def calendar_of(mail) -> bytes:
    """The calendar that a mail brings."""
    (found,) = [
        part.get_payload(decode=True)
        for part in mail.message().walk()
        if part.get_content_type() == "text/calendar"
    ]
    return found
