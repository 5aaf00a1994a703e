"""What mentees say about themselves: enough in one cohort to be counted, not in all."""

from datetime import date

from mentorship.charter.models import Cohort
from mentorship.participants.actions import declare
from pairing.actions import take_inclusion_checks

from .story import Story


def say_who_they_are(
    story: Story, cohort: Cohort, day: date, each_silent: int = 12
) -> None:
    """Every mentee who has joined says a little on `day`, but for one in so many who
    would rather not."""
    joined = cohort.participants.joined().mentees().select_related("user")
    for number, place in enumerate(joined.order_by("user__email")):
        if number % each_silent == each_silent - 1:
            continue
        answers = {
            "gender": ("woman", "man")[number % 2],
            "age": ("under-30", "30-44", "45-59")[number % 3],
            "caring": ("yes", "no", "no", "")[number % 4],
            "minority": ("no", "", "yes")[number % 3],
        }
        declare(place.user, answers, at=story.at(day, 18))


def count_groups(story: Story, day: date) -> None:
    """What the night into `day` counts, once pairing is over."""
    take_inclusion_checks(story.at(day, 4))
