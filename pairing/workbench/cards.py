"""One proposed pair with its reasons in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mentorship.participants.models import Participant
from pairing import wording
from pairing.models import PairRule, Proposal


@dataclass
class Card:
    """A proposal as coordinators see it. `names` maps places' ids to places, `others`
    is how many other mentors there are. `whole` is what one more person paired is
    worth, which every place is where people are left over: `is_scarce`."""

    proposal: Proposal
    labels: dict[str, str]
    rule: PairRule | None
    whole: float = 1.0
    is_scarce: bool = False
    others: int = 0
    names: Mapping[str, Participant] = field(default_factory=dict)

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
    def price(self) -> str:
        """What the mentor's place is worth to others, when it is much and not the
        same everywhere."""
        if self.is_scarce and self.proposal.price >= self.whole / 2:
            return ""
        return wording.price(self.proposal.price, self.whole, self.proposal.mentor)

    @property
    def next_best(self) -> str:
        """The two other mentors who would cost the cohort least."""
        found = (self.names.get(it["mentor"]) for it in self.proposal.alternates)
        return wording.listed(place.name for place in found if place)

    @property
    def is_proposed(self) -> bool:
        return self.proposal.state == Proposal.State.PROPOSED

    @property
    def is_pinned(self) -> bool:
        return self.rule is not None and self.rule.kind == PairRule.Kind.PIN

    @property
    def places(self) -> int:
        return self.proposal.mentor.capacity or 0
