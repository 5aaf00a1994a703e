"""Outcomes: what each side wants to be different. Either of the two writes them."""

from datetime import datetime

from django.db import transaction

from milestones.models import Outcome
from pairing.models import Pair


class OutcomeHasChanged(Exception):
    """The other one saved it meanwhile; `outcome` is how it stands now."""

    def __init__(self, outcome: Outcome):
        super().__init__(str(outcome.pk))
        self.outcome = outcome


@transaction.atomic
def write_outcome(pair, *, by, at: datetime, side: str, **fields) -> Outcome:
    """Write a new outcome for one side. `fields` are the words, the measure, baseline,
    target, due day and core outcome. The same words twice are one outcome."""
    take_turns(pair)
    same = Outcome.objects.current().filter(pair=pair, side=side, title=fields["title"])
    return same.first() or Outcome.objects.create(
        pair=pair, side=side, written_by=pair.place_of(by), created_at=at, **fields
    )


def take_turns(pair) -> None:
    """Lock the pair, so that two clicks at once are one after the other."""
    Pair.objects.select_for_update(of=("self",), no_key=True).get(pk=pair.pk)


@transaction.atomic
def edit_outcome(outcome: Outcome, *, version: int, **fields) -> Outcome:
    """Put the same aim into better words. Raises OutcomeHasChanged when `version` is
    not the newest."""
    fresh = lock_open(outcome, version)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save()
    return fresh


@transaction.atomic
def replace_outcome(
    outcome: Outcome, *, by, at: datetime, version: int, **fields
) -> Outcome:
    """The aim itself has changed: write the new one and let the old point to it.
    Milestones move along. Raises OutcomeHasChanged."""
    old = lock_open(outcome, version)
    new = Outcome.objects.create(
        pair=outcome.pair,
        side=old.side,
        written_by=outcome.pair.place_of(by),  # type: ignore[misc]
        created_at=at,
        **fields,
    )
    old.state, old.successor = Outcome.State.CHANGED, new
    old.version += 1
    old.save()
    old.milestones.update(outcome=new)
    return new


@transaction.atomic
def reach_outcome(outcome: Outcome, *, at: datetime, version: int) -> Outcome:
    """Say that it came true. Raises OutcomeHasChanged."""
    return close(outcome, version, Outcome.State.REACHED, outcome.pair.today_at(at))


@transaction.atomic
def let_go_of(outcome: Outcome, *, version: int) -> Outcome:
    """Stop working towards it, without blame. Raises OutcomeHasChanged."""
    return close(outcome, version, Outcome.State.LET_GO, None)


def close(outcome: Outcome, version: int, state: str, day) -> Outcome:
    """End an outcome in `state`. Raises OutcomeHasChanged."""
    fresh = lock_open(outcome, version)
    fresh.state, fresh.reached_on = state, day
    fresh.version += 1
    fresh.save()
    return fresh


def lock_open(outcome: Outcome, version: int) -> Outcome:
    """The outcome, locked. Raises OutcomeHasChanged unless it is still worked towards
    and `version` is its newest."""
    fresh = Outcome.objects.select_for_update().get(pk=outcome.pk)
    fresh.pair = outcome.pair
    if not fresh.is_open or fresh.version != version:
        raise OutcomeHasChanged(fresh)
    return fresh
