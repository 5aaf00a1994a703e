"""How a few people see their own growth, and what others tell them."""

from datetime import date, timedelta

from django.db.models import Q

from feedback.actions import (
    answer_asking,
    answer_invitation,
    ask_feedback,
    give_feedback,
    invite_observer,
    observe_oneself,
)
from feedback.growing.asked import themes_of
from feedback.models import Asking, Moment, ObservationRequest
from mentorship.charter.models import Cohort

from .days import Days
from .story import Story, local_part

# Where people put themselves at each moment, roughly: they look back more strictly.
USUAL: dict[str, int] = {
    Moment.START: 3,
    Moment.MIDDLE: 4,
    Moment.END: 4,
    Moment.LOOKING_BACK: 2,
}
MANAGER = ObservationRequest.By.MANAGER


def whole_way(days: Days) -> dict[str, date]:
    """{moment: day} of a cohort from beginning to end."""
    last = days.alumni_on - timedelta(days=2)
    return {
        Moment.START: days.pilot_on + timedelta(days=1),
        Moment.MIDDLE: days.active_on + timedelta(days=60),
        Moment.END: last,
        Moment.LOOKING_BACK: last,
    }


def half_way(days: Days) -> dict[str, date]:
    """{moment: day} of a cohort that is half-way about now."""
    return {
        Moment.START: days.pilot_on,
        Moment.MIDDLE: days.active_on + timedelta(days=34),
    }


def see_growth(
    story: Story, cohort: Cohort, moments: dict[str, date], who: tuple
) -> None:
    """Those in `who` (first parts of addresses) answer most of what they are asked."""
    answer_all(
        story, cohort.participants.filter(user__email__in=addresses(who)), moments
    )


def most_see_growth(
    story: Story, cohort: Cohort, moments: dict[str, date], but: tuple
) -> None:
    """Most people of running pairs answer, but for some (first parts of addresses)."""
    running = cohort.pairs.running()
    places = (
        cohort.participants.filter(
            Q(pk__in=running.values("mentor")) | Q(pk__in=running.values("mentee"))
        )
        .exclude(user__email__in=addresses(but))
        .select_related("user")
    )
    chosen = [
        place.pk
        for place in places
        if story.dice("sees", place.user.email).random() < 0.85
    ]
    answer_all(story, places.filter(pk__in=chosen), moments)


def addresses(who: tuple) -> list[str]:
    return [f"{name}@kestrel.example" for name in who]


def answer_all(story: Story, places, moments: dict[str, date]) -> None:
    """Everybody's answers at each moment, two days after being asked."""
    for place in places.select_related("user", "cohort"):
        for moment, day in moments.items():
            asking, _asked = Asking.objects.get_or_create(
                participant=place,
                moment=moment,
                defaults={"asked_at": story.at(day, 6)},
            )
            values = answers(story, asking)
            at = story.at(day + timedelta(days=2), 17)
            answer_asking(asking, by=place.user, values=values, at=at)


def answers(story: Story, asking: Asking) -> dict[str, int]:
    """{key: value}; now and then a sentence is left out, as people do."""
    dice = story.dice("mirror", asking.participant.user.email, asking.moment)
    usual = USUAL[asking.moment]
    keys = [item.key for theme in themes_of(asking) for item in theme.items]
    drawn = {key: usual + dice.choice((-1, 0, 0, 1)) for key in keys}
    return {key: value for key, value in drawn.items() if dice.random() < 0.95}


def tell_each_other(story: Story, pairs: list, name: str) -> None:
    """One pair asks each other for feedback, and the mentee asks her manager."""
    pair = next(one for one in pairs if local_part(one.mentee.user) == name)
    mentor, mentee, today = pair.mentor.user, pair.mentee.user, story.today
    asked = ask_feedback(pair, by=mentee, at=story.at(today - timedelta(days=26), 9))
    give_feedback(
        asked,
        by=mentor,
        at=story.at(today - timedelta(days=25), 18),
        strength="You asked the night team what they need before you planned anything. "
        "They told me so themselves.",
        suggestion="In the review you began with an apology. I may be wrong, but I "
        "think nobody needed one.",
        next_step="Open the next review with your question.",
    )
    ask_feedback(pair, by=mentor, at=story.at(today - timedelta(days=2), 9))
    watch(story, pair)


def watch(story: Story, pair) -> None:
    """The mentee looks at one thing herself, and her manager has looked, too."""
    behavior = pair.outcomes.filter(side="mentee").first().title
    day, by = story.today - timedelta(days=20), pair.mentee.user
    observe_oneself(
        pair.mentee,
        by=by,
        behavior=behavior,
        seen=2,
        example="On Thursday I waited until everybody else had spoken.",
        at=story.at(day, 8),
    )
    token = invite_observer(
        pair.mentee, whom=MANAGER, behavior=behavior, at=story.at(day, 9)
    )
    answer_invitation(
        token,
        seen=3,
        example="She brought the point on handovers, and two wards have taken it up.",
        at=story.at(day + timedelta(days=3), 15),
    )
    invite_observer(
        pair.mentee,
        whom=ObservationRequest.By.PEER,
        behavior=behavior,
        at=story.at(story.today - timedelta(days=1), 9),
    )
