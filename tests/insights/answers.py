"""What people answer for themselves alone, as the pages would keep it."""

from datetime import datetime, timedelta

from feedback.models import Answer, Asking
from mentorship.accounts.acting import acting_as
from mentorship.participants.actions import say_whether_it_helped
from pairing.actions import answer_say
from pairing.models import SayQuestion
from tests.insights.scene import BEFORE

ITEMS = ("sure-way-on", "sure-new", "with-ask", "clear-next")


def say(place, value, at: datetime = BEFORE + timedelta(days=2)):
    question, _new = SayQuestion.objects.get_or_create(participant=place)
    answer_say(question, by=place.user, value=value, at=at)


def helped(place, value, at: datetime = BEFORE):
    say_whether_it_helped(place, by=place.user, value=value, at=at)


def see(place, moment, value, at: datetime):
    """Answers every item alike at a moment."""
    asking = Asking.objects.create(
        participant=place, moment=moment, state="answered", asked_at=at, answered_at=at
    )
    with acting_as(place.user):
        Answer.objects.bulk_create(
            Answer(asking=asking, author=place.user, item=item, value=value)
            for item in ITEMS
        )
    return asking


def grow(place, start, later, at: datetime, moment="middle"):
    """Answers at the start, and again at `at`."""
    see(place, "start", start, BEFORE)
    see(place, moment, later, at)


def everybody_answers(scene):
    """Enough people of a spring answer everything."""
    for number, pair in enumerate(scene.pairs):
        for side, place in enumerate(pair.members):
            say(place, 2 + (number + side) % 4)
            helped(place, 3 + number % 3)
            moment = BEFORE + timedelta(days=40)
            start = 2 + (number + side) % 2
            grow(place, start, start + 1 + (number + side) % 2, moment)
