"""The next cohort: the people of the spring roster, ready to be paired."""

from datetime import timedelta

from mentorship.charter.models import Cohort, Program

from . import check_ins, joining, say
from .days import Days
from .stages import found, move
from .story import Story


def tell(story: Story, program: Program, days: Days) -> None:
    """From the roster to the first day of pairing; a few come too late for it."""
    cohort = found(story, program, "Third cohort", days)
    joining.import_roster(
        story, cohort, "spring-cohort", days.onboarding_on + timedelta(days=1)
    )
    joining.invite_all(story, cohort, days.onboarding_on + timedelta(days=2))
    joining.join(
        story,
        cohort,
        days.onboarding_on + timedelta(days=3),
        days.pairing_on - timedelta(days=2),
    )
    joining.add_latecomers(story, cohort, days.pairing_on - timedelta(days=5))
    check_ins.agree_on_rhythm(story, cohort, every_weeks=4)
    move(story, cohort, Cohort.Stage.PAIRING)
    say.open_wishes(story, cohort, days.pairing_on)
    say.wish(story, cohort, every=3)
    say.rather_not(story, cohort, "halina.wojcik", "juergen.krueger")
