"""Other mentors for one mentee: what each would cost, and why not somebody."""

from dataclasses import replace
from functools import cached_property

from mentorship.participants.models import Participant
from pairing import engine, wording
from pairing.actions.runs import Run, plan_of, run_of
from pairing.models import Proposal, Round

TOLD = [Proposal.State.OFFERED, Proposal.State.ACCEPTED]
# Alternatives in the table; the others are found by name.
SHOWN = 8


class Others:
    """A mentee of an open plan, the mentors beside the proposed one, and one of them
    whom the reader asked about."""

    def __init__(self, round_: Round, mentee: Participant, reader, asked: str = ""):
        self.round, self.mentee, self.asked = round_, mentee, asked
        self.reader = reader
        self.id = str(mentee.pk)

    @cached_property
    def run(self) -> Run:
        """The round's run, in which those who were told of their mentor stay there."""
        run = run_of(self.round.pk)
        told = self.round.proposals.filter(state__in=TOLD)
        kept = {(rule.mentor, rule.mentee) for rule in run.problem.rules}
        two = [(str(a), str(b)) for a, b in told.values_list("mentor", "mentee")]
        pins = tuple(engine.Rule("pin", *pair) for pair in two if pair not in kept)
        if not pins:
            return run
        return replace(
            run, problem=replace(run.problem, rules=run.problem.rules + pins)
        )

    @cached_property
    def plan(self) -> engine.Plan:
        return plan_of(self.round)

    @cached_property
    def is_in_plan(self) -> bool:
        return any(person.id == self.id for person in self.run.problem.mentees)

    @cached_property
    def alternatives(self) -> list[engine.Alternative]:
        return engine.alternatives(self.run.problem, self.plan, self.id)

    @cached_property
    def names(self) -> dict[str, Participant]:
        """Everyone of the plan by id; one query."""
        problem = self.run.problem
        ids = [person.id for person in (*problem.mentors, *problem.mentees)]
        places = Participant.objects.filter(pk__in=ids).select_related("user")
        return {str(place.pk): place for place in places}

    @property
    def mentors(self) -> list[Participant]:
        """Everybody of the plan who could be asked about, by name."""
        now = self.plan.mentor_of.get(self.id)
        ids = [person.id for person in self.run.problem.mentors]
        return [
            place for id, place in self.names.items() if id in set(ids) - {now, self.id}
        ]

    @property
    def mentees(self) -> list[Participant]:
        """Mentees with another mentor, to swap with."""
        mine = self.plan.mentor_of.get(self.id)
        found = self.plan.mentor_of if mine else {}
        return [
            place
            for id, place in self.names.items()
            if id in found and found[id] not in (mine, self.id)
        ]

    @property
    def count(self) -> int:
        return len(self.alternatives)

    @property
    def rows(self) -> list[dict]:
        """The cheapest alternatives, each with what it means."""
        return [self.row(found) for found in self.alternatives[:SHOWN]]

    def row(self, found: engine.Alternative) -> dict:
        """One alternative in words and points."""
        now = self.plan.score.get(self.id, 0.0)
        gain = round(100 * found.score) - round(100 * now)
        return {
            "mentor": self.names[found.mentor],
            "fit": round(100 * found.score),
            "gain": gain,
            "gain_size": abs(gain),
            "moves": [self.move(move) for move in found.moves[:3]],
            "more": max(0, len(found.moves) - 3),
            "fewer": found.fewer_paired,
            "under_floor": found.under_floor,
            "loss": wording.points(found.cost)
            if wording.is_worth_telling(found.cost)
            else "",
            "is_loss": found.cost > 0,
        }

    def move(self, move: engine.Move) -> str:
        """Where somebody else would go."""
        return wording.move(move, self.names)

    @cached_property
    def answer(self) -> dict | None:
        """Why not the mentor who was asked about: limits in words, or what it costs."""
        if self.asked not in self.names or self.asked == self.id:
            return None
        mentor = self.names[self.asked]
        try:
            found = engine.why_not(self.run.problem, self.plan, self.id, self.asked)
        except KeyError:
            return None
        if isinstance(found, engine.HardConflict):
            if self.reader.pk in {mentor.user_id, self.mentee.user_id}:
                return {"mentor": mentor, "why": [wording.about_yourself()]}
            why = wording.why_not(found.limits, found.facts, mentor, self.mentee)
            return {"mentor": mentor, "why": why, "rules": self.rules_in(found)}
        if found.alternative is None:
            return {"mentor": mentor, "is_now": True}
        is_free = isinstance(found, engine.Equal)
        return {
            "mentor": mentor,
            "is_free": is_free,
            "row": self.row(found.alternative),
        }

    def rules_in(self, found: engine.HardConflict) -> list[dict]:
        """The decisions in the way that a coordinator may take back."""
        rules = [*found.facts["rules"], *found.facts["pins"]]
        return [
            {
                "mentor": self.names[rule.mentor],
                "mentee": self.names[rule.mentee],
                "kind": rule.kind,
                "by": rule.by,
                "day": wording.day_of(rule.at),
            }
            for rule in rules
            if rule.by and {rule.mentor, rule.mentee} <= self.names.keys()
        ]
