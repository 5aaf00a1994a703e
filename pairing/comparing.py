"""Two plans by the same yardstick: their figures, and in words what differs."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from pairing import engine
from pairing.engine.summary import Summary, summary

# A change of the average fit under a twentieth of a per cent is not worth a sentence.
WORTH_SAYING = 0.05


@dataclass(frozen=True)
class Measured:
    """A plan with the fit of its pairs by the weights of `problem`, which may not be
    those it was made with."""

    problem: engine.Problem
    plan: engine.Plan

    @classmethod
    def on(cls, problem: engine.Problem, plan: engine.Plan) -> "Measured":
        """The plan as `problem` scores it; who mentors whom stays as it is."""
        pairs = list(plan.mentor_of.items())
        explained = engine.explain_pairs(problem, pairs)
        score = {
            mentee: round(sum(factor.points for factor in factors), 6)
            for (mentee, _mentor), factors in zip(pairs, explained, strict=True)
        }
        return cls(problem, replace(plan, score=score))

    @cached_property
    def summary(self) -> Summary:
        return summary(self.problem, self.plan)

    @property
    def spread(self) -> dict[int, int]:
        """How many mentors have so many mentees, from one on."""
        return {n: count for n, count in sorted(self.summary.load.items()) if n}

    @property
    def busy(self) -> int:
        """Mentors with more than one mentee."""
        return sum(count for n, count in self.spread.items() if n > 1)


def moved(before: Measured, after: Measured) -> list[engine.Move]:
    """Everyone whose mentor is another one or none, the largest loss first."""

    def gain(move: engine.Move) -> tuple:
        return (move.to_score or 0) - (move.from_score or 0), move.mentee

    return sorted(engine.changes(before.plan, after.plan), key=gain)


def points(score: float | None) -> int | None:
    """A score of 0 to 1 as the fit of 0 to 100 that screens show."""
    return None if score is None else round(100 * score)


def figures(before: Measured, after: Measured) -> list[tuple[str, str, str]]:
    """(what, in one, in the other) of everything that is counted of a plan."""
    one, other = before.summary, after.summary
    return [
        (_("People with a mentor"), str(one.paired), str(other.paired)),
        (_("All fits together"), str(whole(before)), str(whole(after))),
        (_("Average fit"), fit(one.mean), fit(other.mean)),
        (_("Lowest fit"), fit(one.lowest), fit(other.lowest)),
        (_("One in ten fits worse than"), fit(one.tenth), fit(other.tenth)),
        (_("Got one of their wishes"), wishes(one), wishes(other)),
        (_("Got their first wish"), str(one.first_wishes), str(other.first_wishes)),
        (_("Both sides gain"), str(one.two_way), str(other.two_way)),
        (_("Mentors with one mentee"), spread(before, 1), spread(after, 1)),
        (_("Mentors with more"), str(before.busy), str(after.busy)),
    ]


def whole(measured: Measured) -> int:
    return round(100 * sum(measured.plan.score.values()))


def fit(score: float | None) -> str:
    return "–" if score is None else str(points(score))


def wishes(plan: Summary) -> str:
    return _("%(some)s of %(all)s") % {
        "some": plan.wishes_honored,
        "all": plan.wishes_asked,
    }


def spread(measured: Measured, mentees: int) -> str:
    return str(measured.spread.get(mentees, 0))


# For each count: what is said of more and of fewer.
COUNTS = {
    "paired": (
        ngettext_lazy(
            "%(n)d more person has a mentor.", "%(n)d more people have a mentor.", "n"
        ),
        ngettext_lazy(
            "%(n)d person fewer has a mentor.",
            "%(n)d people fewer have a mentor.",
            "n",
        ),
    ),
    "wishes": (
        ngettext_lazy(
            "%(n)d more person gets one of their wishes.",
            "%(n)d more people get one of their wishes.",
            "n",
        ),
        ngettext_lazy(
            "%(n)d person fewer gets one of their wishes.",
            "%(n)d people fewer get one of their wishes.",
            "n",
        ),
    ),
    "busy": (
        ngettext_lazy(
            "%(n)d more mentor has more than one mentee.",
            "%(n)d more mentors have more than one mentee.",
            "n",
        ),
        ngettext_lazy(
            "%(n)d mentor fewer has more than one mentee.",
            "%(n)d mentors fewer have more than one mentee.",
            "n",
        ),
    ),
}


def differences(before: Measured, after: Measured) -> list[str]:
    """What the second plan does otherwise, a sentence each; none if it is the same."""
    one, other = before.summary, after.summary
    said = [
        counted("paired", other.paired - one.paired),
        counted("wishes", other.wishes_honored - one.wishes_honored),
        average(one.mean, other.mean),
        lowest(one.lowest, other.lowest),
        counted("busy", after.busy - before.busy),
        movers(before, after),
    ]
    return [sentence for sentence in said if sentence]


def counted(what: str, more: int) -> str:
    if not more:
        return ""
    words = COUNTS[what][more < 0]
    return words % {"n": abs(more)}


def average(before: float | None, after: float | None) -> str:
    if not before or not after:
        return ""
    change = 100 * (after - before) / before
    if abs(change) < WORTH_SAYING:
        return ""
    words = (
        _("The average fit rises by %(share)s %%.")
        if change > 0
        else _("The average fit falls by %(share)s %%.")
    )
    return words % {"share": share(abs(change))}


def share(per_cent: float) -> str:
    """A percentage with the digits it can carry: 12, 1.4, 0.1 or 0.02."""
    digits = 0 if per_cent >= 10 else 1 if per_cent >= 0.1 else 2
    rounded = round(per_cent, digits)
    return number_format(rounded, 0 if rounded == int(rounded) else digits)


def lowest(before: float | None, after: float | None) -> str:
    one, other = points(before), points(after)
    if one is None or other is None or one == other:
        return ""
    words = (
        _("The lowest fit rises from %(before)s to %(after)s.")
        if other > one
        else _("The lowest fit falls from %(before)s to %(after)s.")
    )
    return words % {"before": one, "after": other}


def movers(before: Measured, after: Measured) -> str:
    """How many have a mentor either way, but not the same one."""
    moves = engine.changes(before.plan, after.plan)
    count = sum(bool(move.from_mentor and move.to_mentor) for move in moves)
    if not count:
        return ""
    words = ngettext(
        "%(n)d person gets another mentor.", "%(n)d people get another mentor.", count
    )
    return words % {"n": count}
