"""Every kind of reminder in words: who gets it, and when it stops."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .models import Cohort, Rhythm
from .planning import facts_of
from .templatetags.reminders import when

Kind = Rhythm.Kind

WHO: dict[str, object] = {
    Kind.SESSION: _("Both people of a pair that has planned a session."),
    Kind.CHECK_IN: _("Both people of every running pair, one week after it began."),
    Kind.MILESTONE: _("Both people of a pair with a step that is not done yet."),
    Kind.REFLECTION: _("Whoever has neither written nor skipped a look back."),
    Kind.PILOT: _(
        "Both people of a pilot past its date, whoever has answered, so that nobody "
        "learns who has not."
    ),
    Kind.ACKNOWLEDGMENT: _("Whoever has joined and not agreed to the charter."),
    Kind.DIGEST: _(
        "Whoever chose one mail a week in their settings. It stands for check-ins, "
        "steps, reflections and the charter."
    ),
}
STOPS: dict[str, object] = {
    Kind.SESSION: _("When the session is moved, called off or over."),
    Kind.CHECK_IN: _("With an answer, with the end of the pair, and on breaks."),
    Kind.MILESTONE: _("When the step is done, dropped or put off."),
    Kind.REFLECTION: _("When they write or skip it. Once for each session."),
    Kind.PILOT: _("When both have decided. Once for each pilot."),
    Kind.ACKNOWLEDGMENT: _("When they agree. Once for each version."),
    Kind.DIGEST: _("When they choose single mails again."),
}


@dataclass(frozen=True)
class Row:
    """One kind as a coordinator sees it."""

    rhythm: Rhythm
    is_own: bool
    words: bool

    @property
    def kind(self) -> str:
        return self.rhythm.kind

    @property
    def name(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def who(self) -> str:
        return str(WHO[self.kind])

    @property
    def stops(self) -> str:
        return str(STOPS[self.kind])

    @property
    def when(self) -> str:
        said = when(facts_of(self.rhythm, None)["rhythm"])
        return said[:1].upper() + said[1:]


def rows_of(of) -> list[Row]:
    """Each kind with the rhythm that counts for a program or a cohort, and whether it
    is its own; one or two queries."""
    own = {rhythm.kind: rhythm for rhythm in of.rhythms.all()}
    above = {}
    if isinstance(of, Cohort):
        above = {rhythm.kind: rhythm for rhythm in of.program.rhythms.all()}
    found = [
        (own.get(kind) or above.get(kind) or Rhythm.usual(kind), kind in own)
        for kind in Kind
    ]
    return [Row(rhythm, is_own, bool(rhythm.words)) for rhythm, is_own in found]
