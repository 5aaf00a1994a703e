"""An agreement in words: its lines, and what one version changed of another."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pairing.models import Agreement, Session

LABELS = {
    "goals": gettext_lazy("What it is for"),
    "rhythm_days": gettext_lazy("How often"),
    "minutes": gettext_lazy("For about"),
    "channels": gettext_lazy("How"),
    "books": gettext_lazy("Who books"),
    "confidentiality": gettext_lazy("What stays between you"),
    "boundaries": gettext_lazy("Boundaries"),
    "ending": gettext_lazy("How you end it"),
}
WORDS = ("goals", "confidentiality", "boundaries", "ending")
FACTS = ("rhythm_days", "minutes", "channels", "books")
RHYTHMS = {
    7: gettext_lazy("Every week"),
    14: gettext_lazy("Every two weeks"),
    30: gettext_lazy("Every month"),
}


def contents(agreement: Agreement) -> dict:
    """Everything that was settled, by field; inside acting_as."""
    facts = {name: getattr(agreement, name) for name in FACTS}
    return facts | {name: getattr(agreement.words, name) for name in WORDS}


def lines(agreement: Agreement) -> list[tuple[str, str]]:
    """(label, words) of everything that was settled; inside acting_as."""
    pair, said = agreement.pair, contents(agreement)
    return [(str(LABELS[name]), in_words(name, said[name], pair)) for name in LABELS]


def changes(old: dict, new: dict, pair) -> list[tuple[str, str, str]]:
    """(label, before, now) of each of `contents` that differs."""
    return [
        (str(label), in_words(name, old[name], pair), in_words(name, new[name], pair))
        for name, label in LABELS.items()
        if old[name] != new[name]
    ]


def in_words(name: str, value, pair) -> str:
    """One thing that was settled, as the two read it."""
    if name == "rhythm_days":
        return rhythm(value)
    if name == "minutes":
        return ngettext("%(n)d minute", "%(n)d minutes", value) % {"n": value}
    if name == "channels":
        return ", ".join(str(Session.Channel(channel).label) for channel in value)
    if name == "books":
        return who_books(value, pair)
    return value


def rhythm(days: int) -> str:
    """How often, as a word where there is one."""
    every = ngettext("Every %(n)d day", "Every %(n)d days", days) % {"n": days}
    return str(RHYTHMS.get(days, every))


def who_books(value: str, pair) -> str:
    """The name of whoever books, or that they take turns."""
    if value == Agreement.Books.TURNS:
        return _("In turns")
    return getattr(pair, value).short_name
