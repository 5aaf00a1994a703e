"""libical, the strictest reader of invitations there is, through ctypes."""

import ctypes
import ctypes.util

NAME = ctypes.util.find_library("ical")
MISSING = "libical is not installed (Debian: libical3)"


def library():
    """libical with the few functions that are asked here."""
    found = ctypes.CDLL(NAME)
    found.icalerror_set_errors_are_fatal(0)
    for name, result, *takes in (
        ("icalparser_parse_string", ctypes.c_void_p, ctypes.c_char_p),
        ("icalrestriction_check", ctypes.c_int, ctypes.c_void_p),
        ("icalcomponent_count_errors", ctypes.c_int, ctypes.c_void_p),
        ("icalcomponent_as_ical_string", ctypes.c_char_p, ctypes.c_void_p),
        ("icalcomponent_free", None, ctypes.c_void_p),
    ):
        function = getattr(found, name)
        function.restype, function.argtypes = result, takes
    return found


def complaints(text: bytes) -> list[str]:
    """What libical finds wrong: as text that it parses, and as a message of iTIP."""
    ical = library()
    root = ical.icalparser_parse_string(text)
    if not root:
        return ["cannot be parsed"]
    try:
        found = []
        if not ical.icalrestriction_check(root):
            found.append("breaks a restriction of its METHOD")
        if ical.icalcomponent_count_errors(root):
            found.append("has errors")
        written = ical.icalcomponent_as_ical_string(root) or b""
        notes = [line for line in written.splitlines() if b"X-LIC-ERROR" in line]
        return [*found, *(line.decode(errors="replace") for line in notes)]
    finally:
        ical.icalcomponent_free(root)
