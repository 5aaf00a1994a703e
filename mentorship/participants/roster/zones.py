"""Time zones as people write them: IANA names, their cities, CET, UTC+05:30."""

import re
import zoneinfo
from functools import cache

CONTINENTS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia",
    "Europe", "Indian", "Pacific",
}  # fmt: skip
OFFSET = re.compile(r"(?:utc|gmt)\s*([+\-−])\s*(\d{1,2})(?::?([0-5]\d))?")
# Places that keep these offsets all year, in minutes: there is no Etc name for them.
BROKEN_OFFSETS = {
    -570: "Pacific/Marquesas",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
}


@cache
def _names():
    """{what people write, folded: IANA name}; a city wins over an old lone name."""
    available = zoneinfo.available_timezones()
    full = {name.casefold(): name for name in available}
    cities = {}
    # The shortest name of a city is its main one: America/Indianapolis.
    for name in sorted(available, key=lambda name: (-name.count("/"), name)):
        continent, _slash, city = name.partition("/")
        if city and continent in CONTINENTS:
            cities[city.rpartition("/")[2].replace("_", " ").casefold()] = name
    return full | cities


@cache
def zone(text):
    """The IANA name for what somebody wrote, or None."""
    folded = " ".join(text.casefold().split())
    name = _names().get(folded) or _names().get(folded.replace(" ", "_"))
    return name or _by_offset(folded)


def _by_offset(folded):
    match = OFFSET.fullmatch(folded)
    if not match:
        return None
    sign = 1 if match[1] == "+" else -1
    minutes = sign * (int(match[2]) * 60 + int(match[3] or 0))
    if minutes % 60:
        return BROKEN_OFFSETS.get(minutes)
    hours = minutes // 60
    # The Etc names count the other way round: Etc/GMT-2 is two hours ahead.
    if hours == 0:
        return "UTC"
    return f"Etc/GMT{-hours:+d}" if -12 <= hours <= 14 else None
