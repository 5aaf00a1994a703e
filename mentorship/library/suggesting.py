"""Which idea fits a pair's next session, and why, in words. Pure: facts in, one out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import ItemText, ItemVersion

# Ideas for a moment in the life of a pair; the others fit what it works on.
MOMENTS = {
    "closing",
    "first-meeting",
    "after-a-gap",
    "setting-outcomes",
    "midpoint",
    "stuck",
}
PLAIN = "half-hour"
LAST_DAYS, LATE_DAYS, MIDDLE = 30, 14, (0.45, 0.6)


@dataclass(frozen=True)
class Aim:
    """An open outcome: what, of which kind, under which aim of the program, whose."""

    title: str
    kind: str
    slug: str
    whose: str


@dataclass(frozen=True)
class Facts:
    """How a pair stands on a day, seen from one side."""

    side: str
    stage: str
    held: int
    days_since: int
    rhythm_days: int
    share_gone: float = 0
    days_left: int | None = None
    without_outcome: tuple[str, ...] = ()
    late_step: str = ""
    days_late: int = 0
    aims: tuple[Aim, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """An idea, and why this one."""

    text: ItemText
    why: str


def suggest(facts: Facts, texts: Sequence[ItemText]) -> Suggestion | None:
    """What the moment asks for, else what fits the outcomes, changing from session to
    session, else a plain half hour; None where the shelf has none of these."""
    by_slug = {text.item.slug: text for text in texts}
    for slug, why in moments(facts):
        if slug in by_slug:
            return Suggestion(by_slug[slug], why)
    if fitting := fits(facts, texts):
        text, aim = fitting[facts.held % len(fitting)]
        words = _("It fits what %(name)s works on: %(outcome)s")
        return Suggestion(text, words % {"name": aim.whose, "outcome": aim.title})
    if PLAIN in by_slug:
        return Suggestion(by_slug[PLAIN], _("Nothing in particular is due."))
    return None


def moments(facts: Facts) -> Iterator[tuple[str, str]]:
    """What the moment asks for, the most pressing first."""
    if facts.stage == "closing" or is_near(facts.days_left):
        yield "closing", _("Your time together comes to an end.")
    if not facts.held:
        yield "first-meeting", _("You have not met yet.")
    if facts.held and facts.days_since > facts.rhythm_days * 1.5:
        words = ngettext(
            "It is %(n)d day since you last met.",
            "It is %(n)d days since you last met.",
            facts.days_since,
        )
        yield "after-a-gap", words % {"n": facts.days_since}
    for name in facts.without_outcome:
        words = _("%(name)s has no outcome yet, and both of you should gain.")
        yield "setting-outcomes", words % {"name": name}
    if MIDDLE[0] <= facts.share_gone <= MIDDLE[1]:
        yield "midpoint", _("Half of your time is over.")
    if facts.days_late >= LATE_DAYS:
        words = _("A step has not moved: %(step)s")
        yield "stuck", words % {"step": facts.late_step}


def is_near(days_left: int | None) -> bool:
    """Whether the end is so close that it should be talked about."""
    return days_left is not None and days_left <= LAST_DAYS


def fits(facts: Facts, texts: Sequence[ItemText]) -> list[tuple[ItemText, Aim]]:
    """The playbooks that fit an open outcome best, each with that outcome."""
    found = []
    for text in texts:
        if not facts.aims or not is_for(text, facts):
            continue
        aim = max(facts.aims, key=partial(closeness, text.version))
        if near := closeness(text.version, aim):
            found.append((near, text, aim))
    found.sort(key=lambda row: (-row[0], row[1].title))
    best = takewhile(lambda row: row[0] == found[0][0], found)
    return [(text, aim) for _near, text, aim in best]


def is_for(text: ItemText, facts: Facts) -> bool:
    """Whether it is a playbook for this side at this stage, and for no moment."""
    version = text.version
    return (
        version.kind == ItemVersion.Kind.PLAYBOOK
        and text.item.slug not in MOMENTS
        and version.side in (ItemVersion.Side.BOTH, facts.side)
        and (not version.stages or facts.stage in version.stages)
    )


def closeness(version: ItemVersion, aim: Aim) -> int:
    """Two for a topic that the outcome names, one for its kind."""
    title = aim.title.casefold()
    about = any(t == aim.slug or t.replace("-", " ") in title for t in version.topics)
    return 2 * about + (aim.kind in version.outcome_kinds)
