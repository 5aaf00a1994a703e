"""Whose turn it is to mentor: rest for those who carried, a welcome for the new."""

from collections import defaultdict

from django.db.models import Count, Min

from mentorship.charter.models import Cohort
from pairing.models import Pair

# The latest other cohorts, whose mentees count as recent load.
RECENT = 2


class Turns:
    """What the program's other cohorts asked of its mentors; two queries."""

    def __init__(self, cohort: Cohort, users, rest_after: int):
        self.rest_after = rest_after
        self.latest = latest_cohorts(cohort)
        self.mentees: dict = defaultdict(dict)
        carried = Pair.objects.filter(mentor__user__in=users).exclude(cohort=cohort)
        rows = carried.order_by().values_list("mentor__user", "cohort")
        for user, earlier, count in rows.annotate(Count("pk")):
            self.mentees[user][earlier] = count

    def must_rest(self, user) -> bool:
        """Whether they mentored in each of the last `rest_after` cohorts."""
        last = self.latest[: self.rest_after]
        return len(last) == self.rest_after > 0 and all(
            earlier in self.mentees[user] for earlier in last
        )

    def is_new(self, user) -> bool:
        return not self.mentees[user]

    def recent_load(self, user) -> int:
        """How many mentees they had in recent cohorts."""
        return sum(
            self.mentees[user].get(earlier, 0) for earlier in self.latest[:RECENT]
        )


def latest_cohorts(cohort: Cohort) -> list:
    """Ids of the program's other cohorts that have pairs, the latest begun first."""
    others = Pair.objects.filter(cohort__program=cohort.program_id)
    begun = (
        others.exclude(cohort=cohort)
        .order_by()
        .values("cohort")
        .annotate(began=Min("started_on"))
        .order_by("-began", "cohort")
    )
    return [row["cohort"] for row in begun]
