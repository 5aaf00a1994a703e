from django.db import IntegrityError, transaction

from mentorship.accounts.models import audit
from mentorship.outbox.models import Notice

from ..models import Cohort, Rhythm


class RhythmHasChanged(Exception):
    """Somebody else saved it meanwhile; `stored` is theirs, or None when it is gone."""

    def __init__(self, stored: Rhythm | None):
        super().__init__(str(stored))
        self.stored = stored


@transaction.atomic
def keep_rhythm(of, kind: str, *, version: int, by, **changes) -> Rhythm:
    """Keep when and in which words a kind is sent, for a program or a cohort: `changes`
    are fields of Rhythm. `version` is the one that was read, 0 where there was none.
    What is planned and unsent is planned anew. Raises RhythmHasChanged."""
    stored = of.rhythms.select_for_update().filter(kind=kind).first()
    if version != (stored.version if stored else 0):
        raise RhythmHasChanged(stored)
    rhythm = stored or Rhythm.usual(kind)
    for name, value in changes.items():
        setattr(rhythm, name, value)
    rhythm.version = version + 1
    setattr(rhythm, "cohort" if isinstance(of, Cohort) else "program", of)
    try:
        with transaction.atomic():
            rhythm.save()
    except IntegrityError:  # two first ones at once
        raise RhythmHasChanged(of.rhythms.filter(kind=kind).first()) from None
    plan_anew(of, kind)
    facts = {name: str(changes[name]) for name in sorted(changes) if name != "words"}
    audit("set reminders", of, by=by, program_id=program_of(of), kind=kind, **facts)
    return rhythm


@transaction.atomic
def drop_rhythm(cohort: Cohort, kind: str, *, by) -> None:
    """Let the program's rhythm count in a cohort again; harmless without an own one."""
    if cohort.rhythms.filter(kind=kind).delete()[0]:
        plan_anew(cohort, kind)
        facts = {"kind": kind, "program_id": cohort.program_id}
        audit("follows the program’s reminders", cohort, by=by, **facts)


def plan_anew(of, kind: str) -> None:
    """Take back what was planned by the rhythm before; the planner, which comes round
    every few minutes, puts it where it belongs now."""
    own = {"cohort_id": of.pk} if isinstance(of, Cohort) else {"program_id": of.pk}
    planned = Notice.objects.filter(kind=kind, context__has_key="planned_for", **own)
    planned.cancel()


def program_of(of):
    """The id of the program that a program or cohort belongs to."""
    return of.program_id if isinstance(of, Cohort) else of.pk
