"""Milestones: steps on the shared road, done when both say so."""

from datetime import date, datetime

from django.db import transaction

from mentorship.outbox.models import Notice
from milestones.models import BusinessMeasure, Milestone, Outcome

from .lessons import ask_lessons
from .outcomes import take_turns


class MilestoneHasChanged(Exception):
    """The other one changed it meanwhile; `milestone` is how it stands now."""

    def __init__(self, milestone: Milestone):
        super().__init__(str(milestone.pk))
        self.milestone = milestone


@transaction.atomic
def add_milestone(
    pair,
    *,
    at: datetime,
    title: str,
    due_on: date,
    kind: str = Milestone.Kind.WORK,
    outcome: Outcome | None = None,
    measure: BusinessMeasure | None = None,
) -> Milestone:
    """Put a step on the road. The same step for the same day twice is one."""
    take_turns(pair)
    same = Milestone.objects.on_the_road().filter(pair=pair, title=title, due_on=due_on)
    return same.first() or Milestone.objects.create(
        pair=pair,
        title=title,
        due_on=due_on,
        kind=kind,
        outcome=outcome,
        measure=measure,
        created_at=at,
    )


@transaction.atomic
def edit_milestone(milestone: Milestone, *, version: int, **fields) -> Milestone:
    """Change a planned step. Whoever said that it is done said so of its old words.
    Raises MilestoneHasChanged when `version` is not the newest or the step is done."""
    fresh = locked(milestone)
    if fresh.version != version or fresh.state != Milestone.State.PLANNED:
        raise MilestoneHasChanged(fresh)
    if fields.get("title", fresh.title) != fresh.title:
        fresh.mentor_confirmed_at = fresh.mentee_confirmed_at = None
    if fields.get("due_on", fresh.due_on) != fresh.due_on:
        Notice.objects.about(fresh).cancel()
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save()
    return fresh


@transaction.atomic
def confirm_milestone(
    milestone: Milestone, *, by, at: datetime, title: str = ""
) -> Milestone:
    """Say for one's own side that it is done; with both sides it is reached. Twice is
    once. Raises MilestoneHasChanged when it is not planned any more, or is not called
    by the `title` that was read."""
    fresh = as_read(milestone, title)
    mine = f"{fresh.pair.side_of(by)}_confirmed_at"
    if getattr(fresh, mine):
        return fresh
    if fresh.state != Milestone.State.PLANNED:
        raise MilestoneHasChanged(fresh)
    setattr(fresh, mine, at)
    if fresh.mentor_confirmed_at and fresh.mentee_confirmed_at:
        return finish(fresh, Milestone.State.REACHED, at)
    fresh.version += 1
    fresh.save()
    return fresh


@transaction.atomic
def try_milestone(milestone: Milestone, *, at: datetime, title: str = "") -> Milestone:
    """Say that it was tried and something was learned; that counts as done. Raises
    MilestoneHasChanged as `confirm_milestone` does."""
    fresh = as_read(milestone, title)
    if fresh.state == Milestone.State.TRIED:
        return fresh
    if fresh.state != Milestone.State.PLANNED:
        raise MilestoneHasChanged(fresh)
    return finish(fresh, Milestone.State.TRIED, at)


@transaction.atomic
def drop_milestone(milestone: Milestone) -> Milestone:
    """Take a planned step off the road. Raises MilestoneHasChanged when it is done."""
    fresh = locked(milestone)
    if fresh.state == Milestone.State.DROPPED:
        return fresh
    if fresh.state != Milestone.State.PLANNED:
        raise MilestoneHasChanged(fresh)
    Notice.objects.about(fresh).cancel()
    fresh.state = Milestone.State.DROPPED
    fresh.version += 1
    fresh.save()
    return fresh


def forget_steps(pairs) -> None:
    """Remind nobody of the steps of pairs that have ended."""
    steps = Milestone.objects.filter(pair__in=pairs, state=Milestone.State.PLANNED)
    Notice.objects.filter(
        about_kind=Milestone._meta.label_lower, about_id__in=steps.values("pk")
    ).cancel()


def finish(milestone: Milestone, state: str, at: datetime) -> Milestone:
    """Call a step done, and ask both what it taught them."""
    milestone.state = state
    milestone.done_on = milestone.pair.today_at(at)
    milestone.version += 1
    milestone.save()
    Notice.objects.about(milestone).cancel()
    ask_lessons(milestone, at=at)
    return milestone


def locked(milestone: Milestone) -> Milestone:
    """The step as it stands now, locked: two confirmations at once take turns."""
    fresh = Milestone.objects.select_for_update().get(pk=milestone.pk)
    fresh.pair = milestone.pair
    return fresh


def as_read(milestone: Milestone, title: str) -> Milestone:
    """The same, if it is still called by the title that somebody read. Raises
    MilestoneHasChanged."""
    fresh = locked(milestone)
    if title and fresh.title != title:
        raise MilestoneHasChanged(fresh)
    return fresh
