"""Appointments as RFC 5545 text that real calendars accept, update and cancel.

Single events in UTC only: no recurrence and no zones, which clients read differently.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, vCalAddress, vDuration, vText
from icalendar import Event as VEvent

from mentorship.accounts.models import User

from .site import host

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
MAKER = "-//Reciprocal//Mentorship//EN"
REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Event:
    """One appointment. `attendees` are (name, address); `sequence` rises with every
    change of its time or place, `uid` never changes."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    summary: str
    organizer: str
    attendees: tuple[tuple[str, str], ...] = ()
    url: str = ""
    location: str = ""

    @classmethod
    def of(cls, facts: dict, *, attended: bool = False) -> "Event":
        """The event of plain facts, as a notice keeps them. People are named by id,
        so that they are called and reached as they are now."""
        people = User.objects.filter(pk__in=facts["attendees"]) if attended else []
        starts_at = facts["starts_at"]
        if isinstance(starts_at, str):
            starts_at = datetime.fromisoformat(starts_at)
        return cls(
            uid=f"{facts['uid']}@{host()}",
            sequence=facts["sequence"],
            starts_at=starts_at,
            minutes=facts["minutes"],
            summary=facts["summary"],
            organizer=facts["organizer"],
            attendees=tuple((person.name, person.email) for person in people),
            url=settings.SITE_URL + facts["path"],
            location=facts["location"],
        )


def render(events: Iterable[Event], *, method: str, at: datetime, name="") -> str:
    """A calendar with these events, written at `at`; a feed also has a `name` and says
    how often to look again."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", one_line(name))
        calendar.add("refresh-interval", vDuration(REFRESH), {"value": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    for event in events:
        calendar.add_component(component(event, method, at))
    return calendar.to_ical().decode()


def component(event: Event, method: str, at: datetime) -> VEvent:
    """One event with everything that its method must have."""
    found = VEvent()
    starts_at = event.starts_at.astimezone(UTC)
    found.add("uid", event.uid)
    found.add("dtstamp", at.astimezone(UTC))
    found.add("sequence", event.sequence)
    found.add("dtstart", starts_at)
    found.add("dtend", starts_at + timedelta(minutes=event.minutes))
    found.add("summary", one_line(event.summary))
    found.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    found["organizer"] = person(
        event.organizer, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    )
    for name, address in event.attendees:
        # Nobody reads what calendars answer: the answer is given on our pages.
        asked = {"role": "REQ-PARTICIPANT", "partstat": "NEEDS-ACTION", "rsvp": "FALSE"}
        found.add("attendee", person(name, address, **asked))
    if location := one_line(event.location):
        found.add("location", location)
    if event.url:
        found.add("url", event.url)
        found.add("description", event.url)  # some calendars show no URL
    return found


def person(name: str, address: str, **parameters) -> vCalAddress:
    """Somebody's address with their name."""
    found = vCalAddress(f"mailto:{address}")
    # A parameter has no way to write a double quote that every calendar reads.
    found.params["cn"] = vText(one_line(name).replace('"', "’"))
    for parameter, value in parameters.items():
        found.params[parameter] = vText(value)
    return found


def one_line(words: str) -> str:
    """The words without line breaks and characters that nobody sees."""
    seen = (" " if unicodedata.category(c) == "Cc" else c for c in words)
    return " ".join("".join(seen).split())
