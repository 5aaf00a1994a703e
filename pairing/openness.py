"""When people may say something about their pairing, and why not at other times.

Every answer is one word, empty while it is open; templates hold the sentences.
"""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mentorship.charter.models import Cohort
from mentorship.participants.models import Participant, Pause
from pairing.models import Pair, Proposal

Stage = Cohort.Stage
BEFORE = {Stage.CHARTER, Stage.ONBOARDING}
OPEN = {Stage.PAIRING, Stage.PILOT, Stage.ACTIVE}


def with_pairing(places: QuerySet, now: datetime) -> QuerySet:
    """Annotate `has_mentor`, a running pair or an open offer as mentee; `taken`, a
    mentor's running pairs and open offers; and `on_break` as of the day it is in UTC.
    Readiness comes along."""
    running, offered = Pair.objects.running(), Proposal.objects.offered()
    this = OuterRef("pk")
    pauses = Pause.objects.filter(participant=this).open_on(now.date())
    return places.with_readiness().annotate(
        has_mentor=Q(Exists(running.filter(mentee=this)))
        | Q(Exists(offered.filter(mentee=this))),
        taken=counted(running) + counted(offered),
        on_break=Exists(pauses),
    )


def counted(rows: QuerySet) -> Coalesce:
    """How many of `rows` have the outer place as mentor, as an expression."""
    mine = rows.filter(mentor=OuterRef("pk")).order_by().values("mentor")
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)


def with_room(mentors: QuerySet) -> QuerySet:
    """Mentors with a place that is neither filled nor offered to somebody."""
    return mentors.filter(taken__lt=F("capacity"))


def why_no_wishes(place, now: datetime) -> str:
    """Why a mentee cannot rank mentors now; for places `with_pairing`."""
    cohort = place.cohort
    until = cohort.wishes_until
    if why := why_nothing(place):
        return why
    if place.missing:
        return "not ready"
    if place.has_mentor:
        return "paired"
    return "deadline" if until and cohort.program.today(now) > until else ""


def why_no_veto(place, now: datetime) -> str:
    """Why somebody cannot give their veto now; for places `with_pairing`."""
    if why := why_nothing(place):
        return why
    waits = place.is_mentee and not place.has_mentor
    return "" if waits or place.is_mentor else "paired"


def why_nothing(place) -> str:
    """Why nothing can be said in this cohort at all."""
    if place.state != Participant.State.JOINED:
        return "over"
    if place.cohort.stage in BEFORE:
        return "too early"
    return "" if place.cohort.stage in OPEN else "over"
