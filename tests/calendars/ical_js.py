"""ical.js, which Thunderbird reads calendars with, run in the browser."""

from pathlib import Path

SCRIPT = (Path(__file__).parents[1] / "vendor" / "ical.min.js").read_text()
READ = """text => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    return {
        method: calendar.getFirstPropertyValue("method"),
        events: calendar.getAllSubcomponents("vevent").map(found => {
            const event = new ICAL.Event(found, {strictExceptions: true});
            return {
                uid: event.uid,
                sequence: event.sequence,
                start: event.startDate.toJSDate().toISOString(),
                end: event.endDate.toJSDate().toISOString(),
                summary: event.summary,
                status: found.getFirstPropertyValue("status"),
                attendees: event.attendees.map(one => one.getFirstValue()),
            };
        }),
    };
}"""


def read(page, text: bytes) -> dict:
    """The method and the events, as ical.js understands them."""
    page.goto("about:blank")
    page.evaluate(SCRIPT)
    return page.evaluate(READ, text.decode())
