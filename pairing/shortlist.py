"""The mentors with whom a mentee could be paired: what they offer, not who they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from mentorship.participants.models import (
    OfferedSkill,
    Participant,
    Profile,
)
from mentorship.participants.roster import languages
from pairing import engine
from pairing.engine.limits import shared_hours
from pairing.models import Pair, PairRule, Weights, Wish
from pairing.proposing import ready_mentors, rest_after_of, window_of
from pairing.proposing.facts import hours_of, managers
from pairing.proposing.problem import NOT_AGAIN, REST_AFTER
from pairing.proposing.turns import Turns

HIDDEN = "pairing.shortlist"


def sign_of(place: Participant, mentor: Participant) -> str:
    """What stands for a mentor on one mentee's page: always the same, and of no use to
    anybody who would like to know who it is."""
    return salted_hmac(HIDDEN, f"{place.pk}:{mentor.pk}").hexdigest()[:16]


@dataclass(frozen=True)
class Card:
    """One mentor without a name: what they offer, and what the two share."""

    mentor: Participant
    sign: str
    rank: int | None
    skills: list[OfferedSkill]
    languages: list[str]
    hours: int
    is_in_writing: bool
    ways: list[str]

    @property
    def title(self) -> str:
        """The card in a few words."""
        named = [str(link.skill) for link in self.skills[:3]]
        return ", ".join(named) or ", ".join(self.interests[:2]) or _("A mentor")

    @property
    def interests(self) -> list[str]:
        return self.mentor.user.profile.interests


class Shortlist:
    """Whom a mentee may wish for at `now`, in an order that tells nothing.

    No hard limit stands between them, as far as everyone may know it: what another
    person asked for in confidence changes nothing here, or its absence would tell.
    """

    def __init__(self, place: Participant, now: datetime):
        self.place, self.cohort = place, place.cohort
        self.today = self.cohort.program.today(now)

    @cached_property
    def cards(self) -> list[Card]:
        """The mentee's wishes by rank, then everyone else by sign."""
        ranks = {
            wish.mentor_id: wish.rank for wish in Wish.objects.filter(mentee=self.place)
        }
        skills = skills_of(self.possible)
        cards = [self.card(mentor, ranks, skills) for mentor in self.possible]
        return sorted(cards, key=lambda card: (card.rank or len(cards) + 9, card.sign))

    @cached_property
    def possible(self) -> list[Participant]:
        """The mentors between whom and the mentee no hard limit stands."""
        problem = self.problem
        mine = str(self.place.pk)
        return [
            mentor
            for mentor in self.mentors
            if not engine.limits_between(problem, mine, str(mentor.pk))
        ]

    @cached_property
    def mentors(self) -> list[Any]:
        """The cohort's ready mentors, with what is between each and the mentee."""
        mine = self.place
        ended = Pair.objects.filter(
            Q(mentor__user=OuterRef("user"), mentee__user=mine.user_id)
            | Q(mentor__user=mine.user_id, mentee__user=OuterRef("user")),
            cohort__program=self.cohort.program_id,
            ending__in=NOT_AGAIN,
        )
        forbidden = PairRule.objects.never_by_people().filter(
            Q(mentor=OuterRef("pk"), mentee=mine)
            | Q(mentor=mine, mentee=OuterRef("pk")),
        )
        mentors = ready_mentors(self.cohort, self.today).exclude(pk=mine.pk)
        mentors = mentors.annotate(has_ended=Exists(ended), is_never=Exists(forbidden))
        return list(mentors.select_related("user__profile"))

    @cached_property
    def problem(self) -> engine.Problem:
        """These people as the engine's problem, with what its hard limits ask for."""
        _start, weeks = self.window
        mine = str(self.place.pk)
        never = [m for m in self.mentors if m.is_never]
        return engine.Problem(
            mentees=(self.people[self.place.pk],),
            mentors=tuple(self.people[mentor.pk] for mentor in self.mentors),
            rules=tuple(engine.Rule("never", str(m.pk), mine) for m in never),
            ended=tuple((str(m.pk), mine) for m in self.mentors if m.has_ended),
            weeks=weeks,
        )

    @cached_property
    def window(self) -> tuple:
        return window_of(self.cohort, self.today)

    @cached_property
    def people(self) -> dict:
        """{id of a place: the person as far as hard limits are concerned}."""
        users = [mentor.user_id for mentor in self.mentors]
        turns = Turns(self.cohort, users, self.rest_after)
        above = managers()
        hours = hours_of([self.place.user_id, *users], *self.window)
        return {
            place.pk: engine.Person(
                id=str(place.pk),
                languages=frozenset(place.user.profile.languages),
                availability=hours.get(place.user_id, 0),
                async_only=place.async_only,
                paused=getattr(place, "is_paused", False),
                resting=turns.must_rest(place.user_id),
                capacity=max(0, (place.capacity or 0) - getattr(place, "taken", 0)),
                line_key=place.user.email,
                managers=above.get(place.user.email, frozenset()),
            )
            for place in [self.place, *self.mentors]
        }

    @property
    def rest_after(self) -> int:
        weights = Weights.objects.filter(program=self.cohort.program_id).first()
        return rest_after_of(weights) if weights else REST_AFTER

    def card(self, mentor, ranks: dict, skills: dict) -> Card:
        me, them = self.people[self.place.pk], self.people[mentor.pk]
        return Card(
            mentor=mentor,
            sign=sign_of(self.place, mentor),
            rank=ranks.get(mentor.pk),
            skills=skills[mentor.user_id],
            languages=[languages.name(code) for code in sorted(them.languages)],
            hours=round(shared_hours(me, them, self.window[1])),
            is_in_writing=me.async_only or them.async_only,
            ways=shared_ways(self.place.user.profile, mentor.user.profile),
        )


def skills_of(mentors: Iterable[Participant]) -> dict:
    """{user: their offered skills, the surest first}; one query."""
    found: dict = defaultdict(list)
    users = [mentor.user_id for mentor in mentors]
    links = OfferedSkill.objects.filter(profile__in=users).select_related("skill")
    for link in links.order_by(F("level").desc(nulls_last=True), "skill__slug"):
        found[link.profile_id].append(link)
    return found


def shared_ways(mine: Profile, theirs: Profile) -> list[str]:
    """The ways of working that both named, in words; what one alone said is theirs."""
    both = {*mine.working_style.split(", ")} & {*theirs.working_style.split(", ")}
    labels = dict(Profile.Style.choices)
    return [str(labels.get(style, style)) for style in sorted(both - {""})]
