"""What a plan breaks, checked person by person without the engine's own limits."""

from collections import Counter

from pairing.engine import Person, Plan, Problem

HOUR = 4  # quarter hours


def breaches(problem: Problem, plan: Plan) -> list[str]:
    """Every hard rule, place or pin that the plan does not keep; empty for a good one.

    Pins are expected to be such as can all hold.
    """
    mentees = {person.id: person for person in problem.mentees}
    mentors = {person.id: person for person in problem.mentors}
    apart = kept_apart(problem)
    found = []
    for one, other in plan.mentor_of.items():
        found += impossible(mentees[one], mentors[other], problem.weeks, apart)
    for mentor, load in Counter(plan.mentor_of.values()).items():
        if load > mentors[mentor].capacity:
            found.append(f"{mentor} has {load} mentees")
    for rule in problem.rules:
        if rule.kind == "pin" and plan.mentor_of.get(rule.mentee) != rule.mentor:
            found.append(f"{rule.mentee} is pinned to {rule.mentor}")
    if sorted([*plan.mentor_of, *plan.unpaired]) != sorted(mentees):
        found.append("not everybody is either paired or told why not")
    return found


def impossible(
    mentee: Person, mentor: Person, weeks: int, apart: set[frozenset[str]]
) -> list[str]:
    """Why the two cannot be paired, whether or not the mentor has a place."""
    shared = (mentee.availability & mentor.availability).bit_count()
    asynchronous = mentee.async_only or mentor.async_only
    reasons = {
        "are one person": mentee.id == mentor.id,
        "are kept apart": frozenset({mentee.id, mentor.id}) in apart,
        "share no language": not mentee.languages & mentor.languages,
        "share no hour a week": shared < HOUR * weeks and not asynchronous,
        "are in one reporting line": mentor.line_key in mentee.managers
        or mentee.line_key in mentor.managers,
        "take a break": mentee.paused or mentor.paused or mentor.resting,
    }
    two = f"{mentee.id} and {mentor.id}"
    return [f"{two} {words}" for words, holds in reasons.items() if holds]


def kept_apart(problem: Problem) -> set[frozenset[str]]:
    """Every two people whom a rule or an earlier pair keeps apart, both ways round."""
    never = [rule for rule in problem.rules if rule.kind == "never"]
    return {frozenset({rule.mentor, rule.mentee}) for rule in never} | {
        frozenset(pair) for pair in problem.ended
    }
