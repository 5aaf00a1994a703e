"""What differs between two charters, section by section and word by word."""

import difflib
import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import CharterVersion, Side
from .models.version import PROMISES, SECTIONS

WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Change:
    """One part of a charter before and after, as plain text."""

    title: str
    before: str
    after: str

    @cached_property
    def parts(self) -> list[tuple[str, str]]:
        """The words in order, each run marked "same", "gone" or "new"."""
        return list(word_diff(self.before, self.after))


def word_diff(before: str, after: str):
    """Yield ("same" | "gone" | "new", text) so that both texts can be read from it."""
    a, b = WORD.findall(before), WORD.findall(after)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            yield "same", "".join(a[a1:a2])
            continue
        if a2 > a1:
            yield "gone", "".join(a[a1:a2])
        if b2 > b1:
            yield "new", "".join(b[b1:b2])


def changes(before: dict, after: dict) -> list[Change]:
    """What differs between two results of `words_of`, in reading order."""
    return [
        Change(title, before.get(title, ""), after[title])
        for title in after
        if before.get(title, "") != after[title]
    ]


def words_of_version(version) -> dict[str, str]:
    """All that a stored version says. Prefetch texts, outcomes and escalation__owner
    to spare queries."""
    text = version.text_in(version.program.languages[0])
    outcomes = version.outcomes.all()
    sections = text.sections if text else {}
    return words_of(version, sections, outcomes, version.escalation.all())


def words_of(version, sections, outcomes, steps) -> dict[str, str]:
    """{title: text} of a charter, stored or just typed, in reading order."""
    words = {
        str(title): sections.get(slug, "").replace("\r\n", "\n").strip()
        for slug, title in SECTIONS.items()
    }
    for name in [*PROMISES, "asks_again"]:
        label = CharterVersion._meta.get_field(name).verbose_name
        words[str(label)] = _shown(version, name)
    for side, title in (
        (Side.MENTOR, _("Core outcomes for mentors")),
        (Side.MENTEE, _("Core outcomes for mentees")),
    ):
        lines = [_outcome(each) for each in outcomes if each.side == side]
        words[title] = "\n".join(lines)
    words[_("If something is not right")] = "\n".join(_step(each) for each in steps)
    return words


def _shown(version, name):
    value = getattr(version, name)
    if name == "rhythm_days":
        return str(version.get_rhythm_days_display())
    if name == "working_days":
        return ", ".join(str(WEEKDAYS[day]) for day in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)


def _outcome(outcome):
    return _(
        "%(statement)s (%(kind)s). Measured by: %(measure)s. Target: %(target)s"
    ) % {
        "statement": outcome.statement,
        "kind": outcome.get_kind_display(),
        "measure": outcome.measure,
        "target": outcome.target,
    }


def _step(step):
    if not step.owner:
        return step.title
    words = ngettext(
        "%(title)s: %(owner)s, within one working day",
        "%(title)s: %(owner)s, within %(days)d working days",
        step.reply_days,
    )
    facts = {"title": step.title, "owner": step.owner.name, "days": step.reply_days}
    return words % facts
