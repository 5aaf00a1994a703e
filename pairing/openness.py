"""When people may say something about their pairing, and why not at other times.

Every answer is one word, empty while it is open; templates hold the sentences.
"""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from mentorship.charter.models import Cohort
from mentorship.participants.models import Participant, Pause
from pairing.models import Pair, Proposal
from pairing.proposing.waiting import count_of

Stage = Cohort.Stage
BEFORE = {Stage.CHARTER, Stage.ONBOARDING}
OPEN = {Stage.PAIRING, Stage.PILOT, Stage.ACTIVE}


def with_pairing(places, today: date):
    """Annotate `has_mentor`, a running pair or an open offer as mentee; `taken`, a
    mentor's running pairs and open offers; and `on_break`. Readiness comes along."""
    running, offered = Pair.objects.running(), Proposal.objects.offered()
    this = OuterRef("pk")
    return places.with_readiness().annotate(
        has_mentor=Q(Exists(running.filter(mentee=this)))
        | Q(Exists(offered.filter(mentee=this))),
        taken=count_of(running) + count_of(offered),
        on_break=Exists(Pause.objects.open_on(today).filter(participant=this)),
    )


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
