"""Everyone who waits, what counts and what must hold, as one problem."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from mentorship.charter.models import Cohort
from mentorship.participants.models import Participant
from mentorship.participants.proposing import collector_paused
from pairing import engine
from pairing.models import Pair, PairRule, Proposal, Weights

from .facts import Facts
from .waiting import ready_mentors, waiting_mentees

# How earlier pairs ended that must not return.
NOT_AGAIN = [Pair.Ending.SWITCHED, Pair.Ending.LEFT, Pair.Ending.WITHDRAWN]
# After mentoring in so many cohorts in a row, a mentor rests for one.
REST_AFTER = 2


def policy_of(weights: Weights, **more) -> engine.Policy:
    """How a plan is chosen under these weights; `more` are fields of the policy."""
    named = ("place_cost", "floor_share")
    kept = {name: weights.policy[name] for name in named if name in weights.policy}
    return engine.Policy(**kept | more)


def rest_after_of(weights: Weights) -> int:
    """After how many cohorts in a row a mentor rests; 0 is never."""
    return weights.policy.get("rest_after", REST_AFTER)


def window_of(cohort: Cohort, today: date) -> tuple[date, int]:
    """The first day and the number of weeks over which shared hours are counted: the
    pilot's weeks, from the day it can begin, so that summer time counts."""
    start = max(today, cohort.pilot_on or today)
    charter = cohort.program.versions.in_force().first()
    return start, charter.pilot_weeks if charter else 1


@collector_paused()
def problem_of(
    cohort: Cohort,
    weights: engine.Weights,
    today: date,
    rest_after: int = REST_AFTER,
    only: Collection = (),
) -> engine.Problem:
    """Everyone of the cohort who waits for a match, as the engine sees them; with
    `only`, those of them with these places' ids."""
    named = Q(pk__in=only) if only else Q()
    mentees = fetched(waiting_mentees(cohort, today).filter(named))
    mentors = fetched(ready_mentors(cohort, today).filter(named))
    places = {place.pk: place for place in [*mentees, *mentors]}
    facts = Facts(
        cohort,
        list(places.values()),
        *window_of(cohort, today),
        rest_after,
        reads_goals=weights.goal_text > 0,
    )
    return engine.Problem(
        mentees=tuple(facts.mentee(place) for place in mentees),
        mentors=tuple(facts.mentor(place) for place in mentors),
        weights=weights,
        rules=tuple(rules_of(cohort)),
        ended=tuple(ended_pairs(cohort, {p.user_id: p for p in places.values()})),
        weeks=facts.weeks,
    )


def fetched(places) -> list[Participant]:
    """The places with their people's profiles."""
    return list(places.select_related("user__profile"))


def rules_of(cohort: Cohort) -> Iterable[engine.Rule]:
    """The human decisions of the cohort in the engine's words; one that a person asked
    for, and the program itself wrote down, says nothing of where it comes from. A pin
    of two who have a pair or an offer by now has done its work and is left out."""
    two = {"mentor": OuterRef("mentor"), "mentee": OuterRef("mentee")}
    is_done = Exists(Pair.objects.running().filter(**two)) | Exists(
        Proposal.objects.offered().filter(**two)
    )
    rules = PairRule.objects.filter(cohort=cohort)
    rules = rules.exclude(is_done, kind=PairRule.Kind.PIN)
    for rule in rules.select_related("by"):
        yield engine.Rule(
            kind=rule.kind,  # type: ignore[arg-type]
            mentor=str(rule.mentor_id),
            mentee=str(rule.mentee_id),
            reason="" if rule.is_private else rule.reason,
            by="" if rule.is_private else rule.by.name,
            at=rule.at.isoformat(),
        )


def ended_pairs(cohort: Cohort, places: dict) -> Iterable[tuple[str, str]]:
    """(mentor, mentee) among `places` whose earlier pair must not return."""
    ended = Pair.objects.filter(
        cohort__program=cohort.program_id,
        ending__in=NOT_AGAIN,
        mentor__user__in=places,
        mentee__user__in=places,
    ).values_list("mentor__user", "mentee__user")
    for mentor, mentee in ended.distinct():
        yield str(places[mentor].pk), str(places[mentee].pk)
