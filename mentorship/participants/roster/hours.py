"""Weekly hours in the words people use: "Mon am; Tue 13-15" or "Di nachm."."""

import re

DAYS = {
    name: number
    for number, names in enumerate(
        [
            "mon|monday|mo|montag",
            "tue|tues|tuesday|di|dienstag",
            "wed|wednesday|mi|mittwoch",
            "thu|thur|thurs|thursday|do|donnerstag",
            "fri|friday|fr|freitag",
            "sat|saturday|sa|samstag",
            "sun|sunday|so|sonntag",
        ]
    )
    for name in names.split("|")
}
MORNING = {"am", "morning", "mornings", "vormittag", "vormittags", "vorm"}
AFTERNOON = {"pm", "afternoon", "afternoons", "nachmittag", "nachmittags", "nachm"}
HALF_DAYS = dict.fromkeys(MORNING, (9 * 60, 12 * 60)) | dict.fromkeys(
    AFTERNOON, (13 * 60, 17 * 60)
)
PART = re.compile(r"([^\W\d_]+)\.?\s+(.+?)\.?")
SPAN = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|to|bis)\s*(\d{1,2})(?:[:.](\d{2}))?"
)


def weekly_hours(text):
    """[(weekday from 0, start, end), …] in minutes of the day, sorted, each start
    once. Mornings are 9 to 12 and afternoons 13 to 17; what cannot be read is left
    out, for the words themselves are kept."""
    found = {}
    for part in re.split(r"[;,|\n]", text):
        match = PART.fullmatch(part.strip().casefold())
        day = DAYS.get(match[1]) if match else None
        span = HALF_DAYS.get(match[2]) or _span(match[2]) if match else None
        if day is not None and span:
            start, end = span
            found[day, start] = max(end, found.get((day, start), 0))
    return [(day, start, end) for (day, start), end in sorted(found.items())]


def _span(words):
    match = SPAN.fullmatch(words)
    if not match:
        return None
    start = int(match[1]) * 60 + int(match[2] or 0)
    end = int(match[3]) * 60 + int(match[4] or 0)
    return (start, end) if start < end < 24 * 60 and int(match[2] or 0) < 60 else None
