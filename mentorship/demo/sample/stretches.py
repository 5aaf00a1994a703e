"""What pairs agreed at the start, saw half-way and said to each other at the end."""

from datetime import date, timedelta

from mentorship.home.actions import hold_review
from pairing.actions import agree, begin_closing, propose_agreement, say_what_next
from pairing.models import Pair

from .story import Story
from .talk import Talk

WISHES = ("mentor", "mentor", "again", "not now")


def agree_on_ways(talk: Talk, day: date) -> None:
    """The mentee writes it down after the first session, the mentor agrees."""
    dice, pair = talk.dice("agreement"), talk.pair
    words = talk.story.words["agreements"]
    proposal = propose_agreement(
        pair,
        by=pair.mentee.user,
        at=talk.story.at(day, 17),
        seen="",
        facts={
            "rhythm_days": pair.rhythm_days,
            "minutes": dice.choice((45, 45, 60)),
            "channels": dice.choice((["in person", "video"], ["video"])),
            "books": dice.choice(("mentee", "mentee", "turns")),
        },
        words={part: talk.fill(dice.choice(words[part])) for part in words},
    )
    at = talk.story.at(day + timedelta(days=dice.randint(0, 2)), 9)
    agree(pair, by=pair.mentor.user, at=at, seen=proposal.edition)


def look_back(talk: Talk, kind: str, day: date, how: str) -> None:
    """Both hold a review on one day: one writes, each says that it is done."""
    said, dice = talk.story.words["reviews"], talk.dice("review", kind)
    outcomes = talk.pair.outcomes.current()
    seen = {str(o.pk): {"how": how, "words": dice.choice(said[how])} for o in outcomes}
    part = "changes" if kind == "midpoint" else "continues"
    shared = {part: talk.fill(dice.choice(said[part]))}
    version, first = 0, dice.randrange(len(said["thanks"]))
    for turn, side in enumerate(("mentee", "mentor"), first - 1):
        own = {f"thanks_from_{side}": talk.fill(said["thanks"][turn])}
        held = hold_review(
            talk.pair,
            kind=kind,
            by=getattr(talk.pair, side).user,
            at=talk.story.at(day, 16),
            version=version,
            seen=seen,
            words=shared | own if kind == "closing" else shared,
            done=True,
        )
        version = held.version


def close(talk: Talk, day: date) -> None:
    """A pair closes in its own time, and each says what they would like next."""
    pair, story = talk.pair, talk.story
    begin_closing(pair, by=pair.mentee.user, at=story.at(day - timedelta(days=6), 10))
    look_back(talk, "closing", day, "there")
    say_what_they_would_like(story, Pair.objects.with_people().get(pk=pair.pk), day)


def say_what_they_would_like(story: Story, pair: Pair, day: date) -> None:
    """Most answer, each on their own."""
    for place in pair.members:
        dice = story.dice("afterwards", place.user.email)
        if dice.random() < 0.8:
            at = story.at(day + timedelta(days=1), dice.randint(8, 18))
            say_what_next(pair, by=place.user, choice=dice.choice(WISHES), at=at)
