"""What people say about their pairing: wishes, a veto, a no, a break, how it felt."""

from datetime import date, timedelta

from mentorship.charter.actions import add_busy_time, change_cohort
from mentorship.charter.models import Cohort
from mentorship.participants.actions import take_break
from mentorship.participants.goals import skills_in
from mentorship.participants.models import Profile, Skill
from mentorship.participants.models.profile import IDEALS
from pairing.actions import (
    accept_offer,
    answer_say,
    ask_for_wishes,
    decline_offer,
    propose,
    publish_round,
    rank_mentors,
    veto,
)
from pairing.models import DeclineReason, SayQuestion
from pairing.shortlist import Shortlist

from .story import Story, local_part

DAYS_FOR_WISHES = 14


def describe(story: Story, cohort: Cohort) -> None:
    """What a roster has no column for, and people add when they join: what they hold a
    good mentor to be, and which skills their goals are about."""
    skills = list(Skill.objects.filter(program=cohort.program))
    profiles = Profile.objects.filter(user__places__cohort=cohort, mentor_ideals=[])
    chosen = list(profiles.select_related("user"))
    for profile in chosen:
        dice = story.dice("ideals", profile.user.email)
        profile.mentor_ideals = dice.sample([*IDEALS], 2)
        profile.goal_skills = skills_in(profile.goals, skills)
    Profile.objects.bulk_update(chosen, ["mentor_ideals", "goal_skills"])


def open_wishes(story: Story, cohort: Cohort, day: date) -> None:
    """Set the last day for wishes, and let the night tell everyone."""
    until, by = day + timedelta(days=DAYS_FOR_WISHES), story.coordinator
    change_cohort(cohort, by=by, at=story.at(day, 9), wishes_until=until)
    cohort.wishes_until = until
    ask_for_wishes(story.at(day, 10))


def wish(story: Story, cohort: Cohort, every: int) -> None:
    """One of so many mentees ranks two or three of those whom they could have."""
    mentees = cohort.participants.mentees().ready().order_by("user__email")
    for place in mentees.select_related("user__profile", "cohort__program")[::every]:
        dice = story.dice("wishes", place.user.email)
        possible = Shortlist(place, story.moment).possible
        possible.sort(key=lambda mentor: mentor.user.email)
        number = min(len(possible), dice.randint(2, 3))
        rank_mentors(place, dice.sample(possible, number), at=story.moment)


def rather_not(story: Story, cohort: Cohort, who: str, whom: str) -> None:
    """One veto (parts of addresses)."""
    one, other = (
        cohort.participants.get(user__email=f"{name}@kestrel.example")
        for name in (who, whom)
    )
    veto(one, other, by=one.user, at=story.moment)


def say_no(story: Story, cohort: Cohort, day: date, words: str) -> None:
    """Those who wait get an offer, and every mentor who is asked has too little time;
    so they wait again."""
    by = story.coordinator
    round_ = propose(cohort, by=by, at=story.at(day, 9))
    for offer in publish_round(round_, by=by, at=story.at(day, 10)):
        accept_offer(offer, by=offer.mentee.user, at=story.at(day, 13))
        decline_offer(
            offer,
            by=offer.mentor.user,
            at=story.at(day, 16),
            code=DeclineReason.Code.TIME,
            words=words,
        )


def rest(story: Story, cohort: Cohort, who: str, words: str) -> None:
    """One person takes a break for two weeks."""
    place = cohort.participants.get(user__email=f"{who}@kestrel.example")
    first = story.today - timedelta(days=3)
    take_break(
        place,
        starts_on=first,
        ends_on=first + timedelta(days=14),
        words=words,
        by=place.user,
        at=story.at(first, 8),
    )


def be_busy(story: Story, cohort: Cohort) -> None:
    """A week in which everyone has their hands full."""
    first = story.today + timedelta(days=18)
    last = first + timedelta(days=4)
    add_busy_time(
        cohort, starts_on=first, ends_on=last, by=story.coordinator, at=story.moment
    )


def look_back(story: Story, cohort: Cohort, silent: tuple = ()) -> None:
    """Everyone who became a pair says whether they had a say, but for a few who leave
    it out and those who have not answered (parts of addresses)."""
    asked = SayQuestion.objects.waiting().filter(participant__cohort=cohort)
    for question in asked.select_related("participant__user"):
        user = question.participant.user
        if local_part(user) in silent:
            continue
        dice = story.dice("say", user.email)
        value = dice.choice([2, 3, 3, 4, 4, 4, 5, 5, None])
        at = min(story.now, question.asked_at + timedelta(days=dice.randint(1, 6)))
        answer_say(question, by=user, value=value, at=at)
