"""Who waits for a match, and who could be one."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mentorship.charter.models import Cohort
from mentorship.participants.models import Participant, Pause
from pairing.models import Pair, Proposal


def waiting_mentees(cohort: Cohort, today: date) -> QuerySet[Participant]:
    """Ready mentees without a running pair, an open offer or a break."""
    return (
        Participant.objects.filter(cohort=cohort)
        .mentees()
        .ready()
        .exclude(pk__in=Pair.objects.running().values("mentee"))
        .exclude(pk__in=Proposal.objects.offered().values("mentee"))
        .exclude(pk__in=Pause.objects.open_on(today).values("participant"))
    )


def ready_mentors(cohort: Cohort, today: date) -> QuerySet:
    """Ready mentors, annotated with `taken`, the places filled or offered to somebody,
    and `is_paused`. A mentor on a break is among them, to be told as the reason."""
    return (
        Participant.objects.filter(cohort=cohort)
        .mentors()
        .ready()
        .annotate(
            taken=count_of(Pair.objects.running())
            + count_of(Proposal.objects.offered()),
            is_paused=Exists(
                Pause.objects.open_on(today).filter(participant=OuterRef("pk"))
            ),
        )
    )


def count_of(rows: QuerySet) -> Coalesce:
    """How many of `rows` have the outer place as their mentor."""
    mine = rows.filter(mentor=OuterRef("pk")).order_by().values("mentor")
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)


def with_room(mentors: QuerySet) -> QuerySet:
    """Those of `ready_mentors` who could take one more mentee today."""
    return mentors.filter(capacity__gt=F("taken"), is_paused=False)
