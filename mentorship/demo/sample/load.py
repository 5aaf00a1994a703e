"""The whole telling, top to bottom, in one transaction."""

from datetime import datetime, timedelta

from django.db import transaction

from mentorship.charter.models import Program

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
from .nights import say_what_was_sent
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
