"""Outcomes for both sides and the steps towards them."""

from collections.abc import Iterator
from datetime import date, timedelta

from mentorship.charter.models import CoreOutcome
from milestones.actions import (
    add_milestone,
    confirm_milestone,
    reach_outcome,
    try_milestone,
    write_outcome,
)
from milestones.models import Milestone, Outcome

from .days import working_day
from .talk import Talk

Kind = Milestone.Kind


def core_outcomes(program) -> dict[str, CoreOutcome]:
    """{slug: core outcome} of the charter in force."""
    found = CoreOutcome.objects.filter(charter__program=program)
    return {each.slug: each for each in found.filter(charter__state="in force")}


def set_out(talk: Talk, cores: dict[str, CoreOutcome], end: date) -> None:
    """Write an outcome for each side and the road to both."""
    start = talk.pair.started_on
    outcomes = {}
    for side, texts in (("mentor", talk.mentor_texts), ("mentee", talk.mentee_texts)):
        title, observable, measure, baseline, target = map(
            talk.fill, talk.outcome(side)
        )
        outcomes[side] = write_outcome(
            talk.pair,
            by=getattr(talk.pair, side).user,
            at=talk.story.at(start + timedelta(days=9), 17),
            side=side,
            core_outcome=cores[texts["core"]],
            title=title,
            observable=observable,
            measure=measure,
            baseline=baseline,
            target=target,
            due_on=end - timedelta(days=7),
        )
    at = talk.story.at(start + timedelta(days=9), 17, 30)
    for title, kind, side, due_on in road(talk, end):
        outcome = outcomes.get(side)
        add_milestone(
            talk.pair, at=at, title=title, kind=kind, outcome=outcome, due_on=due_on
        )


def road(talk: Talk, end: date) -> Iterator[tuple[str, str, str, date]]:
    """Title, kind, whose outcome it serves, and day, from the first to the last."""
    start, dice = talk.pair.started_on, talk.dice("road")
    whole = (end - start).days

    def after(share: float) -> date:
        days = round(whole * share) + dice.randint(-3, 3)
        return working_day(start + timedelta(days=days))

    mentee = [(talk.fill(text), kind) for text, kind in talk.mentee_texts["milestones"]]
    mentor = [(talk.fill(text), kind) for text, kind in talk.mentor_texts["milestones"]]
    yield "Agree how we work together", Kind.REFLECTION, "", after(0.08)
    yield *mentee[0], "mentee", after(0.2)
    yield *mentor[0], "mentor", after(0.33)
    yield *mentee[1], "mentee", after(0.42)
    yield *mentor[1], "mentor", after(0.58)
    yield "Midpoint: what should change?", Kind.REFLECTION, "", after(0.65)
    yield *mentee[2], "mentee", after(0.8)
    yield "What each of us takes along", Kind.REFLECTION, "", end


def move_along(talk: Talk, until: date, late: str = "") -> None:
    """Both confirm what was due before `until`, or say that it was tried; the step
    called `late` is still open."""
    due = talk.pair.milestones.filter(due_on__lt=until).exclude(title=late)
    for step in due:
        step.pair = talk.pair
        dice = talk.dice("step", step.title)
        day = step.due_on - timedelta(days=dice.randint(0, 6))
        at = talk.story.at(day, dice.randint(9, 18))
        if step.outcome_id and dice.random() < 0.12:
            try_milestone(step, at=at)
            continue
        for place in talk.pair.members:
            confirm_milestone(step, by=place.user, at=at)


def arrive(talk: Talk, day: date) -> None:
    """At the end most outcomes have come true."""
    for outcome in talk.pair.outcomes.filter(state=Outcome.State.AGREED):
        outcome.pair = talk.pair
        if talk.dice("arrive", outcome.side).random() < 0.75:
            at = talk.story.at(day, 16)
            reach_outcome(outcome, at=at, version=outcome.version)
