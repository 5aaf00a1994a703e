"""What people answer when they are asked how it is going."""

from datetime import time, timedelta

from feedback.actions import answer_check_in, ask_check_ins
from feedback.models import CheckIn
from mentorship.charter.actions import set_rhythm
from mentorship.charter.models import Cohort

from .days import Days
from .story import Story, local_part

TUESDAY = 1
Answer = CheckIn.Answer


def agree_on_rhythm(story: Story, cohort: Cohort, every_weeks: int) -> None:
    set_rhythm(
        cohort,
        weekday=TUESDAY,
        time=time(9),
        every_weeks=every_weeks,
        by=story.coordinator,
        at=story.moment,
    )


def check_in(
    story: Story, cohort: Cohort, days: Days, every_weeks: int, stuck=()
) -> None:
    """Ask on every day of the rhythm so far, and let most people answer; those in
    `stuck` (first parts of addresses) say that they are."""
    day = days.active_on + timedelta(days=TUESDAY)
    while day - timedelta(weeks=every_weeks) > days.pilot_on:
        day -= timedelta(weeks=every_weeks)
    while day < min(story.today, days.closing_on):
        ask_check_ins(story.at(day, 0))
        answer_all(story, cohort, stuck)
        day += timedelta(weeks=every_weeks)


def answer_all(story: Story, cohort: Cohort, stuck) -> None:
    asked = CheckIn.objects.filter(pair__cohort=cohort, answered_at=None)
    asked = asked.filter(asked_for__gt=story.moment - timedelta(days=2))
    asked = asked.select_related("participant__user")
    for check_in in asked.order_by("participant__user__email"):
        user = check_in.participant.user
        dice = story.dice("check-in", check_in.asked_for, user.email)
        if dice.random() < 0.8:
            usual = Answer.WORTH_IT if dice.random() < 0.75 else Answer.FINDING
            answer = Answer.STUCK if local_part(user) in stuck else usual
            day = check_in.asked_for + timedelta(days=dice.randint(0, 2))
            at = story.at(day, dice.randint(10, 18))
            answer_check_in(check_in, by=user, answer=answer, at=at)
