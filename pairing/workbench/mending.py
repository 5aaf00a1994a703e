"""The smallest change that brings a plan up to date, before it is taken."""

from functools import cached_property

from mentorship.participants.models import Participant
from pairing import engine, wording
from pairing.actions.rounds import is_large
from pairing.actions.runs import Run, effect_of, plan_of
from pairing.models import Round


class Mending:
    """What mending a round, open or published, would do; nothing is stored."""

    def __init__(self, round_: Round, now):
        self.round, self.now = round_, now
        self.cohort = round_.cohort

    @property
    def seen(self) -> str:
        """What the form says it was looking at: the open plan, if there is one."""
        return str(self.round.pk) if self.round.is_open else ""

    @cached_property
    def can_be_shown(self) -> bool:
        """Larger plans are mended by a worker, without a look beforehand."""
        return not is_large(self.cohort, self.now)

    @cached_property
    def plan(self) -> engine.Plan:
        mended = Round(
            cohort=self.cohort,
            weights=self.round.weights,
            base=self.round,
            change={"verb": "mend"},
        )
        return Run.for_round(mended, self.cohort.program.today(self.now)).solve()

    @cached_property
    def moves(self) -> list[dict]:
        """Everybody whose mentor would change, with both mentors."""
        before = plan_of(self.round)
        found = engine.changes(before, self.plan)
        ids = {
            id
            for move in found
            for id in (move.mentee, move.from_mentor, move.to_mentor)
            if id
        }
        places = Participant.objects.filter(pk__in=ids).select_related("user")
        names = {str(place.pk): place for place in places}
        return [
            {
                "mentee": names[move.mentee],
                "before": names.get(move.from_mentor or ""),
                "after": names.get(move.to_mentor or ""),
                "fit": move.to_score and round(100 * move.to_score),
            }
            for move in found
            if move.mentee in names and self.is_about(move)
        ]

    def is_about(self, move: engine.Move) -> bool:
        """Not of somebody whom the plan has brought together with a mentor already."""
        return move.to_mentor is not None or move.mentee in self.plan.unpaired

    @property
    def is_needless(self) -> bool:
        """Whether the plan would be the same one, or nobody is left to pair."""
        if not self.can_be_shown:
            return False
        if not self.round.is_open:
            return not self.moves
        return self.plan.mentor_of == plan_of(self.round).mentor_of

    @property
    def is_hopeless(self) -> bool:
        """Whether people wait, and nothing can be done for them."""
        return self.is_needless and bool(self.plan.unpaired)

    @property
    def sentences(self) -> list[str]:
        about = {
            id for id in self.plan.mentor_of if id not in plan_of(self.round).mentor_of
        }
        effect = effect_of(self.round, self.round, self.plan, about)
        return wording.what_came_of_it(effect)
