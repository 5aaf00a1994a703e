"""The proof of a plan, worked out anew from its prices and shared with no engine code.

Weak duality (Kuhn 1955; Bertsekas 1991): whatever the prices p, a plan that pairs N
people is worth at most the N largest of m_i = max_j(s_ij - p_j), plus what the places
would earn at those prices. Prices of the optimum make both sides equal.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pairing.engine import Plan, Problem

from .scores import blocks, scores_of, spent

NOISE = 1e-6  # scores are read as float32, so a pair this near the floor may be open


@dataclass(frozen=True)
class Proof:
    """What a plan is worth, the most that any other could be, and the share between.

    `most_paired` says that no plan pairs more people, as far as the prices show.
    """

    total: float
    bound: float
    most_paired: bool

    @property
    def gap(self) -> float:
        """By how much, at most, another plan could be better: a share of the total."""
        return (self.bound - self.total) / max(self.total, 1.0)


def prove(problem: Problem, plan: Plan) -> Proof:
    """Read every pair once, in blocks. O(n m) time, O(n + m) memory beside a block."""
    pins = _pins_held(problem, plan)
    surplus, score = _read(problem, plan, pins)
    cost = plan.policy.place_cost
    held = sum(score[one] for one in pins) - spent(problem, pins, cost)
    paired = len(plan.mentor_of) - len(pins)
    bound = held + surplus[:paired].sum() + _rents(problem, plan, pins)
    another = surplus[paired] if len(surplus) > paired else -np.inf
    places = max((one.taken + one.capacity for one in problem.mentors), default=0)
    return Proof(
        total=sum(score.values()) - spent(problem, plan.mentor_of, cost),
        bound=float(bound),
        most_paired=bool(bound + another < -cost * places * len(problem.mentees)),
    )


def damaged(problem: Problem, plan: Plan, most: int = 300) -> Plan:
    """The plan with the exchange of two mentors that costs most among the first
    `most` mentees; where none costs anything, with one mentee left out."""
    ids = [one.id for one in problem.mentees if one.id in plan.mentor_of][:most]
    column = {mentor.id: place for place, mentor in enumerate(problem.mentors)}
    theirs = [column[plan.mentor_of[one]] for one in ids]
    score = scores_of(problem, ids)[:, theirs]
    own = np.diag(score)
    loss = own[:, None] + own - score - score.T
    loss[~np.isfinite(loss)] = 0
    if not ids:
        return plan
    one, other = np.unravel_index(loss.argmax(), loss.shape)
    mentor_of = dict(plan.mentor_of)
    if loss[one, other] <= 0:
        del mentor_of[ids[0]]
    else:
        mentor_of[ids[one]] = plan.mentor_of[ids[other]]
        mentor_of[ids[other]] = plan.mentor_of[ids[one]]
    return replace(plan, mentor_of=mentor_of)


def _pins_held(problem: Problem, plan: Plan) -> dict[str, str]:
    """Mentor by mentee of the pins that the plan keeps."""
    return {
        rule.mentee: rule.mentor
        for rule in problem.rules
        if rule.kind == "pin" and plan.mentor_of.get(rule.mentee) == rule.mentor
    }


def _read(
    problem: Problem, plan: Plan, pins: Mapping[str, str]
) -> tuple[np.ndarray, dict[str, float]]:
    """What mentees without a pin could have beyond the prices, the largest first, and
    the scores of the plan's pairs by mentee."""
    price = np.array([plan.price[mentor.id] for mentor in problem.mentors])
    floor = -np.inf if plan.floor is None else plan.floor - NOISE
    column = {mentor.id: place for place, mentor in enumerate(problem.mentors)}
    surplus, score = [np.empty(0)], {}
    for mentees, block in blocks(problem):
        for row, one in enumerate(mentees):
            if one.id in plan.mentor_of:
                score[one.id] = float(block[row, column[plan.mentor_of[one.id]]])
        free = block[[one.id not in pins for one in mentees]]
        offers = np.where(free >= floor, free - price, -np.inf)
        surplus.append(offers.max(axis=1, initial=-np.inf))
    return np.sort(np.concatenate(surplus))[::-1], score


def _rents(problem: Problem, plan: Plan, pins: Mapping[str, str]) -> float:
    """What the places beside the pinned ones earn above their own cost."""
    pinned, cost = Counter(pins.values()), plan.policy.place_cost
    return sum(
        max(plan.price[mentor.id] - cost * (mentor.taken + place), 0)
        for mentor in problem.mentors
        for place in range(pinned[mentor.id], mentor.capacity)
    )
