"""What the workbench shows of a round: cards, who is left over, and a few readings."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from mentorship.participants.models import Participant
from pairing import wording
from pairing.models import PairRule, Proposal, Round

# The engine proves its plans; less than this is rounding.
PROVEN = 1e-6


@dataclass
class Card:
    """One proposed pair with its reasons in words."""

    proposal: Proposal
    labels: dict
    rule: PairRule | None

    @property
    def why(self) -> list[str]:
        return wording.why(self.proposal, self.labels)

    @property
    def weakness(self) -> str:
        return wording.weakness(self.proposal, self.labels)

    @property
    def bars(self) -> list[dict]:
        return wording.bars(self.proposal)

    @property
    def score(self) -> int:
        return round(100 * self.proposal.score)

    @property
    def fit(self) -> str:
        return wording.fit(self.proposal.score)

    @property
    def is_pinned(self) -> bool:
        return self.rule is not None and self.rule.kind == PairRule.Kind.PIN


class Workbench:
    """The latest round of a cohort, with a fixed number of queries."""

    def __init__(self, cohort):
        self.cohort = cohort

    @cached_property
    def round(self) -> Round | None:
        return Round.objects.select_related("snapshot").latest_of(self.cohort)

    @property
    def is_open(self) -> bool:
        return self.round is not None and self.round.state == Round.State.PROPOSED

    @cached_property
    def proposals(self) -> list[Proposal]:
        if self.round is None:
            return []
        shown = self.round.proposals.exclude(state=Proposal.State.DROPPED)
        return list(shown.with_people())

    @cached_property
    def rules(self) -> list[PairRule]:
        rules = PairRule.objects.filter(cohort=self.cohort)
        return list(rules.select_related("mentor__user", "mentee__user"))

    @cached_property
    def labels(self) -> dict:
        return wording.skill_labels(self.cohort.program)

    def cards(self, proposals: list[Proposal]) -> list[Card]:
        rules = {(rule.mentor_id, rule.mentee_id): rule for rule in self.rules}
        return [
            Card(p, self.labels, rules.get((p.mentor_id, p.mentee_id)))
            for p in proposals
        ]

    @cached_property
    def left_over(self) -> dict[str, Participant]:
        """{id: place} of mentees and mentors whom the plan leaves without anyone."""
        if self.round is None:
            return {}
        places = Participant.objects.filter(
            pk__in=[*self.round.result["unpaired"], *self.idle_ids]
        )
        return {str(place.pk): place for place in places.select_related("user")}

    @property
    def idle_ids(self) -> list[str]:
        busy = set(self.round.result["mentor_of"].values())
        mentors = self.round.snapshot.people["mentors"]
        return [m["id"] for m in mentors if m["capacity"] and m["id"] not in busy]

    @property
    def unmatched(self) -> list[dict]:
        """Mentees without a mentor, each with the reason in words."""
        found = self.round.result["unpaired"] if self.round else {}
        return [
            {"place": self.left_over[id], "why": wording.why_unpaired(facts)}
            for id, facts in found.items()
            if id in self.left_over
        ]

    @property
    def idle(self) -> list[Participant]:
        """Mentors whom the plan gives nobody."""
        ids = self.idle_ids if self.round else []
        return [self.left_over[id] for id in ids if id in self.left_over]

    @property
    def readings(self) -> list[tuple]:
        """The plan in a few readings: words and a figure."""
        scores = [proposal.score for proposal in self.proposals]
        if not scores:
            return []
        asked, honored = self.wishes()
        some_of_all = _("%(some)s of %(all)s")
        mentees = self.round.result["log"]["mentees"]
        paired = some_of_all % {"some": len(scores), "all": mentees}
        readings = [
            (_("Mentees with a mentor"), paired),
            (_("The lowest fit"), round(100 * min(scores))),
            (_("This plan"), self.proof),
        ]
        if asked:
            wishes = some_of_all % {"some": honored, "all": asked}
            readings.append((_("Got one of their wishes"), wishes))
        return readings

    @property
    def proof(self) -> str:
        if self.round.gap <= PROVEN:
            return _("The best there is")
        return _("At most %(gap)s %% below the best") % {
            "gap": round(100 * self.round.gap, 3)
        }

    def wishes(self) -> tuple[int, int]:
        """How many of the paired asked for somebody, and how many got one of them."""
        ranks = [
            factor["evidence"]["rank"]
            for proposal in self.proposals
            for factor in proposal.reasons
            if factor["name"] == "wishes" and factor["evidence"]
        ]
        return len(ranks), sum(rank is not None for rank in ranks)
