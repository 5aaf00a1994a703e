"""A cohort's way from stage to stage."""

from datetime import timedelta

from mentorship.charter.actions import create_cohort, move_cohort
from mentorship.charter.models import Cohort, Program

from .days import Days
from .story import Story


def found(story: Story, program: Program, name: str, days: Days) -> Cohort:
    """A new cohort, moved on to onboarding on its day."""
    at = story.at(days.onboarding_on - timedelta(days=6), 9)
    cohort = create_cohort(
        program, name=name, by=story.coordinator, at=at, **days.as_dict()
    )
    move(story, cohort, Cohort.Stage.ONBOARDING)
    return cohort


def move(story: Story, cohort: Cohort, stage: str) -> None:
    """Enter `stage` on the morning of its day."""
    at = story.at(cohort.day_of(stage), 8, 30)
    move_cohort(cohort, to=stage, by=story.coordinator, at=at)
    cohort.stage = stage
