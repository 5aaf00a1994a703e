"""The cohort that is under way, in week 7 of 20, with what needs a hand today."""

from datetime import date, timedelta

from feedback.models import Moment
from mentorship.accounts.models import User
from mentorship.charter.models import Cohort, Program
from mentorship.participants.models import Participant
from pairing.actions import decide_pilots

from . import (
    check_ins,
    declared,
    growth,
    ideas,
    joining,
    meetings,
    mirrors,
    pairs,
    reminders,
    say,
    stretches,
    workspace,
)
from .days import Days, meeting_days
from .stages import found, move
from .story import Story, local_part
from .talk import Talk, wanted_skills
from .workforce import count_workforce

# People with a story of their own, by the first part of their addresses.
LINH = "linh.nguyen"
DAYS_QUIET = {LINH: 30, "ana.lourenco": 33}
ONE_SIDED = "priya.raghunathan"
LATE_MENTOR, LATE_MENTEE = "ebele.nwosu", "noor.haddad"
WITH_A_LATE_STEP = "chidi.okonjo"
WITHOUT_AN_AGREEMENT = (LATE_MENTEE, "davit.khachatryan")
HELD_MIDPOINT_EARLY = "chidi.okonjo"
STUCK = ("ana.lourenco", "davit.khachatryan")
HAS_NOT_AGREED = "dmitri.sokolov"
WAIT_FOR_A_MATCH = ("tomasz.wisniewski", "meiling.chou")
HAS_NOT_JOINED = "imani.baptiste"
KWAME = "kwame.boateng"
SEE_THEMSELVES = (LINH, KWAME, "chidi.okonjo")
ON_A_BREAK = "moses.oduya"
BUSY_WARD = "Two colleagues are ill, and the ward comes first until next month."
LATECOMERS = (
    LATE_MENTOR,
    LATE_MENTEE,
    HAS_NOT_AGREED,
    *WAIT_FOR_A_MATCH,
    HAS_NOT_JOINED,
)

Stage = Cohort.Stage


def tell(story: Story, program: Program, days: Days) -> None:
    """From the first invitation to this morning."""
    cohort = found(story, program, "Second cohort", days)
    joining.import_roster(
        story, cohort, "second-cohort", days.onboarding_on + timedelta(days=1)
    )
    User.objects.filter(email=f"{LINH}@kestrel.example").update(called="Linh")
    joining.invite_all(story, cohort, days.onboarding_on + timedelta(days=2))
    joining.join(
        story,
        cohort,
        days.onboarding_on + timedelta(days=3),
        days.pairing_on - timedelta(days=2),
        but=LATECOMERS,
    )
    declared.say_who_they_are(story, cohort, days.pairing_on - timedelta(days=1))
    move(story, cohort, Stage.PAIRING)
    pairs.pair_up(story, cohort, days.pilot_on)
    move(story, cohort, Stage.PILOT)
    declared.count_groups(story, days.pilot_on + timedelta(days=4))
    pairs.ask_about_pilots(story, cohort, days.pilot_on + timedelta(days=39))
    decide_pilots(story.at(days.pilot_on + timedelta(days=47), 4))
    pair_latecomers(story, cohort)
    move(story, cohort, Stage.ACTIVE)
    check_ins.agree_on_rhythm(story, cohort, every_weeks=4)
    reminders.say_when(story, cohort, one_mail=(LINH,))
    work(story, cohort, days)
    check_ins.check_in(story, cohort, days, every_weeks=4, stuck=STUCK)
    leave_open(story, cohort, days)
    look_at_growth(story, cohort, days)


def look_at_growth(story: Story, cohort: Cohort, days: Days) -> None:
    """A few at the start, and most of the others half-way too; one pair tells each
    other."""
    mirrors.see_growth(story, cohort, {Moment.START: days.pilot_on}, SEE_THEMSELVES)
    others = (*SEE_THEMSELVES, *LATECOMERS, ON_A_BREAK)
    mirrors.most_see_growth(story, cohort, mirrors.half_way(days), others)
    mirrors.tell_each_other(story, pairs.pairs_of(cohort), LINH)


def pair_latecomers(story: Story, cohort: Cohort) -> None:
    """Two people who join late become a pair with a pilot of its own, which should
    have been decided four days ago."""
    start = story.today - timedelta(days=46)
    for name in (LATE_MENTOR, LATE_MENTEE):
        joining.join_one(story, cohort, name, start - timedelta(days=5))
    pairs.pair_up(story, cohort, start)


def work(story: Story, cohort: Cohort, days: Days) -> None:
    """What every pair has done until today."""
    cores, wanted = growth.core_outcomes(cohort.program), wanted_skills(cohort)
    growth.measure(story, cohort.program, cohort, days.pilot_on, shift=-3)
    count_workforce(story, cohort.program, days.pilot_on)
    for pair in pairs.pairs_of(cohort):
        talk = Talk(story, pair, wanted)
        name = local_part(pair.mentee.user)
        growth.set_out(talk, cores, days.closing_on)
        first = pair.started_on + timedelta(days=4)
        met_on = meeting_days(talk.dice("days"), first, last_day(talk), talk.rhythm)
        meetings.meet(talk, met_on, one_sided=name == ONE_SIDED)
        if name not in WITHOUT_AN_AGREEMENT:
            stretches.agree_on_ways(talk, met_on[0] + timedelta(days=1))
        growth.move_along(talk, story.today, late=late_step(talk))
        if name == HELD_MIDPOINT_EARLY:
            day = story.today - timedelta(days=6)
            stretches.look_back(talk, "midpoint", day, "on the way")
        if name != LINH:
            growth.learn(talk)
        if name == LINH:
            growth.show(talk)
            plan_for_linh(talk)
            workspace.keep(talk)
        elif name not in DAYS_QUIET:
            plan_next(talk, met_on[-1])


def last_day(talk: Talk) -> date:
    """When a pair met last: a few days ago, but for those that have gone quiet."""
    name = local_part(talk.pair.mentee.user)
    ago = DAYS_QUIET.get(name) or talk.dice("last").randint(1, 12)
    return talk.story.today - timedelta(days=ago)


def late_step(talk: Talk) -> str:
    """The one step whose day has passed while nobody has said how it went."""
    if local_part(talk.pair.mentee.user) != WITH_A_LATE_STEP:
        return ""
    due = talk.pair.milestones.filter(due_on__lt=talk.story.today)
    return due.exclude(outcome=None).latest("due_on").title


def plan_next(talk: Talk, met_on: date) -> None:
    """Two of three pairs have planned their next session."""
    dice = talk.dice("next")
    day = met_on + timedelta(days=dice.randint(12, 16))
    if dice.random() < 0.7 and day > talk.story.today:
        meetings.plan(talk, day, dice.randint(8, 16), met_on)


def plan_for_linh(talk: Talk) -> None:
    """One session planned of which nobody has said whether it was held, the next one
    in two days, and a time that her mentor proposes for the one after."""
    today, cafe = talk.story.today, "Ground-floor café"
    told_on = today - timedelta(days=23)
    meetings.plan(talk, today - timedelta(days=14), 16, told_on)
    meetings.plan(talk, today + timedelta(days=2), 16, told_on, place=cafe)
    meetings.propose(talk, today + timedelta(days=16), 15)


def leave_open(story: Story, cohort: Cohort, days: Days) -> None:
    """The late pair is asked about its pilot, and one of the two stays silent; others
    have only just come or not agreed yet."""
    asked_on = story.today - timedelta(days=12)
    pairs.ask_about_pilots(story, cohort, asked_on, silent=LATE_MENTEE)
    for name in WAIT_FOR_A_MATCH:
        joining.join_one(story, cohort, name, story.today - timedelta(days=6))
    say.say_no(story, cohort, story.today - timedelta(days=4), BUSY_WARD)
    say.look_back(story, cohort, silent=(LINH, KWAME))
    say.rest(story, cohort, ON_A_BREAK, "My father is in hospital.")
    say.be_busy(story, cohort)
    ideas.write_our_own(story, cohort.program, days.pilot_on)
    ideas.ask_herself(story, User.objects.get(email=f"{LINH}@kestrel.example"))
    day = days.pilot_on + timedelta(days=12)
    joining.join_one(story, cohort, HAS_NOT_AGREED, day, agrees=False)
    places = Participant.objects.filter(cohort=cohort)
    places.filter(user__email=f"{HAS_NOT_JOINED}@kestrel.example").update(
        invited_at=story.at(story.today - timedelta(days=9), 10)
    )
