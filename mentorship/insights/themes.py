"""Themes of what people learned: how many lessons they need, that they borrow no words,
and the same words on the report, on paper, in CSV and mail."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from milestones.wording import WORD

from .models import FEWEST_LESSONS, PublishedTheme, Theme

STEER = "steer"
# So many words in a row are somebody's own; a lesson of fewer is theirs as a whole, but
# two words belong to everybody.
IN_A_ROW, SAYING = 6, 3


def borrowed(text: str, lessons: Iterable[str]) -> str:
    """The first words in a row that a text takes from one of the lessons, as the text
    writes them; nothing where it is in words of its own."""
    found = list(WORD.finditer(text))
    said = [word[0].casefold() for word in found]
    for lesson in lessons:
        theirs = [word.casefold() for word in WORD.findall(lesson)]
        size = min(IN_A_ROW, len(theirs))
        taken = runs(theirs, size) & runs(said, size) if size >= SAYING else set()
        if taken:
            at = next(n for n in range(len(said)) if run(said, n, size) in taken)
            return text[found[at].start() : found[at + size - 1].end()]
    return ""


def runs(words: list[str], size: int) -> set[tuple[str, ...]]:
    return {run(words, at, size) for at in range(len(words) - size + 1)}


def run(words: list[str], at: int, size: int) -> tuple[str, ...]:
    return tuple(words[at : at + size])


def fewest_behind(rule) -> int:
    """How many lessons, of as many pairs, a theme needs: ten, or more where the rule,
    or the published period, asks for more behind a figure."""
    return max(FEWEST_LESSONS, rule.minimum, rule.minimum_answers)


@dataclass(frozen=True)
class Told:
    """A theme as it is read, with the fewest pairs behind it."""

    text: str
    fewest: int

    @property
    def cells(self) -> list:
        """The row of an export, under `report.export_head`."""
        behind = _("lessons of at least %(n)s pairs") % {"n": self.fewest}
        head = [_("What people learned"), "", _("Whole program")]
        return [*head, self.text, behind, None, None, self.fewest, None]


def themes_of(period) -> list[Told]:
    """What is told of a published period, in the order of its random ids; one query,
    as `steer`."""
    told = PublishedTheme.objects.using(STEER).filter(period=period.pk)
    fewest = fewest_behind(period)
    return [Told(theme.text, fewest) for theme in told.order_by("id")]


def drafted_themes(period) -> list[Told]:
    """What a checked period may tell: drafts of enough lessons. Whether as many pairs
    gave them is looked at when it is published, and not before: a coordinator who
    could try it out would learn which lessons come from one pair."""
    fewest = fewest_behind(period.rule)
    drafts = Theme.objects.drafts().filter(period=period).with_lessons()
    return [Told(one.text, fewest) for one in drafts if one.lessons >= fewest]
