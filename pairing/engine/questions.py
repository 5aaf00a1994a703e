"""A coordinator's questions about a plan: why not, and what if two change places."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .alternatives import Alternative, Around, falling
from .conflicts import settle_pins
from .limits import limits_between, shared_hours
from .plan import Plan
from .problem import Problem, Rule
from .repair import changes
from .scores import features
from .solving import solve

FREE = 1e-6  # points: totals are told in millionths


@dataclass(frozen=True)
class HardConflict:
    """Why two people cannot be paired: the limits, and the facts behind them.

    `facts`: `hours` shared a week; `languages` of `mentee` and `mentor`; the `rules`
    between the two and the `pins` in the way, each as kind, mentor, mentee, reason, by
    and at.
    """

    limits: list[str]
    facts: dict[str, Any]


@dataclass(frozen=True)
class Costs:
    """The pair is possible; the cohort would lose by it."""

    alternative: Alternative


@dataclass(frozen=True)
class Equal:
    """The pair is possible and nobody loses by it; None where the plan has it already.

    The total can be higher where the mentee's own pin is in its way.
    """

    alternative: Alternative | None


@dataclass(frozen=True)
class Swap:
    """Two mentees exchange their mentors, everybody else stays.

    `limits`, by mentee, stand between them and the other's mentor. `cost` is what the
    total loses; scores are by mentee, None without a mentor or where not possible.
    """

    possible: bool
    limits: dict[str, list[str]]
    cost: float | None
    before: dict[str, float | None]
    after: dict[str, float | None]


def why_not(
    problem: Problem, plan: Plan, mentee_id: str, mentor_id: str
) -> HardConflict | Costs | Equal:
    """What stands against a pair: limits and pins, a cost, or nothing.

    Raises KeyError for an unknown person.
    """
    names = limits_between(problem, mentee_id, mentor_id)
    pins = _pins_in_the_way(problem, mentor_id, mentee_id)
    if names or pins:
        return HardConflict(names, _facts(problem, mentee_id, mentor_id, pins))
    if plan.mentor_of.get(mentee_id) == mentor_id:
        return Equal(None)
    found = _alternative(problem, plan, mentee_id, mentor_id)
    free = max(found.fewer_paired, found.under_floor) <= 0 and found.cost < FREE
    return Equal(found) if free else Costs(found)


def swap(problem: Problem, plan: Plan, mentee_a: str, mentee_b: str) -> Swap:
    """What it would mean if two mentees exchanged their mentors.

    Raises KeyError for an unknown mentee.
    """
    before = {one: plan.score.get(one) for one in (mentee_a, mentee_b)}
    wanted = {
        mentee_a: plan.mentor_of.get(mentee_b),
        mentee_b: plan.mentor_of.get(mentee_a),
    }
    limits: dict[str, list[str]] = {}
    after: dict[str, float | None] = {}
    for mentee, mentor in wanted.items():
        after[mentee] = None
        if mentor is None:
            continue
        if names := limits_between(problem, mentee, mentor):
            limits[mentee] = names
        else:
            row, column = problem.row(mentee), problem.column(mentor)
            pair = np.array([row]), np.array([column])
            after[mentee] = features(problem).pair_scores(*pair).item()
    if limits:
        return Swap(False, limits, None, before, after)
    lost = sum(s or 0 for s in before.values()) - sum(s or 0 for s in after.values())
    return Swap(True, {}, round(lost, 6), before, after)


def _alternative(
    problem: Problem, plan: Plan, mentee_id: str, mentor_id: str
) -> Alternative:
    """The plan with the pair pinned: by a shortest path, or made anew where large."""
    around = Around(problem, plan, problem.row(mentee_id))
    if not around.large:
        return around.alternative_with(problem.column(mentor_id))
    others = [r for r in problem.rules if (r.kind, r.mentee) != ("pin", mentee_id)]
    pinned = replace(problem, rules=(*others, Rule("pin", mentor_id, mentee_id)))
    policy = replace(plan.policy, floor=plan.floor)
    anew = solve(pinned, policy, keep=plan.keep)
    moves = tuple(it for it in changes(plan, anew) if it.mentee != mentee_id)
    return Alternative(
        mentor=mentor_id,
        score=anew.score[mentee_id],
        fewer_paired=len(plan.mentor_of) - len(anew.mentor_of),
        cost=round(plan.total - anew.total, 6),
        moves=moves,
        under_floor=falling(moves, plan.floor),
    )


def _pins_in_the_way(problem: Problem, mentor_id: str, mentee_id: str) -> list:
    """Other mentees' pins that hold, where they fill the mentor's places."""
    held = settle_pins(problem)[0].values()
    pins = [
        rule for rule in held if rule.mentor == mentor_id and rule.mentee != mentee_id
    ]
    mentor = problem.mentors[problem.column(mentor_id)]
    return pins if len(pins) >= mentor.capacity else []


def _facts(problem: Problem, mentee_id: str, mentor_id: str, pins: list) -> dict:
    mentee = problem.mentees[problem.row(mentee_id)]
    mentor = problem.mentors[problem.column(mentor_id)]
    two = {mentee_id, mentor_id}
    return {
        "hours": shared_hours(mentee, mentor, problem.weeks),
        "languages": {
            "mentee": sorted(mentee.languages),
            "mentor": sorted(mentor.languages),
        },
        "rules": [r for r in problem.rules if {r.mentor, r.mentee} == two],
        "pins": pins,
    }
