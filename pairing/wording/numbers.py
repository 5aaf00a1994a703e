"""Lists, numbers and points inside sentences."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Small numbers are words; from ten on they are figures.
SMALL = [
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
]


def listed(words) -> str:
    """`a`, `a and b`, or `a, b and c`."""
    words = [str(word) for word in words]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {
        "first": ", ".join(words[:-1]),
        "last": words[-1],
    }


def spelled(number: int) -> str:
    """A number as one says it in the middle of a sentence."""
    return str(SMALL[number]) if number < len(SMALL) else str(number)


def begun(number: int) -> str:
    """A number that begins a sentence."""
    words = spelled(number)
    return words[:1].upper() + words[1:]


def points(share: float) -> str:
    """A part of a score in points of a hundred, without its sign: 0.4, 5, 12."""
    value = round(abs(100 * share), 1)
    is_whole = value >= 10 or value.is_integer()
    return number_format(round(value), 0) if is_whole else number_format(value, 1)


def is_worth_telling(share: float) -> bool:
    """Whether a difference still shows once it is told in points."""
    return abs(share) >= 0.0005
