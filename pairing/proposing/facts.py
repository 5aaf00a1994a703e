"""What the engine may know about people, fetched once for all of them."""

from collections import defaultdict
from datetime import date
from functools import lru_cache

from django.db.models import F

from mentorship.accounts.models import User
from mentorship.charter.models import Cohort
from mentorship.participants.models import (
    Availability,
    OfferedSkill,
    Participant,
    WantedSkill,
)
from pairing.engine import Person, availability_bits, manager_chains
from pairing.models import Wish

from .turns import Turns


class Facts:
    """The rows behind every person of a problem; `start` and `weeks` are the days over
    which shared hours count. What people wrote as goals stays out unless it counts."""

    def __init__(
        self,
        cohort: Cohort,
        places: list[Participant],
        start: date,
        weeks: int,
        rest_after: int,
        reads_goals: bool,
    ):
        self.weeks, self.reads_goals = weeks, reads_goals
        users = [place.user_id for place in places]
        self.hours = hours_of(users, start, weeks)
        self.offered = skills_of(OfferedSkill, users)
        self.wanted = skills_of(WantedSkill, users)
        self.managers = managers()
        self.turns = Turns(cohort, users, rest_after)
        self.wishes = wishes_of(places)

    def mentee(self, place: Participant) -> Person:
        """A place on the learning side."""
        return Person(**self.known(place), wishes=self.wishes.get(place.pk, ()))

    def mentor(self, place) -> Person:
        """A place of `ready_mentors` on the giving side, with its free places."""
        return Person(
            **self.known(place),
            capacity=max(0, place.capacity - place.taken),
            taken=place.taken,
            paused=place.is_paused,
            resting=self.turns.must_rest(place.user_id),
            first_time=self.turns.is_new(place.user_id),
            recent_load=self.turns.recent_load(place.user_id),
        )

    def known(self, place: Participant) -> dict:
        """What both sides are asked about."""
        user, profile = place.user, place.user.profile
        return {
            "id": str(place.pk),
            "languages": frozenset(profile.languages),
            "availability": self.hours.get(user.pk, 0),
            "async_only": place.async_only,
            "skills_offered": self.offered.get(user.pk, {}),
            "skills_wanted": self.wanted.get(user.pk, {}),
            "goals": frozenset(profile.goal_skills),
            "goal_text": profile.goals if self.reads_goals else "",
            "interests": tags(profile.interests),
            "working_style": tags(profile.working_style.split(",")),
            "values": tags(profile.values),
            "good_mentor": tags(profile.mentor_ideals),
            "learning_preference": profile.learning.lower(),
            "function": place.function.lower(),
            "line_key": user.email,
            "managers": self.managers.get(user.email, frozenset()),
        }


def hours_of(users, start: date, weeks: int) -> dict:
    """{user: bits of the quarter hours}, each slot read in its own zone; one query."""
    found: dict = defaultdict(int)
    rows = Availability.objects.filter(profile__in=users).order_by("pk")
    for user, zone, *slot in rows.values_list(
        "profile", "zone", "weekday", "starts", "ends"
    ):
        found[user] |= bits_of(tuple(slot), zone, start, weeks)
    return found


@lru_cache(maxsize=4096)
def bits_of(slot: tuple, zone: str, start: date, weeks: int) -> int:
    """The quarter hours of one slot; people choose the same few over and over."""
    return availability_bits([slot], zone, start, weeks)


def tags(words) -> frozenset[str]:
    """Words as tags: trimmed and in small letters."""
    return frozenset(word.strip().lower() for word in words) - {""}


def skills_of(model, users) -> dict:
    """{user: {skill slug: level or None}}."""
    found: dict = defaultdict(dict)
    rows = model.objects.filter(profile__in=users)
    for user, slug, level in rows.values_list("profile", F("skill__slug"), "level"):
        found[user][slug] = level
    return found


def managers() -> dict[str, frozenset[str]]:
    """{address: addresses of the direct and indirect managers}."""
    managed = User.objects.exclude(manager_email="")
    return manager_chains(dict(managed.values_list("email", "manager_email")))


def wishes_of(places: list[Participant]) -> dict[object, tuple[str, ...]]:
    """{mentee's place: mentors' ids by rank}; where somebody has ranked nobody, what
    the roster said of them."""
    mentors = {place.user.email: str(place.pk) for place in places if place.is_mentor}
    found: dict = defaultdict(tuple)
    ranked = Wish.objects.filter(mentee__in=[place.pk for place in places])
    for mentee, mentor in ranked.order_by("rank").values_list("mentee", "mentor"):
        found[mentee] += (str(mentor),)
    for place in places:
        if place.pk not in found:
            named = map(mentors.get, place.wished_emails)
            found[place.pk] = tuple(mentor for mentor in named if mentor)
    return found
