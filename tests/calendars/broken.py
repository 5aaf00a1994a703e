"""Thirteen invitations that are each wrong in one way."""

from datetime import UTC, datetime

from mentorship.outbox.calendar import Event, render

GOOD = render(
    [
        Event(
            uid="session-1@mentors.kestrel.example",
            sequence=2,
            starts_at=datetime(2027, 5, 13, 14, 0, tzinfo=UTC),
            minutes=45,
            summary="Rising Leads: Zoë, Þórdís, 小林 and another name that folds",
            organizer="Rising Leads",
            attendees=(("Zoë Þórdís", "zoe@kestrel.example"),),
            url="https://mentors.kestrel.example/pairs/1/",
        )
    ],
    method="REQUEST",
    at=datetime(2027, 5, 1, 9, 0, tzinfo=UTC),
).encode()


def without(name: bytes) -> bytes:
    lines = GOOD.split(b"\r\n")
    return b"\r\n".join(line for line in lines if not line.startswith(name))


def with_line(line: bytes) -> bytes:
    return GOOD.replace(b"END:VEVENT", line + b"\r\nEND:VEVENT")


def split_character() -> bytes:
    """The fold moved into the middle of a letter of two octets."""
    return GOOD.replace("ó".encode(), "ó".encode()[:1] + b"\r\n " + "ó".encode()[1:], 1)


BROKEN = {
    "no UID": without(b"UID"),
    "no DTSTAMP": without(b"DTSTAMP"),
    "no ORGANIZER": without(b"ORGANIZER"),
    "no PRODID": without(b"PRODID"),
    "both ends": with_line(b"DURATION:PT1H"),
    "a bad RRULE": with_line(b"RRULE:FREQ=SOMETIMES"),
    "cut off": GOOD[: GOOD.index(b"END:VEVENT")],
    "month 13": GOOD.replace(b"DTSTART:202705", b"DTSTART:202713"),
    "an unknown PARTSTAT": GOOD.replace(b"NEEDS-ACTION", b"PERHAPS"),
    "the end before the start": GOOD.replace(b"DTEND:20270513", b"DTEND:20270512"),
    "bare line feeds": GOOD.replace(b"\r\n", b"\n"),
    "a zone nobody describes": GOOD.replace(
        b"DTSTART:20270513T140000Z", b"DTSTART;TZID=Mars/Base:20270513T140000"
    ),
    "a fold inside a character": split_character(),
}
