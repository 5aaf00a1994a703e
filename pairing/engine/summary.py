"""One plan in figures, for people who judge it as a whole."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from .levels import fit
from .person import Levels
from .plan import Plan
from .problem import Problem


@dataclass(frozen=True)
class Summary:
    """A plan in figures.

    `lowest`, `tenth` (the 10th percentile) and `mean` are of the scores, None without
    pairs. `load`: how many mentors have so many mentees, from 0 on. `wishes_asked`: how
    many of the paired wished for somebody; `wishes_honored` and `first_wishes`: how
    many got one, and their first. `two_way`: pairs in which each side can teach the
    other something that they want to learn.
    """

    paired: int
    lowest: float | None
    tenth: float | None
    mean: float | None
    load: dict[int, int]
    wishes_asked: int
    wishes_honored: int
    first_wishes: int
    two_way: int


def summary(problem: Problem, plan: Plan) -> Summary:
    """The plan in figures; scores as the plan has them."""
    scores = np.array(list(plan.score.values()))
    mentees = {person.id: person for person in problem.mentees}
    mentors = {person.id: person for person in problem.mentors}
    pairs = [(mentees[e], mentors[o]) for e, o in plan.mentor_of.items()]
    ranks = [e.wishes.index(o.id) for e, o in pairs if o.id in e.wishes]
    busy = Counter(plan.mentor_of.values())
    able = [o.id for o in problem.mentors if o.capacity or o.id in busy]
    return Summary(
        paired=len(pairs),
        lowest=float(scores.min()) if len(scores) else None,
        tenth=float(np.percentile(scores, 10)) if len(scores) else None,
        mean=float(scores.mean()) if len(scores) else None,
        load=dict(Counter(busy[mentor] for mentor in able)),
        wishes_asked=sum(bool(e.wishes) for e, _ in pairs),
        wishes_honored=len(ranks),
        first_wishes=ranks.count(0),
        two_way=sum(
            teaches(o.skills_offered, e.skills_wanted)
            and teaches(e.skills_offered, o.skills_wanted)
            for e, o in pairs
        ),
    )


def teaches(offered: Levels, wanted: Levels) -> bool:
    """Whether any wanted skill is offered at a level that helps."""
    return any(
        fit(level, offered[skill]) > 0
        for skill, level in wanted.items()
        if skill in offered
    )
