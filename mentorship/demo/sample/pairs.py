"""Pairing people, and what becomes of the pilots."""

from datetime import date, timedelta

from mentorship.charter.models import Cohort
from pairing.actions import (
    accept_offer,
    answer_pilot,
    ask_pilot_questions,
    propose,
    publish_round,
)
from pairing.models import Pair, PilotAnswer, PilotQuestion

from .story import Story, local_part

Choice = PilotAnswer.Choice


def pair_up(story: Story, cohort: Cohort, day: date) -> None:
    """Propose, publish, and let everybody accept in the days from `day` on."""
    by = story.coordinator
    two_days = timedelta(days=2)
    round_ = propose(cohort, by=by, at=story.at(day - two_days, 10))
    offers = publish_round(round_, by=by, at=story.at(day - two_days, 15))
    for offer in sorted(offers, key=lambda offer: offer.mentee.user.email):
        dice = story.dice("accept", cohort.name, offer.mentee.user.email)
        late = sorted(dice.randint(-1, 3) for _side in range(2))
        for place, days in zip((offer.mentee, offer.mentor), late, strict=True):
            at = story.at(day + timedelta(days=days), dice.randint(8, 18))
            accept_offer(offer, by=place.user, at=at)


def pairs_of(cohort: Cohort) -> list[Pair]:
    """Running pairs in an order that is the same for every telling."""
    pairs = Pair.objects.filter(cohort=cohort).running().with_people()
    return list(pairs.select_related("cohort__program").order_by("mentee__user__email"))


def ask_about_pilots(
    story: Story,
    cohort: Cohort,
    day: date,
    silent: str = "",
    switches: str = "",
) -> None:
    """Ask everyone, and let all answer within three days: to go on, but for one who
    stays silent or one who would rather be paired anew (parts of addresses)."""
    ask_pilot_questions(story.at(day, 4))
    questions = PilotQuestion.objects.filter(pair__cohort=cohort, answered_at=None)
    for question in questions.select_related("participant__user"):
        user = question.participant.user
        name = local_part(user)
        if name == silent:
            continue
        dice = story.dice("pilot", user.email)
        answer_pilot(
            question,
            by=user,
            choice=Choice.SWITCH if name == switches else Choice.CONTINUE,
            at=story.at(day + timedelta(days=dice.randint(0, 3)), dice.randint(8, 20)),
        )
