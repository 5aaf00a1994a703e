"""What the program adds to the library, and questions that Linh asked herself."""

from datetime import timedelta

from mentorship.home.actions import reflect_with_questions
from mentorship.library.actions import publish_item, start_draft, write_new
from milestones.actions import Promised
from pairing.models import Session

from .staff import person
from .story import Story, read_texts

COORDINATOR = "ingrid.solheim"


def write_our_own(story: Story, program, day) -> None:
    """An agenda that the program reads in its own words, and an idea half written."""
    by, at = person(COORDINATOR), story.at(day, 11)
    texts = read_texts("ideas")
    own = write_new(program, **texts["handover"], by=by, at=at)
    publish_item(own.versions.get(), version=1, by=by, at=at + timedelta(hours=1))
    write_new(program, **texts["nights"], by=by, at=story.at(story.today, 8))
    start_draft(program, "half-hour", by=by, at=story.at(story.today, 8, 30))


def ask_herself(story: Story, user) -> None:
    """Linh's answers after her last session, and the step that came of them."""
    people = ("pair__mentor__user", "pair__mentee__user", "pair__cohort__program")
    held = Session.objects.held().filter(pair__mentee__user=user)
    session = held.select_related(*people).latest("held_on")
    told = read_texts("ideas")["linh"]
    due_on = story.today + timedelta(days=4)
    reflect_with_questions(
        session,
        by=user,
        at=story.at(session.held_on + timedelta(days=1), 20),
        answers=told["answers"],
        promises=[Promised(told["promise"], "mentee", "mentee", due_on)],
    )
