"""What the nights found out about pairs, and what two people said in confidence."""

from datetime import timedelta
from uuid import uuid4

from feedback.actions import move_concern, raise_concern, write_in_concern
from feedback.readers import readers_for
from mentorship.accounts.models import User
from pairing.actions import look_after_pairs

from .story import Story

OF_LINH = (
    "My ward plans over our sessions: twice I was called back in the middle. I do not "
    "want to complain about anybody, I would just like the hour to be kept free."
)
TO_LINH = (
    "Thank you for saying so. I talk with the ward’s lead on Monday, about protected "
    "hours for everybody in the program and without your name."
)
AMONG_OWNERS = "Third time this quarter from that site. For the agenda of November."
OF_CHIDI = (
    "My mentor and I see the last review quite differently, and it is getting tense. "
    "Could somebody help us talk it over?"
)


def look_after(story: Story) -> None:
    """A night of last week and the last one, so that pairs heard first."""
    for days in (8, 0):
        look_after_pairs(story.at(story.today - timedelta(days=days), 4))


def confide(story: Story) -> None:
    """Linh wrote to the facilitator, who has it in hand; Chidi to the coordinator
    yesterday."""
    linh, maren, ingrid = (
        person(n) for n in ("linh.nguyen", "maren.dahl", story.led_by)
    )
    day = story.today - timedelta(days=5)
    told = say(story, linh, maren, OF_LINH, day)
    for text, among in ((TO_LINH, False), (AMONG_OWNERS, True)):
        write_in_concern(
            told,
            text=text,
            by=maren,
            at=story.at(day, 15),
            form_id=uuid4(),
            for_owners=among,
        )
    move_concern(told, "in hand", by=maren, at=story.at(day, 15, 10))
    say(
        story, person("chidi.okonjo"), ingrid, OF_CHIDI, story.today - timedelta(days=1)
    )


def say(story: Story, by: User, to: User, text: str, day):
    """One person writes to another of the charter's path."""
    reader = next(reader for reader in readers_for(by) if reader.user == to)
    at = story.at(day, 11)
    return raise_concern(reader, text=text, by=by, at=at, form_id=uuid4())


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@kestrel.example")
