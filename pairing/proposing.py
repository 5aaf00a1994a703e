"""From rows to the engine's problem, one query for each table, and back."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q, QuerySet

from mentorship.accounts.models import User
from mentorship.charter.models import Cohort
from mentorship.participants.models import (
    Availability,
    OfferedSkill,
    Participant,
    WantedSkill,
)
from pairing.engine import (
    Person,
    Plan,
    Problem,
    Rule,
    Weights,
    availability_bits,
    explain_pairs,
    manager_chains,
)
from pairing.models import Pair, PairRule, Proposal

# Weekly hours are read on the dates of so many weeks.
WEEKS = 4
# How earlier pairs ended that must not return.
NOT_AGAIN = [Pair.Ending.SWITCHED, Pair.Ending.LEFT, Pair.Ending.WITHDRAWN]


def waiting_mentees(cohort: Cohort) -> QuerySet[Participant]:
    """Ready mentees without a running pair or an open offer."""
    return (
        Participant.objects.filter(cohort=cohort)
        .mentees()
        .ready()
        .exclude(pk__in=Pair.objects.running().values("mentee"))
        .exclude(pk__in=Proposal.objects.offered().values("mentee"))
    )


def mentors_with_room(cohort: Cohort) -> list[Participant]:
    """Ready mentors, with `free`: places neither filled nor offered to somebody."""
    running = ~Q(pairs_as_mentor__state="ended")
    mentors = list(
        Participant.objects.filter(cohort=cohort)
        .mentors()
        .ready()
        .select_related("user__profile")
        .annotate(taken=Count("pairs_as_mentor", filter=running))
    )
    offered = Counter(
        Proposal.objects.offered()
        .filter(round__cohort=cohort)
        .values_list("mentor", flat=True)
    )
    for mentor in mentors:
        mentor.free = max(0, mentor.capacity - mentor.taken - offered[mentor.pk])
    return mentors


def problem_of(cohort: Cohort, weights: Weights, start: date) -> Problem:
    """Everyone of the cohort who waits for a match, as the engine sees them.

    `start` is the day from which weekly hours are read, so that summer time counts.
    """
    mentees = list(waiting_mentees(cohort).select_related("user__profile"))
    mentors = mentors_with_room(cohort)
    facts = Facts(cohort, [*mentees, *mentors], start, bool(weights.goal_text))
    return Problem(
        mentees=tuple(facts.person(place) for place in mentees),
        mentors=tuple(facts.person(place, place.free) for place in mentors),
        weights=weights,
        rules=tuple(rules_of(cohort)),
        ended=tuple(ended_pairs(cohort, {p.user_id: p for p in [*mentees, *mentors]})),
        weeks=WEEKS,
    )


def rules_of(cohort: Cohort) -> Iterable[Rule]:
    """The human decisions of the cohort in the engine's words."""
    for rule in PairRule.objects.filter(cohort=cohort).select_related("by"):
        yield Rule(
            kind=rule.kind,  # type: ignore[arg-type]
            mentor=str(rule.mentor_id),
            mentee=str(rule.mentee_id),
            reason=rule.reason,
            by=str(rule.by),
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
    for mentor, mentee in ended:
        yield str(places[mentor].pk), str(places[mentee].pk)


class Facts:
    """What the engine may know about people, fetched once for all of them.

    Words of goals are handed over only where the weights ask for them.
    """

    def __init__(self, cohort: Cohort, places: list, start: date, with_text: bool):
        self.start = start
        self.with_text = with_text
        users = [place.user_id for place in places]
        self.hours = self.hours_of(users)
        self.offered = self.skills_of(OfferedSkill, users)
        self.wanted = self.skills_of(WantedSkill, users)
        self.managers = manager_chains(
            dict(
                User.objects.exclude(manager_email="").values_list(
                    "email", "manager_email"
                )
            )
        )
        self.load = Counter(
            Pair.objects.filter(
                cohort__program=cohort.program_id, mentor__user__in=users
            )
            .exclude(cohort=cohort)
            .values_list("mentor__user", flat=True)
        )
        self.mentor_of_email = {p.user.email: str(p.pk) for p in places if p.is_mentor}

    def hours_of(self, users) -> dict:
        """{user: quarter hours of the weeks}, each slot read in its own zone."""
        slots = defaultdict(lambda: defaultdict(list))
        for slot in Availability.objects.filter(profile__in=users):
            when = (slot.weekday, slot.starts, slot.ends)
            slots[slot.profile_id][slot.zone].append(when)
        return {
            user: reduce(
                or_,
                (
                    availability_bits(s, zone, self.start, WEEKS)
                    for zone, s in zones.items()
                ),
            )
            for user, zones in slots.items()
        }

    @staticmethod
    def skills_of(model, users) -> dict:
        """{user: {skill slug: level or None}}."""
        found = defaultdict(dict)
        rows = model.objects.filter(profile__in=users).values_list(
            "profile", F("skill__slug"), "level"
        )
        for user, slug, level in rows:
            found[user][slug] = level
        return found

    def person(self, place: Participant, capacity: int = 0) -> Person:
        """One place as the engine may see it."""
        user, profile = place.user, place.user.profile
        wishes = (self.mentor_of_email.get(email) for email in place.wished_emails)
        return Person(
            id=str(place.pk),
            languages=frozenset(profile.languages),
            availability=self.hours.get(user.pk, 0),
            async_only=place.async_only,
            skills_offered=self.offered.get(user.pk, {}),
            skills_wanted=self.wanted.get(user.pk, {}),
            goal_text=profile.goals if self.with_text else "",
            interests=tags(profile.interests),
            working_style=tags(profile.working_style.split(",")),
            values=tags(profile.values),
            good_mentor=tags(re.split(r"[.,;\n]", profile.good_mentor)),
            learning_preference=profile.learning.lower(),
            function=place.function.lower(),
            capacity=capacity,
            recent_load=self.load[user.pk],
            first_time=place.is_mentor and not self.load[user.pk],
            wishes=tuple(wish for wish in wishes if wish),
            line_key=user.email,
            managers=self.managers.get(user.email, frozenset()),
        )


def tags(words: Iterable[str]) -> frozenset[str]:
    """Words as tags: trimmed and in small letters."""
    return frozenset(word.strip().lower() for word in words) - {""}


def proposals_of(round_, problem: Problem, plan: Plan) -> list[Proposal]:
    """The plan's pairs as unsaved proposals, each with the factors of its score."""
    return [
        Proposal(
            round=round_,
            mentor_id=mentor,
            mentee_id=mentee,
            score=plan.score[mentee],
            price=min(plan.price[mentor], 1.0),
            reasons=[
                {
                    "name": factor.name,
                    "weight": round(factor.weight, 6),
                    "value": round(factor.value, 6),
                    "points": round(factor.points, 6),
                    "evidence": factor.evidence,
                }
                for factor in factors
            ],
        )
        for (mentee, mentor), factors in zip(
            plan.mentor_of.items(),
            explain_pairs(problem, plan.mentor_of.items()),
            strict=True,
        )
    ]
