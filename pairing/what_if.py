"""What other settings would change in a cohort, worked out before they are adopted."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from mentorship.charter.models import Cohort
from pairing import engine
from pairing.actions.runs import Run
from pairing.comparing import Measured, differences, figures, points, share
from pairing.proposing import problem_of
from pairing.what_counts import Settings, changed, in_words

# More people than this are not tried while somebody waits; they see the new plan on
# the workbench, where it is still a proposal. A plan's time grows with the square of
# the people, and each change takes one: so much of both is three seconds or so.
MOST_PEOPLE = 2_000
MOST_TRIES = 5 * MOST_PEOPLE**2


@dataclass(frozen=True)
class Effect:
    """One change and what it alone would do, in sentences."""

    name: str
    before: str
    after: str
    sentences: list[str]


class Trial:
    """Settings in force against others, on everyone of a cohort who waits now and by
    the yardstick in force. Nothing is stored."""

    def __init__(self, cohort: Cohort, today: date, before: Settings, after: Settings):
        self.cohort, self.day = cohort, today
        self.before, self.after = before, after
        self.fetched: dict[tuple, engine.Problem] = {}

    @cached_property
    def size(self) -> int:
        """How many people it is tried on; none where one side is empty."""
        sides = len(self.yardstick.mentees), len(self.yardstick.mentors)
        return sum(sides) if all(sides) else 0

    @property
    def can_be_tried(self) -> bool:
        return self.size <= MOST_PEOPLE

    @cached_property
    def knobs(self) -> list[str]:
        return changed(self.before, self.after)

    @property
    def tries_each(self) -> bool:
        """Whether there is time for every change by itself."""
        return len(self.knobs) * self.size**2 <= MOST_TRIES

    def problem_under(self, settings: Settings) -> engine.Problem:
        """Everyone who waits. Who rests and whether goals are read depends on the
        settings, so people are fetched once for each of these."""
        weights, rest = settings.engine_weights(), int(settings.policy["rest_after"])
        key = rest, weights.goal_text > 0
        if key not in self.fetched:
            self.fetched[key] = problem_of(self.cohort, weights, self.day, rest)
        return replace(self.fetched[key], weights=weights)

    @cached_property
    def yardstick(self) -> engine.Problem:
        """The people as what counts today sees them."""
        return self.problem_under(self.before)

    def plan_under(self, settings: Settings) -> Measured:
        problem = self.yardstick
        if settings != self.before:
            problem = self.problem_under(settings)
        plan = engine.solve(problem, settings.engine_policy())
        return Measured.on(self.yardstick, plan)

    @cached_property
    def today(self) -> Measured:
        return self.plan_under(self.before)

    @cached_property
    def then(self) -> Measured:
        return self.plan_under(self.after)

    @property
    def effects(self) -> list[Effect]:
        """Each change by itself, in the order of the page; without sentences where
        there is no time to try it."""
        words = in_words(self.before, self.after)
        return [
            Effect(*said, self.alone(knob) if self.tries_each else [])
            for knob, said in zip(self.knobs, words, strict=True)
        ]

    def alone(self, knob: str) -> list[str]:
        """What this knob would do if nothing else were changed."""
        moved = {**self.before.as_dict(), knob: self.after.as_dict()[knob]}
        settings = Settings.from_dict(moved)
        if not any(settings.values.values()):
            return [_("By itself this would leave nothing that counts.")]
        other = self.then if settings == self.after else self.plan_under(settings)
        said = self.said_of(other)
        if knob == "floor_share":
            two = [self.today.plan, other.plan]
            said.append(price(*sorted(two, key=lambda plan: plan.policy.floor_share)))
        return said

    @cached_property
    def together(self) -> list[str]:
        """What all changes would do at once."""
        return self.said_of(self.then)

    @property
    def figures(self) -> list[tuple[str, str, str]]:
        return figures(self.today, self.then)

    def said_of(self, other: Measured) -> list[str]:
        said = differences(self.today, other)
        return said or [_("Nothing would change in this cohort.")]


def price_of_floor(run: Run, plan: engine.Plan) -> str:
    """What the floor for the worst-off costs all others in the plan of this run, as a
    sentence; nothing where there is no floor."""
    if not plan.floor:
        return ""
    if len(run.problem.mentees) + len(run.problem.mentors) > MOST_PEOPLE:
        return _("This plan is about too many people to work it out while you wait.")
    policy = replace(run.policy, floor_share=0.0, floor=None)
    return price(replace(run, policy=policy).solve(), plan)


def price(free: engine.Plan, floored: engine.Plan) -> str:
    """What a plan with a floor costs, against one without and by the same weights."""
    before, after = lowest_of(free), lowest_of(floored)
    if before is None or after is None or not free.total:
        return ""
    if points(before) >= points(after):
        return _("It costs nothing: nobody would be under it anyway.")
    lost = 100 * (free.total - floored.total) / free.total
    return _(
        "Raising the lowest fit from %(before)s to %(after)s costs %(share)s %% of the "
        "whole."
    ) % {"before": points(before), "after": points(after), "share": share(lost)}


def lowest_of(plan: engine.Plan) -> float | None:
    return min(plan.score.values(), default=None)
