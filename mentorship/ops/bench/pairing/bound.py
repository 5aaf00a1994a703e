"""The proof of a plan, worked out anew from its prices and shared with no engine code.

Weak duality (Kuhn 1955; Bertsekas 1991): whatever the prices p, a plan that pairs N
people is worth at most the N largest of m_i = max_j(s_ij - p_j), plus what the places
would earn at those prices. Prices of the optimum make both sides equal.
"""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from pairing.engine import Plan, Problem

from .scores import blocks, further, scores_of

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
    price = np.array([plan.price[mentor.id] for mentor in problem.mentors])
    floor = -np.inf if plan.floor is None else plan.floor - NOISE
    column = {mentor.id: place for place, mentor in enumerate(problem.mentors)}
    surplus, total, pinned = [], 0.0, 0.0
    for mentees, block in blocks(problem):
        free = [row for row, one in enumerate(mentees) if one.id not in pins]
        open_pairs = np.where(block[free] >= floor, block[free] - price, -np.inf)
        surplus.append(open_pairs.max(axis=1, initial=-np.inf))
        for row, one in enumerate(mentees):
            if one.id in plan.mentor_of:
                score = block[row, column[plan.mentor_of[one.id]]]
                total += score
                pinned += score if one.id in pins else 0
    cost = plan.policy.place_cost
    best = np.sort(np.concatenate([np.empty(0), *surplus]))[::-1]
    paired = len(plan.mentor_of) - len(pins)
    taken = Counter(pins.values())
    rents = _rents(problem, price, taken, cost)
    bound = pinned - further(taken.values(), cost) + best[:paired].sum() + rents
    loads = Counter(plan.mentor_of.values()).values()
    another = best[paired] if len(best) > paired else -np.inf
    dearest = cost * len(problem.mentees) * max(loads, default=0)
    return Proof(
        total=float(total - further(loads, cost)),
        bound=float(bound),
        most_paired=bool(bound + another < -dearest),
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


def _rents(problem: Problem, price: np.ndarray, taken: Counter, cost: float) -> float:
    """What the places beside the pinned ones earn above their own cost."""
    return sum(
        max(price[column] - cost * place, 0)
        for column, mentor in enumerate(problem.mentors)
        for place in range(taken[mentor.id], mentor.capacity)
    )
