"""A cohort that is over: how it went, to the last handshake."""

from datetime import date, timedelta

from mentorship.charter.models import Cohort, Program
from mentorship.participants.actions import withdraw
from mentorship.participants.models import Participant
from pairing.actions import decide_pilots, end_pairs, leave_pair
from pairing.models import Pair

from . import (
    check_ins,
    declared,
    growth,
    joining,
    meetings,
    mirrors,
    pairs,
    say,
    stretches,
)
from .days import Days, meeting_days
from .stages import found, move
from .story import Story, local_part
from .talk import Talk, wanted_skills

# People with a story of their own, by the first part of their addresses.
SWITCHES = "nadia.chowdhury"
JOINS_LATE = "ottilie.brandl"
STOPS_EARLY = "karolina.mazur"
LEAVES_KESTREL = "petar.iliev"

CLOSE_IN_WORDS = 4

Stage = Cohort.Stage
State = Participant.State


def tell(story: Story, program: Program, days: Days) -> None:
    """From the first invitation to the last goodbye."""
    cohort = found(story, program, "First cohort", days)
    joining.import_roster(
        story, cohort, "first-cohort", days.onboarding_on + timedelta(days=1)
    )
    joining.invite_all(story, cohort, days.onboarding_on + timedelta(days=2))
    joining.join(
        story,
        cohort,
        days.onboarding_on + timedelta(days=3),
        days.pairing_on - timedelta(days=2),
        but=[JOINS_LATE],
    )
    before = days.pairing_on - timedelta(days=1)
    declared.say_who_they_are(story, cohort, before, each_silent=3)
    move(story, cohort, Stage.PAIRING)
    pairs.pair_up(story, cohort, days.pilot_on - timedelta(days=2))
    move(story, cohort, Stage.PILOT)
    declared.count_groups(story, days.pilot_on + timedelta(days=4))
    try_out(story, cohort, days)
    move(story, cohort, Stage.ACTIVE)
    pair_anew(story, cohort, days)
    check_ins.agree_on_rhythm(story, cohort, every_weeks=8)
    check_ins.check_in(story, cohort, days, every_weeks=8)
    say.look_back(story, cohort)
    work(story, cohort, days)
    say_goodbye(story, cohort, days)
    mirrors.see_growth(story, cohort, mirrors.whole_way(days), (JOINS_LATE, SWITCHES))


def try_out(story: Story, cohort: Cohort, days: Days) -> None:
    """The pilot: one of the two meets twice with somebody and would rather not."""
    parting = next(
        pair
        for pair in pairs.pairs_of(cohort)
        if local_part(pair.mentee.user) == SWITCHES
    )
    talk = Talk(story, parting, wanted_skills(cohort))
    meetings.meet(talk, [parting.started_on + timedelta(days=n) for n in (6, 21)])
    asked_on = days.pilot_on + timedelta(days=30)
    pairs.ask_about_pilots(story, cohort, asked_on, switches=SWITCHES)
    decide_pilots(story.at(days.active_on, 4))


def pair_anew(story: Story, cohort: Cohort, days: Days) -> None:
    """A second round, for those whom the pilot has set free."""
    day = days.active_on + timedelta(days=3)
    joining.join_one(story, cohort, JOINS_LATE, day)
    start = day + timedelta(days=7)
    pairs.pair_up(story, cohort, start)
    pairs.ask_about_pilots(story, cohort, start + timedelta(days=32))
    decide_pilots(story.at(start + timedelta(days=39), 4))


def work(story: Story, cohort: Cohort, days: Days) -> None:
    """What every pair did until its end; two of them ended early."""
    cores, wanted = growth.core_outcomes(cohort.program), wanted_skills(cohort)
    early = {
        STOPS_EARLY: days.active_on + timedelta(days=75),
        LEAVES_KESTREL: days.active_on + timedelta(days=131),
    }
    growth.measure(story, cohort.program, cohort, days.active_on)
    for pair in pairs.pairs_of(cohort):
        name = local_part(pair.mentee.user)
        last = early.get(name, days.alumni_on - timedelta(days=4))
        talk = Talk(story, pair, wanted, ends=name not in early)
        growth.set_out(talk, cores, days.closing_on)
        first = pair.started_on + timedelta(days=4)
        last -= timedelta(days=talk.dice("last").randint(1, 24))
        met_on = meeting_days(talk.dice("days"), first, last, talk.rhythm)
        meetings.meet(talk, met_on)
        growth.move_along(talk, last)
        growth.learn(talk, shares=talk.dice("shares").random() < 0.75)
        if name in early:
            part(story, pair, early[name])
        else:
            growth.arrive(talk, days.closing_on + timedelta(days=3))


def part(story: Story, pair: Pair, day: date) -> None:
    """Somebody leaves the company, or two people stop before their time."""
    by, at = story.coordinator, story.at(day, 11)
    if local_part(pair.mentee.user) == LEAVES_KESTREL:
        withdraw(pair.mentee, by=by, at=at)
    else:
        leave_pair(pair, at=at)


def say_goodbye(story: Story, cohort: Cohort, days: Days) -> None:
    """Everyone who stayed finishes, a few of them with a closing of their own."""
    move(story, cohort, Stage.CLOSING)
    wanted = wanted_skills(cohort)
    for pair in pairs.pairs_of(cohort)[:CLOSE_IN_WORDS]:
        day = days.alumni_on - timedelta(days=4)
        stretches.close(Talk(story, pair, wanted), day)
    at = story.at(days.alumni_on - timedelta(days=3), 16)
    ending = Pair.Ending.COMPLETED
    end_pairs(pairs.pairs_of(cohort), ending=ending, by=story.coordinator, at=at)
    cohort.participants.joined().update(state=State.FINISHED)
    move(story, cohort, Stage.ALUMNI)
