"""From one plan to the next: few changes, and who they are about."""

from dataclasses import replace

from .alternatives import Move
from .plan import Plan
from .problem import Policy, Problem
from .solving import solve

LOYALTY = 0.02  # points by which a pair in force is preferred when replanning


def repair(
    problem: Problem,
    plan: Plan,
    policy: Policy | None = None,
    *,
    loyalty: float = LOYALTY,
) -> Plan:
    """A plan for the changed problem that changes little of the given one.

    Every pair kept earns `loyalty`, so that nobody moves for less; with 0 this is
    `solve(problem)`.
    """
    policy = replace(policy or plan.policy, loyalty=loyalty)
    return solve(problem, policy, keep=plan.mentor_of if loyalty else None)


def changes(before: Plan, after: Plan) -> list[Move]:
    """Everyone whose mentor differs, in the order of ids."""
    everyone = sorted(before.mentor_of.keys() | after.mentor_of.keys())
    return [
        Move(
            mentee=mentee,
            from_mentor=before.mentor_of.get(mentee),
            to_mentor=after.mentor_of.get(mentee),
            from_score=before.score.get(mentee),
            to_score=after.score.get(mentee),
        )
        for mentee in everyone
        if before.mentor_of.get(mentee) != after.mentor_of.get(mentee)
    ]
