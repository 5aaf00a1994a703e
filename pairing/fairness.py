"""Whether a plan is fair: its lowest fits, its spread over mentors, wishes, the proof.

Figures are of the whole plan; nothing is told by groups of people.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median_low

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.charter.models import Cohort
from mentorship.participants.models import Participant
from mentorship.ui import charts
from pairing import engine, wording
from pairing.comparing import points, share, wishes
from pairing.engine.summary import Summary, summary
from pairing.models import Pair, Round

SECOND_LOOK = 50  # a fit under this is worth a second look
NAMED = 3  # so many of the lowest fits are named
RECENT_COHORTS = 3


@dataclass(frozen=True)
class Low:
    """A pair that fits less well than most."""

    mentor: Participant
    mentee: Participant
    fit: int


class Fairness:
    """What the panel "Is it fair?" shows of a round, without a query.

    `names` maps ids to places, at least those of `of_lowest_fit(plan)`.
    """

    def __init__(
        self,
        round_: Round,
        problem: engine.Problem,
        plan: engine.Plan,
        names: Mapping[str, Participant],
    ):
        self.round = round_
        self.problem, self.plan = problem, plan
        self.names = names

    @cached_property
    def summary(self) -> Summary:
        return summary(self.problem, self.plan)

    @cached_property
    def fits(self) -> list[int]:
        """The fit of every pair, the lowest first."""
        return sorted(round(100 * score) for score in self.plan.score.values())

    @property
    def chart(self) -> dict:
        """All fits as dots, with the floor."""
        chart = charts.dots(
            "fits",
            title=_("Fit of each proposed pair"),
            desc=self.caption,
            values=self.fits,
            low=SECOND_LOOK,
            floor=self.floor,
            head=(_("Fit"), _("Pairs")),
        )
        return chart | {"caption": self.caption, "dot": one_dot(chart["each"])}

    @property
    def caption(self) -> str:
        low = sum(fit < SECOND_LOOK for fit in self.fits)
        middle = median_low(self.fits) if self.fits else 0
        words = _(
            "Half of the pairs fit %(middle)s or better, %(count)s under %(low)s."
        )
        return words % {"middle": middle, "low": SECOND_LOOK, "count": low or _("none")}

    @property
    def lowest(self) -> list[Low]:
        """The pairs that fit least, for a coordinator to look at."""
        found = [
            (self.names.get(mentor), self.names.get(mentee), self.plan.score[mentee])
            for mentee, mentor in of_lowest_fit(self.plan).items()
        ]
        return [
            Low(mentor, mentee, round(100 * score))
            for mentor, mentee, score in found
            if mentor and mentee
        ]

    @property
    def floor(self) -> int | None:
        """The fit that no pair may fall below, if there is one."""
        return points(self.plan.floor) if self.plan.floor else None

    @property
    def wishes(self) -> str:
        return wishes(self.summary) if self.summary.wishes_asked else ""

    @property
    def two_way(self) -> str:
        return _("%(some)s of %(all)s") % {
            "some": self.summary.two_way,
            "all": self.summary.paired,
        }

    @property
    def silent(self) -> int:
        """Mentors of the plan who have not said what they would like to learn."""
        chosen = set(self.plan.mentor_of.values())
        return sum(
            not mentor.skills_wanted
            for mentor in self.problem.mentors
            if mentor.id in chosen
        )

    @property
    def busy(self) -> str:
        """Mentors with more than one mentee, of all who have any."""
        load = self.summary.load
        return _("%(some)s of %(all)s") % {
            "some": sum(count for mentees, count in load.items() if mentees > 1),
            "all": sum(count for mentees, count in load.items() if mentees),
        }

    @property
    def tenth(self) -> str:
        """How much the busiest tenth of the mentors carry."""
        load = self.summary.load.items()
        counts = [mentees for mentees, mentors in load for _mentor in range(mentors)]
        busiest, carried = carried_by_a_tenth(counts)
        words = ngettext(
            "The busiest of %(all)s mentors carries %(share)s %% of mentees.",
            "The %(count)s busiest of %(all)s mentors carry %(share)s %% of mentees.",
            busiest,
        )
        carries = {"count": busiest, "all": len(counts), "share": share(carried)}
        return words % carries

    @property
    def proof(self) -> str:
        return wording.proof(self.round.gap)

    @property
    def leaning(self) -> str:
        """How far this plan and recent cohorts lean on a few names, all mentees whom
        its mentors have or had counted."""
        chosen = Counter(self.plan.mentor_of.values())
        loads = [
            mentor.recent_load + mentor.taken + chosen[mentor.id]
            for mentor in self.problem.mentors
        ]
        counts = [load for load in loads if load]
        return _(
            "With recent cohorts, half of %(pairs)s pairs rest on %(count)s of %(all)s "
            "mentors."
        ) % {
            "pairs": sum(counts),
            "count": fewest_for_half(counts),
            "all": len(counts),
        }


def program_leans_on(cohort: Cohort) -> str:
    """How far the program leaned on a few names in its latest cohorts, as a sentence;
    nothing before there are pairs. One query."""
    counts = pairs_by_mentor(cohort)
    if not counts:
        return ""
    return _(
        "In the latest cohorts, half of %(pairs)s pairs rested on %(count)s of %(all)s "
        "mentors."
    ) % {"pairs": sum(counts), "count": fewest_for_half(counts), "all": len(counts)}


def of_lowest_fit(plan: engine.Plan) -> dict[str, str]:
    """{mentee: mentor} of the pairs that fit least, the lowest first."""
    score = plan.score
    least = sorted(score, key=lambda mentee: (score[mentee], mentee))[:NAMED]
    return {mentee: plan.mentor_of[mentee] for mentee in least}


def one_dot(each: int) -> str:
    """What one dot of the chart stands for."""
    return ngettext(
        "Each dot is a pair.", "Each dot is up to %(count)s pairs.", each
    ) % {"count": each}


def pairs_by_mentor(cohort: Cohort) -> list[int]:
    """How many pairs each mentor had in the program's latest cohorts; one query."""
    latest = Cohort.objects.filter(program=cohort.program_id, pilot_on__isnull=False)
    latest = latest.order_by("-pilot_on", "pk")[:RECENT_COHORTS]
    pairs = Pair.objects.filter(cohort__in=latest.values("pk")).order_by()
    by_mentor = pairs.values("mentor__user").annotate(count=Count("pk"))
    return list(by_mentor.values_list("count", flat=True))


def carried_by_a_tenth(counts: list[int]) -> tuple[int, float]:
    """(how many the busiest tenth are, the per cent of all mentees they carry)."""
    busiest = math.ceil(len(counts) / 10)
    carried = sum(sorted(counts, reverse=True)[:busiest])
    return busiest, 100 * carried / (sum(counts) or 1)


def fewest_for_half(counts: list[int]) -> int:
    """The fewest people who carry at least half of everything."""
    carried, half = 0, sum(counts) / 2
    for people, count in enumerate(sorted(counts, reverse=True), start=1):
        carried += count
        if carried >= half:
            return people
    return 0
