"""The whole telling, top to bottom, in one transaction."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from mentorship.charter.models import Program
from mentorship.outbox.models import Notice

from . import (
    care,
    days,
    first_cohort,
    neighbors,
    returned,
    second_cohort,
    staff,
    third_cohort,
)
from .story import Story


class AlreadyThere(Exception):
    """The database holds a program; the sample is for an empty one."""


@transaction.atomic
def load(now: datetime) -> None:
    """Write the sample program as it stands `now`: all of it or nothing. Raises
    AlreadyThere."""
    if Program.objects.exists():
        raise AlreadyThere
    story = Story(now)
    with story.dating():
        tell(story)
    beside = Story(now, led_by=neighbors.COORDINATOR)
    with beside.dating():
        neighbors.tell(beside, days.monday_of(story.today))
    say_what_was_sent(now)
    returned.tell(now)


def tell(story: Story) -> None:
    """Rising Leads, from its founding to this morning."""
    monday = days.monday_of(story.today)
    first, second = days.first_cohort(monday), days.second_cohort(monday)
    begin = first.onboarding_on - timedelta(days=30)
    staff.hire(story, begin)
    program = staff.found_program(story, begin)
    first_cohort.tell(story, program, first)
    renewed_on = second.onboarding_on - timedelta(days=9)
    staff.publish(story, Program.objects.get(pk=program.pk), renewed_on, "second")
    program = Program.objects.get(pk=program.pk)
    second_cohort.tell(story, program, second)
    third_cohort.tell(story, program, days.third_cohort(monday))
    care.confide(story)
    care.look_after(story)


def say_what_was_sent(now: datetime) -> None:
    """What fell due before yesterday went out at its time; nobody gets it now."""
    past = Notice.objects.unsent().filter(due_at__lt=now - timedelta(days=1))
    past.update(state=Notice.State.SENT, sent_at=F("due_at"), attempts=1)
