"""What real calendars ask of an invitation, beyond what parsers notice.

A feed with one bad fold is dropped as a whole, silently, by some clients: so lines and
octets are looked at as well as the words in them.
"""

import re
from datetime import datetime
from email.message import EmailMessage

ROLES = {"CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT"}
ANSWERS = {"NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"}
NEEDED = {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "ORGANIZER", "SUMMARY"}
ONCE = NEEDED | {"DTEND", "DURATION", "STATUS", "LOCATION", "URL", "RRULE"}
LINE = re.compile(r'^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$', re.S)
PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"]*"|[^";:,]*)')


def complaints(text: bytes) -> list[str]:
    """What is wrong with a calendar; empty when nothing is."""
    found = octets(text)
    try:
        lines = unfolded(text.decode())
    except UnicodeDecodeError:
        return [*found, "not UTF-8"]
    parsed = [LINE.match(line) for line in lines]
    found += [
        f"not a line: {line[:40]}"
        for line, match in zip(lines, parsed, strict=True)
        if not match
    ]
    rows = [match.groups() for match in parsed if match]
    return found + nesting(rows) + header(rows) + events(rows)


def octets(text: bytes) -> list[str]:
    found = []
    if not text.endswith(b"\r\n"):
        found.append("the last line does not end")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", text):
        found.append("line ends that are not CRLF")
    for line in text.split(b"\r\n"):
        if len(line) > 75:
            found.append("a line of more than 75 octets")
        try:
            line.decode()
        except UnicodeDecodeError:
            found.append("a fold inside a character")
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text):
        found.append("a control character")
    return found


def unfolded(text: str) -> list[str]:
    return re.sub(r"\r\n[ \t]", "", text).removesuffix("\r\n").split("\r\n")


def nesting(rows) -> list[str]:
    open_ones, found = [], []
    for name, _parameters, value in rows:
        if name == "BEGIN":
            open_ones.append(value)
        elif name == "END" and (not open_ones or open_ones.pop() != value):
            found.append(f"END:{value} closes nothing")
    return found + [f"{name} is not closed" for name in open_ones]


def header(rows) -> list[str]:
    names = {name: value for name, _parameters, value in rows[: first_event(rows)]}
    found = [f"no {name}" for name in ("VERSION", "PRODID") if not names.get(name)]
    if names.get("METHOD") not in {"REQUEST", "CANCEL", "PUBLISH"}:
        found.append("no METHOD of ours")
    return found


def first_event(rows) -> int:
    starts = (n for n, row in enumerate(rows) if row[::2] == ("BEGIN", "VEVENT"))
    return next(starts, len(rows))


def events(rows) -> list[str]:
    method = next((value for name, _p, value in rows if name == "METHOD"), "")
    zones = {value for name, _p, value in rows if name == "TZID"}
    found, inside = [], None
    for row in rows:
        if row[::2] == ("BEGIN", "VEVENT"):
            inside = []
        elif row[::2] == ("END", "VEVENT") and inside is not None:
            found += event(inside, method, zones)
            inside = None
        elif inside is not None:
            inside.append(row)
    return found


def event(rows, method: str, zones: set) -> list[str]:
    names = [name for name, _parameters, _value in rows]
    found = [f"no {name}" for name in sorted(NEEDED - set(names))]
    found += [f"{name} twice" for name in sorted(ONCE) if names.count(name) > 1]
    values = {name: value for name, _parameters, value in rows}
    if {"DTEND", "DURATION"} <= set(names):
        found.append("both DTEND and DURATION")
    if "RRULE" in names:
        found.append("RRULE in a single session")
    if (method == "CANCEL") != (values.get("STATUS") == "CANCELLED"):
        found.append("STATUS does not fit METHOD")
    found += times(values)
    for name, parameters, value in rows:
        found += parameters_of(name, dict(PARAMETER.findall(parameters)), zones)
        if name in ("ATTENDEE", "ORGANIZER") and not value.startswith("mailto:"):
            found.append(f"{name} without an address")
    return found + attendees(names, method)


def times(values: dict) -> list[str]:
    found, read = [], {}
    for name in {"DTSTAMP", "DTSTART", "DTEND"} & set(values):
        try:
            read[name] = datetime.strptime(values[name].rstrip("Z"), "%Y%m%dT%H%M%S")
        except ValueError:
            found.append(f"{name} is no moment")
    if {"DTSTART", "DTEND"} <= set(read) and read["DTEND"] <= read["DTSTART"]:
        found.append("it ends before it starts")
    if not values.get("SEQUENCE", "0").isdecimal():
        found.append("SEQUENCE is no number")
    return found


def parameters_of(name: str, parameters: dict, zones: set) -> list[str]:
    found = []
    if parameters.get("PARTSTAT", "ACCEPTED") not in ANSWERS:
        found.append("an unknown PARTSTAT")
    if parameters.get("ROLE", "CHAIR") not in ROLES:
        found.append("an unknown ROLE")
    if "TZID" in parameters and parameters["TZID"] not in zones:
        found.append(f"{name} in a zone that is not described")
    return found


def attendees(names: list, method: str) -> list[str]:
    here = "ATTENDEE" in names
    if method == "PUBLISH":
        return ["attendees in a publication"] if here else []
    return [] if here else ["nobody is invited"]


def update_complaints(before: bytes, after: bytes) -> list[str]:
    """What is wrong with `after` as the successor of `before`."""
    old, new = values_of(before), values_of(after)
    found = []
    if old["UID"] != new["UID"]:
        found.append("the UID changed")
    if int(new["SEQUENCE"]) <= int(old["SEQUENCE"]):
        found.append("SEQUENCE did not rise")
    return found


def values_of(text: bytes) -> dict:
    matches = filter(None, map(LINE.match, unfolded(text.decode())))
    return {match[1]: match[3] for match in matches}


def mail_complaints(message: EmailMessage) -> list[str]:
    """What is wrong with the mail around an invitation."""
    found = []
    alternatives = next(
        part for part in message.walk() if part.get_content_type().endswith("tive")
    )
    kinds = [part.get_content_type() for part in alternatives.get_payload()]
    if kinds != ["text/plain", "text/html", "text/calendar"]:
        found.append(f"alternatives are {kinds}")
    (part,) = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
    body = part.get_payload(decode=True)
    if part.get_param("method") != values_of(body)["METHOD"]:
        found.append("METHOD differs between mail and calendar")
    if part["Content-Type"].count("charset") != 1:
        found.append("charset is not there once")
    (file,) = [p for p in message.walk() if p.get_filename() == "invite.ics"]
    if file.get_content_type() != "application/ics":
        found.append("the file is of another type")
    if file.get_payload(decode=True) != body:
        found.append("the file says something else")
    return found + complaints(body)
