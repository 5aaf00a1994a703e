"""What has happened to people since a plan was made."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    Q,
    QuerySet,
)
from django.db.models.expressions import RawSQL
from django.utils.translation import ngettext

from mentorship.participants.models import Participant, Pause
from pairing import wording
from pairing.engine import Plan
from pairing.models import Proposal, Round
from pairing.proposing import ready_mentors, waiting_mentees
from pairing.proposing.waiting import with_room

# So many names in one sentence; the others are counted.
NAMED = 3


def these(ids) -> RawSQL:
    """Many ids as one array, which is quicker to send and to plan than a list."""
    return RawSQL("select unnest(%s::uuid[])", [sorted(ids)])


def is_among(rows: QuerySet) -> ExpressionWrapper:
    return ExpressionWrapper(Q(pk__in=rows.values("pk")), BooleanField())


def whereabouts(
    cohort, round_: Round | None, plan: Plan | None, today: date
) -> QuerySet[Participant]:
    """Places of a cohort, annotated `waits`, `has_room`, `is_told` (of a mentor in this
    round), `is_back` (their proposal came to nothing), `is_accepted` (it became a
    pair), `is_paused` and `is_news`: they came or went since the plan."""
    told = Proposal.objects.filter(round=round_)
    nothing = told.filter(state__in=["declined", "expired", "dropped"])
    paused = Pause.objects.open_on(today).values("participant")
    mentees, mentors = known_to(plan)
    used = set(plan.mentor_of.values()) if plan else set()
    wait, room = Q(waits=True), Q(has_room=True)
    came = wait & ~Q(pk__in=these(mentees)) | room & ~Q(pk__in=these(mentors))
    came |= wait & Q(is_accepted=True)  # the pair has ended since
    went = Q(pk__in=these(mentees)) & ~wait & Q(is_told=False)
    stopped = Q(pk__in=these(used)) & Q(is_mentor=True, is_able=False)
    back = wait & Q(is_back=True)
    is_news = came | went | stopped | back if round_ else Q(pk__in=[])
    able = ready_mentors(cohort, today).filter(is_paused=False)
    places: QuerySet = Participant.objects.filter(cohort=cohort)
    return places.annotate(
        waits=is_among(waiting_mentees(cohort, today)),
        has_room=is_among(with_room(ready_mentors(cohort, today))),
        is_able=is_among(able),
        is_told=among_mentees(told.filter(state__in=["offered", "accepted"])),
        is_back=among_mentees(nothing),
        is_accepted=among_mentees(told.filter(state="accepted")),
        is_paused=ExpressionWrapper(Q(pk__in=paused), BooleanField()),
        is_news=ExpressionWrapper(is_news, BooleanField()),
    )


def among_mentees(proposals) -> ExpressionWrapper:
    return ExpressionWrapper(Q(pk__in=proposals.values("mentee")), BooleanField())


def known_to(plan: Plan | None) -> tuple[set[str], set[str]]:
    """The mentees and the mentors a plan was made of."""
    if plan is None:
        return set(), set()
    return plan.mentor_of.keys() | plan.unpaired.keys(), set(plan.price)


@dataclass
class News:
    """Who came and who went, of places with their `whereabouts`; of a plan that is no
    longer open only who waits."""

    plan: Plan | None
    places: list
    is_open: bool = True

    @cached_property
    def sentences(self) -> list[str]:
        if self.plan is None:
            return []
        mentees, mentors = known_to(self.plan)
        told = [p for p in self.places if p.is_news]
        new = [
            p for p in told if p.waits and (p.is_accepted or str(p.pk) not in mentees)
        ]
        back = [p for p in told if p.waits and str(p.pk) in mentees and p.is_back]
        room = [p for p in told if p.has_room and str(p.pk) not in mentors]
        gone = [p for p in told if p not in [*new, *back, *room]]
        waiting = (waits_again(back), waits(new))
        found = (left(gone), *waiting, has_room(room)) if self.is_open else waiting
        return [words for words in found if words]

    def __bool__(self):
        return bool(self.sentences)


def named(places) -> str:
    """Up to three names, and how many more."""
    names = [place.name for place in places[:NAMED]]
    if more := len(places) - NAMED if len(places) > NAMED else 0:
        others = ngettext("%(count)s other", "%(count)s others", more)
        names.append(others % {"count": wording.spelled(more)})
    return wording.listed(names)


def left(places) -> str:
    return places and ngettext(
        "%(names)s has left, is on a break or is not ready any more.",
        "%(names)s have left, are on a break or are not ready any more.",
        len(places),
    ) % {"names": named(places)}


def waits_again(places) -> str:
    return places and ngettext(
        "%(names)s waits again: the proposal was declined, ran out or fell through.",
        "%(names)s wait again: their proposals were declined, ran out or fell through.",
        len(places),
    ) % {"names": named(places)}


def waits(places) -> str:
    return places and ngettext(
        "%(names)s waits for a mentor now.",
        "%(names)s wait for a mentor now.",
        len(places),
    ) % {"names": named(places)}


def has_room(places) -> str:
    return places and ngettext(
        "%(names)s has room for a mentee now.",
        "%(names)s have room for a mentee now.",
        len(places),
    ) % {"names": named(places)}
