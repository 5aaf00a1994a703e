from contextlib import contextmanager

from django.db import IntegrityError, transaction

from mentorship.accounts.models import audit
from mentorship.outbox.actions import tell_rooms
from mentorship.outbox.models import Kind

from ..models import BusyTime, Cohort, Rhythm, StageChange
from ..stages import blockers, stage_after, stage_before
from .rhythm import keep_rhythm


class NameIsTaken(Exception):
    """The program has a cohort of that name."""


class CohortHasMoved(Exception):
    """The stage asked for is no longer next to the one the cohort is in."""


class StageIsBlocked(Exception):
    """Something stands in the way; `args[0]` is the list of Blockers."""


@contextmanager
def _own_name():
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise NameIsTaken from None


@transaction.atomic
def create_cohort(program, *, name, by, at, **days):
    """A new cohort in its first stage; `days` are its `…_on` fields. Raises
    NameIsTaken."""
    cohort = Cohort(program=program, name=name, created_at=at, **days)
    with _own_name():
        cohort.save(force_insert=True)
    audit("created cohort", cohort, by=by, program_id=program.pk, name=name)
    return cohort


@transaction.atomic
def change_cohort(cohort, *, by, at, **changes):
    """Write the name and days that differ from the stored ones. Raises NameIsTaken."""
    before = Cohort.objects.select_for_update().get(pk=cohort.pk)
    changed = {k: v for k, v in changes.items() if getattr(before, k) != v}
    if not changed:
        return
    with _own_name():
        Cohort.objects.filter(pk=cohort.pk).update(**changed)
    words = {name: str(value or "") for name, value in changed.items()}
    audit("changed cohort", cohort, by=by, program_id=cohort.program_id, **words)


@transaction.atomic
def move_cohort(cohort, *, to, by, at, because=""):
    """Move one stage on or back and remember it; returns the StageChange.

    Waivable blockers are passed with a reason in `because`. Raises CohortHasMoved,
    StageIsBlocked.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    onward = stage_after(cohort)
    if not to or to not in (onward, stage_before(cohort)):
        raise CohortHasMoved
    found = blockers(cohort, to, cohort.program.today(at))
    if any(not blocker.waivable for blocker in found) or (found and not because):
        raise StageIsBlocked(found)
    before = cohort.stage
    Cohort.objects.filter(pk=cohort.pk).update(stage=to)
    change = StageChange.objects.create(
        cohort=cohort,
        from_stage=before,
        to_stage=to,
        at=at,
        by=by,
        waived_because=because if found else "",
    )
    moved = {"from_stage": before, "to_stage": to, "waived": bool(found)}
    audit("moved cohort", cohort, by=by, program_id=cohort.program_id, **moved)
    if to == onward:
        tell_of_stage(cohort, change)
    return change


def tell_of_stage(cohort, change) -> None:
    """Let the program's chat rooms know that a cohort has moved on."""
    tell_rooms(
        cohort.program_id,
        Kind.ANNOUNCEMENT,
        template="charter/stage",
        key=f"stage:{change.pk}",
        context={
            "program": cohort.program.name,
            "cohort": cohort.name,
            "stage": str(Cohort.Stage(change.to_stage).label),
            "path": "/",
        },
        at=change.at,
    )


@transaction.atomic
def set_rhythm(cohort, *, weekday, time, every_weeks, by, at):
    """When check-ins of this cohort go out: weekday 0 to 6 from Monday, wall time in
    each reader's zone, every so many weeks."""
    stored = cohort.rhythms.filter(kind=Rhythm.Kind.CHECK_IN).first()
    return keep_rhythm(
        cohort,
        Rhythm.Kind.CHECK_IN,
        version=stored.version if stored else 0,
        by=by,
        is_on=True,
        weekday=weekday,
        at=time,
        every_weeks=every_weeks,
    )


@transaction.atomic
def add_busy_time(cohort, *, starts_on, ends_on, by, at) -> BusyTime:
    """Days on which reminders to this cohort wait; one that starts on the same day is
    replaced."""
    busy, _created = BusyTime.objects.update_or_create(
        cohort=cohort, starts_on=starts_on, defaults={"ends_on": ends_on}
    )
    days = {"starts_on": str(starts_on), "ends_on": str(ends_on)}
    audit("added busy days", cohort, by=by, program_id=cohort.program_id, **days)
    return busy


@transaction.atomic
def drop_busy_time(busy: BusyTime, *, by, at) -> None:
    """Let reminders go out again as usual; what waited for the end still does."""
    cohort = busy.cohort
    days = {"starts_on": str(busy.starts_on), "ends_on": str(busy.ends_on)}
    audit("dropped busy days", cohort, by=by, program_id=cohort.program_id, **days)
    busy.delete()
