"""Changing what counts in a program: each change is a row with a number of its own."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.models import audit
from mentorship.charter.models import Program
from pairing.models import Weights
from pairing.what_counts import Settings, changed


class OthersChosen(Exception):
    """Somebody adopted another number meanwhile; `weights` is theirs."""

    def __init__(self, weights: Weights):
        super().__init__(str(weights))
        self.weights = weights


@transaction.atomic
def adopt(
    program: Program,
    settings: Settings,
    *,
    number: int,
    by,
    at: datetime,
    because: str = "",
) -> Weights:
    """Make `settings` count from the next proposal on, in place of that `number`.

    Returns the row in force; the same as before when nothing differs. Raises
    OthersChosen when another number is in force by now, and then nothing is written.
    """
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    newest = in_force(program, by=by)
    if newest.number != number:
        raise OthersChosen(newest)
    before = Settings.of(newest)
    knobs = changed(before, settings)
    if not knobs:
        return newest
    new = Weights.objects.create(
        program=program,
        number=number + 1,
        values=settings.values,
        policy=settings.policy,
        because=because,
        by=by,
        at=at,
    )
    old, now = before.as_dict(), settings.as_dict()
    moved = {knob: f"{old[knob]:g} → {now[knob]:g}" for knob in knobs}
    audit("changed what counts", new, by=by, program_id=program.pk, **moved)
    return new


def in_force(program: Program, *, by) -> Weights:
    """The program's newest row; what is usual becomes number 1."""
    newest = Weights.objects.filter(program=program).first()
    if newest:
        return newest
    usual = Settings.of(None)
    first, _created = Weights.objects.get_or_create(
        program=program,
        number=1,
        defaults={"values": usual.values, "policy": usual.policy, "by": by},
    )
    return first
