"""Which nights of the past make the periods and the trends of the sample program."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db.models import F

from mentorship.accounts.models import User
from mentorship.insights.actions import narrate
from mentorship.insights.actions.opening import months_later
from mentorship.insights.models import Period
from mentorship.outbox.models import Notice

from . import learned, told
from .days import first_cohort, monday_of, second_cohort
from .story import ZONE

MONTHS = 3
TOLD_AGO = timedelta(days=8)
WEEKS_MEASURED = 16
NARRATIVE = (
    "Most pairs are meeting as they planned, and both sides say that they gain. "
    "Mentors have moved less than mentees, so the next evening for mentors is about "
    "what they want for themselves."
)


def nights(now: datetime) -> list[date]:
    """The days whose nights open, close and publish every quarter so far, oldest first:
    two of the first cohort and one of the second, which ended last week."""
    monday = monday_of(now.astimezone(ZONE).date())
    first = first_cohort(monday).active_on + timedelta(days=18)
    second = second_cohort(monday).pilot_on + timedelta(days=5)
    turn = months_later(first, MONTHS)
    ends = months_later(turn, MONTHS)
    last = months_later(second, MONTHS)
    # A period is published the night after the one that closes it.
    published = [day + timedelta(days=1) for day in (turn, ends, last)]
    return sorted([first, turn, ends, second, last, *published])


def publish_the_past(now: datetime, night: Callable[[date], object]) -> None:
    """Let every one of these nights happen, by `night`; the coordinator writes the
    first words of the last period and what people learned while it is still open,
    publishes stories, and begins a theme for the next one."""
    *past, close, publish = nights(now)
    for day in past:
        night(day)
    by = User.objects.get(email="ingrid.solheim@kestrel.example")
    open_still = Period.objects.open().filter(program__name="Rising Leads")
    for period in open_still.select_related("program"):
        narrate(period, NARRATIVE, by=by)
        learned.tell(period, by)
    night(close)
    night(publish)
    for period in open_still.all():
        learned.begin(period, by)
    told.tell(now - TOLD_AGO)
    say_what_was_sent(now)


def say_what_was_sent(now: datetime) -> None:
    """What fell due before yesterday went out at its time; nobody gets it now."""
    past = Notice.objects.unsent().filter(due_at__lt=now - timedelta(days=1))
    past.update(state=Notice.State.SENT, sent_at=F("due_at"), attempts=1)


def measured(now: datetime) -> list[date]:
    """The days of which a trend needs figures: the Sundays of some weeks, and
    yesterday; oldest first."""
    today = now.astimezone(ZONE).date()
    sunday = monday_of(today) - timedelta(days=1)
    sundays = {sunday - timedelta(weeks=back) for back in range(WEEKS_MEASURED)}
    return sorted(sundays | {today - timedelta(days=1)})
