"""What one asking asks: our own themes, the program's competencies, its packs."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from feedback.growing.items import GROWTH, OFTEN, Item, Theme, own_themes
from feedback.models import Asking, Moment, Pack
from mentorship.charter.models import CoreOutcome
from mentorship.participants.models import Participant
from mentorship.participants.models.profile import label_in


def themes_of(asking: Asking) -> list[Theme]:
    """The themes of an asking, in reading order. Three queries."""
    place, moment = asking.participant, asking.moment
    themes = own_themes(moment, place.sides)
    if moment != Moment.LATER:
        themes[len(GROWTH) : len(GROWTH)] = competencies(place)
    packs = Pack.objects.filter(programs=place.cohort.program_id)
    return themes + pack_themes(packs, moment, place.sides)


def competencies(place: Participant) -> list[Theme]:
    """The ways of acting that the charter in force names for the person's side."""
    outcomes = CoreOutcome.objects.filter(
        charter__program=place.cohort.program_id,
        charter__state="in force",
        kind=CoreOutcome.Kind.BEHAVIOR,
        side__in=place.sides,
    )
    items = [Item(f"core:{one.slug}", one.statement, OFTEN) for one in outcomes]
    title, hint = _("What this program is about"), _("How often do you do this today?")
    return [Theme("core", title, items, hint, each=True)] if items else []


def pack_themes(
    packs: Iterable[Pack], moment: str, sides: Iterable[str]
) -> list[Theme]:
    """A theme for each pack that has something to ask at this moment."""
    themes = []
    for pack in packs:
        items = [
            Item(f"{pack.key}:{row['slug']}", label_in(row["text"]), words_of(row))
            for row in pack.items
            if moment in row["moments"] and row["side"] in ("both", *sides)
        ]
        if items:
            themes.append(Theme(pack.key, pack.title, items, pack.source))
    return themes


def words_of(row: dict) -> list[str]:
    """The names of a pack item's answers in the reader's language, the lowest first."""
    return list(label_in(row["words"]))
