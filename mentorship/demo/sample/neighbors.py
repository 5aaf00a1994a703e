"""A small program beside the main one, with a coordinator of its own: what one
coordinator sees is closed to the other."""

from datetime import date, timedelta

from mentorship.charter.actions import create_program
from mentorship.participants.actions import add_participant

from . import joining
from .days import from_monday
from .staff import address, person, publish
from .stages import found
from .story import Story

COORDINATOR = "thandiwe.moyo"
PEOPLE = (
    ("wambui.gathogo", "Wambui", "Gathogo", "mentor"),
    ("eszter.halasz", "Eszter", "Halász", "mentor"),
    ("chukwudi.anozie", "Chukwudi", "Anozie", "mentor"),
    ("nyokabi.mbugua", "Nyokabi", "Mbugua", "mentee"),
    ("lars.odegard", "Lars", "Ødegård", "mentee"),
    ("farzana.siddiqui", "Farzana", "Siddiqui", "mentee"),
)
HAVE_NOT_JOINED = ("lars.odegard", "farzana.siddiqui")


def tell(story: Story, monday: date) -> None:
    """A program across one wall, while its first people join."""
    days = from_monday(monday, -20, 14, 28, 63, 140, 154)
    program = create_program(
        name="Across the counter",
        zone="Africa/Nairobi",
        coordinator=address(COORDINATOR),
        by=person("admin"),
        at=story.at(monday - timedelta(days=50), 9),
    )
    publish(story, program, monday - timedelta(days=40), "crossing")
    cohort = found(story, program, "First cohort", days)
    at = story.at(days.onboarding_on + timedelta(days=1), 10)
    for name, given, family, side in PEOPLE:
        add_participant(
            cohort,
            by=story.coordinator,
            at=at,
            email=address(name),
            given_name=given,
            family_name=family,
            is_mentor=side == "mentor",
            is_mentee=side == "mentee",
            capacity=1 if side == "mentor" else None,
            function="Pharmacy" if side == "mentor" else "Laboratory",
            site="Nairobi",
        )
    first = days.onboarding_on + timedelta(days=2)
    joining.invite_all(story, cohort, first)
    joining.join(story, cohort, first, first + timedelta(days=9), but=HAVE_NOT_JOINED)
