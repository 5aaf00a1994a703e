"""What others did to the plan while somebody looked at an older one."""

from functools import cached_property

from mentorship.participants.models import Participant
from pairing import wording
from pairing.models import Round

# The story is told from the end; older steps are left out.
STEPS = 10


class Meanwhile:
    """The rounds of a cohort since the one that was seen, in words."""

    def __init__(self, cohort, seen):
        self.cohort, self.seen = cohort, seen

    @cached_property
    def rounds(self) -> list[Round]:
        since = Round.objects.filter(cohort=self.cohort).with_plan()
        if self.seen:
            since = since.filter(number__gt=self.seen.number)
        light = since.select_related("by").defer("inputs", "result")
        return list(light.order_by("-number")[:STEPS])[::-1]

    @cached_property
    def names(self) -> dict[str, Participant]:
        ids = {id for round_ in self.rounds for id in round_.change.get("people", ())}
        places = Participant.objects.filter(pk__in=ids).select_related("user")
        return {str(place.pk): place for place in places}

    @property
    def steps(self) -> list[dict]:
        """Who did what, and when, the oldest first."""
        return [
            {
                "by": round_.by.name,
                "at": round_.at,
                "words": wording.what_was_done(round_.change, self.names),
            }
            for round_ in self.rounds
        ]

    @property
    def is_published(self) -> bool:
        """Whether the plan that was seen has been told to people since."""
        return self.seen is not None and self.seen.published_at is not None
