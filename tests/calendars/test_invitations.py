"""Invitations, updates and cancellations as real calendars read them."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorship.outbox.calendar import Event, render
from tests.calendars import ical_js, libical, lint
from tests.calendars.broken import BROKEN, GOOD

from .conftest import NOW, THURSDAY, calendar_of

LETTERS = Path(__file__).parents[1] / "fixtures" / "letters"
INVITING = ["planned", "moved", "canceled", "off"]
ALL = ["proposed", "dropped", *INVITING]
needs_libical = pytest.mark.skipif(not libical.NAME, reason=libical.MISSING)
BOUNDARY = re.compile(rb"=={10,}\d+==")
SIGNED = re.compile(rb"(?<=/unsubscribe/)[^/]+")


def as_sent(mail) -> bytes:
    """The mail byte for byte, but for what is drawn by lot or signed with our key."""
    names = {}
    with time_machine.travel(NOW, tick=False):
        written = SIGNED.sub(b"signed", mail.message().as_bytes(linesep="\r\n"))
    return BOUNDARY.sub(
        lambda found: names.setdefault(found[0], b"boundary-%d" % (len(names) + 1)),
        written,
    )


@pytest.mark.parametrize("about", ALL)
def test_each_mail_is_what_it_was(letters, about):
    """RECIPROCAL_LETTERS=write keeps new ones, to be read before they are committed."""
    kept, now = LETTERS / f"{about}.eml", as_sent(letters[about])
    if os.environ.get("RECIPROCAL_LETTERS") == "write":
        kept.write_bytes(now)
    assert now == kept.read_bytes()


@pytest.mark.parametrize("about", INVITING)
def test_the_lint_finds_nothing_in_mail_or_calendar(letters, about):
    assert lint.mail_complaints(letters[about].message()) == []


@needs_libical
@pytest.mark.parametrize("about", INVITING)
def test_libical_accepts_it_as_a_message(letters, about):
    assert libical.complaints(calendar_of(letters[about])) == []


def test_icalendar_reads_what_was_meant(letters):
    calendar = icalendar.Calendar.from_ical(calendar_of(letters["planned"]))
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert event.start == THURSDAY
    assert event["UID"].startswith("session-00000000-0000-4000-8000-00000000000d@")
    assert event["SUMMARY"] == "Rising Leads: Kwame & Zoë"
    assert event["ORGANIZER"] == "mailto:mentoring@kestrel.example"
    people = {"mailto:kwame.boateng@kestrel.example", "mailto:zoe@kestrel.example"}
    assert set(event["ATTENDEE"]) == people
    assert all(one.params["RSVP"] == "FALSE" for one in event["ATTENDEE"])
    assert calendar.get_missing_tzids() == set()


def test_ical_js_reads_an_update_and_an_end_of_the_same_event(letters, new_page):
    page = new_page()
    read = {
        about: ical_js.read(page, calendar_of(letters[about])) for about in INVITING
    }
    events = {about: found["events"] for about, found in read.items()}
    assert [read[about]["method"] for about in INVITING[:3]] == [
        "REQUEST",
        "REQUEST",
        "CANCEL",
    ]
    assert len({found[0]["uid"] for found in events.values()}) == 1
    assert [events[about][0]["sequence"] for about in INVITING[:3]] == [0, 1, 2]
    assert events["planned"][0]["start"] == "2027-05-13T14:00:00.000Z"
    assert events["moved"][0]["end"] == "2027-05-13T15:45:00.000Z"
    assert events["canceled"][0]["status"] == "CANCELLED"
    assert len(events["planned"][0]["attendees"]) == 2


def test_updates_keep_the_uid_and_raise_the_sequence(letters):
    planned, moved, canceled = (calendar_of(letters[a]) for a in INVITING[:3])
    assert lint.update_complaints(planned, moved) == []
    assert lint.update_complaints(moved, canceled) == []
    assert lint.update_complaints(moved, planned) == ["SEQUENCE did not rise"]


def test_a_proposal_brings_no_calendar(letters):
    for about in ("proposed", "dropped"):
        assert b"BEGIN:VCALENDAR" not in as_sent(letters[about])
        assert not letters[about].attachments


def test_the_video_room_is_the_place_and_cannot_be_guessed(letters):
    location = lint.values_of(calendar_of(letters["planned"]))["LOCATION"]
    assert re.fullmatch(r"https://meet\.kestrel\.example/[0-9a-f]{24}", location)


def test_the_good_one_is_good():
    assert lint.complaints(GOOD) == []


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_broken_invitation_is_refused(wrong):
    assert BROKEN[wrong] != GOOD
    assert lint.complaints(BROKEN[wrong])


@needs_libical
def test_libical_refuses_what_it_can_see():
    seen = {wrong for wrong, text in BROKEN.items() if libical.complaints(text)}
    assert seen >= {
        *("no UID", "no DTSTAMP", "no ORGANIZER", "no PRODID"),
        *("both ends", "a bad RRULE", "cut off"),
    }
    assert libical.complaints(GOOD) == []


def test_thirteen_are_broken():
    assert len(BROKEN) == 13


words = st.text(max_size=120)


moments = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1))


@settings(max_examples=80, deadline=None)
@given(words, words, words, st.integers(1, 400), moments)
def test_whatever_people_are_called_calendars_can_read_it(name, summary, room, n, at):
    at = at.replace(tzinfo=UTC)
    event = Event(
        uid="session-1@kestrel.example",
        sequence=0,
        starts_at=at,
        minutes=n,
        summary=f"x{summary}",
        organizer=name,
        attendees=((name, "zoe@kestrel.example"),),
        location=room,
    )
    text = render([event], method="REQUEST", at=at).encode()
    assert lint.complaints(text) == []
    assert len(list(icalendar.Calendar.from_ical(text).walk("VEVENT"))) == 1
    if libical.NAME:
        assert libical.complaints(text) == []
