"""Everyday tasks on a phone: how many taps and seconds each takes, and no more.

A new task is a function that is given a hand and a fresh pair, with its limit of taps:
`@task("What it is", most=3)`.
"""

import os
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.actions import ask_reflections
from feedback.models import CheckIn, Concern, Reflection
from mentorship.accounts.acting import acting_as
from mentorship.participants.models import Availability
from milestones.actions import Promised, confirm_milestone, promise
from milestones.models import ActionItem, Lesson
from pairing import links
from pairing.actions import plan_session, propose_agreement, propose_time
from pairing.models import Agreement, Note, Session
from tests.browser import sign_in
from tests.factories import (
    CharterFactory,
    CheckInFactory,
    CoreOutcomeFactory,
    MilestoneFactory,
    OutcomeFactory,
    PairFactory,
    ProfileFactory,
    RoleFactory,
    SessionFactory,
)
from tests.journeys import effort

TASKS, MEASURED = [], {}
MOST_SECONDS = 60


def task(name, most, signed_in=True):
    """Make a test of it: `most` is how many taps it may take."""

    def keep(act):
        TASKS.append(pytest.param(name, most, signed_in, act, id=act.__name__))
        return act

    return keep


@pytest.fixture
def pair(transactional_db):
    """Two people who have met once, two weeks ago."""
    pair = PairFactory(
        mentor__user__given_name="Kwame", mentee__user__given_name="Linh"
    )
    charter = CharterFactory(program=pair.cohort.program)
    OutcomeFactory(pair=pair, core_outcome=CoreOutcomeFactory(charter=charter))
    before = timezone.localdate() - timedelta(days=14)
    SessionFactory(
        pair=pair, held_on=before, confirmed_by=pair.mentor, confirmed_at=timezone.now()
    )
    return pair


@pytest.fixture(scope="module", autouse=True)
def page_of_figures():
    """Write docs/benchmarks/effort.md once everything is measured, if asked to."""
    yield
    if os.environ.get("RECIPROCAL_EFFORT") and len(MEASURED) == len(TASKS):
        rows = [(p.values[0], p.values[1], MEASURED[p.values[0]]) for p in TASKS]
        effort.PAGE.write_text(effort.written(rows))


def over(pair):
    """A planned session whose time has just passed."""
    return pair.sessions.create(
        state="planned",
        starts_at=timezone.now() - timedelta(hours=2),
        minutes=45,
        channel="video",
    )


def link_to(pair, site):
    token = links.token_for(over(pair).pk, pair.mentee.user_id)
    return site + reverse("home:answer_by_link", args=[token])


def both_have_hours(pair):
    """Nine to six, every day, for both."""
    for place in (pair.mentor, pair.mentee):
        profile = ProfileFactory(user=place.user)
        for day in range(7):
            hours = {"weekday": day, "starts": time(9), "ends": time(18), "zone": "UTC"}
            Availability.objects.create(profile=profile, **hours)


def newest(pair):
    return pair.sessions.order_by("-created_at").first()


@task("Log a session by the link in the mail", most=2, signed_in=False)
def log_by_link(hand, pair, site):
    hand.open(link_to(pair, site))
    hand.choose("30 min")
    hand.press("Save", "Noted. Thank you.")
    assert (newest(pair).state, newest(pair).minutes) == ("held", 30)


@task("Say by the link that you did not meet", most=2, signed_in=False)
def not_met_by_link(hand, pair, site):
    hand.open(link_to(pair, site))
    hand.choose("We did not meet")
    hand.press("Save", "Noted. Thank you.")
    assert newest(pair).state == "missed"


@task("Log a session by the form", most=8)
def log_by_form(hand, pair, site):
    hand.open(site)
    hand.follow("Log", "How did it go?")
    hand.choose("Video")
    hand.choose("30 min")
    hand.choose("Wellbeing")
    hand.press("Save session", "is asked to confirm")
    assert Session.objects.held().count() == 2


@task("Confirm what the partner logged", most=1)
def confirm(hand, pair, site):
    session = SessionFactory(pair=pair, logged_by=pair.mentor)
    hand.open(site)
    hand.press("That is right", "Noted. Thank you.")
    session.refresh_from_db()
    assert session.confirmed_by == pair.mentee


@task("Correct what the partner logged", most=4)
def correct(hand, pair, site):
    session = SessionFactory(pair=pair, logged_by=pair.mentor)
    hand.open(site)
    hand.follow("Correct it", "That is right")
    hand.choose("Correct the day, the way or the length")
    hand.choose("1 hour")
    hand.press("Save it like this", "Noted. Thank you.")
    session.refresh_from_db()
    assert (session.minutes, session.confirmed_by) == (60, pair.mentee)


@task("Look back on a session for a minute", most=4)
def look_back(hand, pair, site):
    ask_reflections(pair.sessions.get(), at=timezone.now())
    hand.open(site)
    hand.follow("Look back", "for you?")
    hand.write("What helped?", "He asked and then waited.")
    hand.press("Save", "Kept. Thank you.")
    assert Reflection.objects.written().count() == 1


@task("Plan the next session", most=10)
def plan(hand, pair, site):
    hand.open(site)
    hand.follow("Find a time", "You have agreed already?")
    hand.follow("Put it in the plan at once", "Plan the session")
    soon = timezone.localdate() + timedelta(days=5)
    hand.turn("Day", soon.isoformat())
    hand.turn("Time", "16:00")
    hand.choose("Video")
    hand.press("Plan the session", "It is in your plan")
    assert pair.sessions.planned().count() == 1


@task("Move the next session to another time", most=6)
def move(hand, pair, site):
    planned = {"at": timezone.now(), "minutes": 45, "channel": "video"}
    soon = timezone.now() + timedelta(days=3)
    session = plan_session(pair, by=pair.mentor.user, starts_at=soon, **planned)
    hand.open(site)
    hand.follow("Move it", "Move the session")
    hand.turn("Time", "09:15")
    hand.press("Move the session", "It is in your plan")
    session.refresh_from_db()
    assert session.sequence == 1


@task("Tick a promise as kept", most=1)
def keep_a_promise(hand, pair, site):
    made = [Promised("Send the template", "mentee", "mentor")]
    promise(pair, made, by=pair.mentee.user, at=timezone.now())
    hand.open(site)
    hand.press("Kept", "Kept. Thank you.")
    assert not ActionItem.objects.open().exists()


@task("Answer a check-in from its mail", most=2)
def answer_check_in(hand, pair, site):
    asked = CheckInFactory(pair=pair)
    address = reverse("feedback:check_in", args=[asked.pk])
    hand.open(f"{site}{address}?answer=worth+it")
    hand.press("Give this answer", "Thank you")
    assert CheckIn.objects.get().answer == "worth it"


@task("Agree to how the partner would work together", most=3)
def agree(hand, pair, site):
    facts = {"rhythm_days": 14, "minutes": 45, "channels": ["video"], "books": "mentee"}
    words = {"goals": "A calm voice", "confidentiality": "", "boundaries": ""}
    propose_agreement(
        pair,
        by=pair.mentor.user,
        at=timezone.now(),
        seen="",
        facts=facts,
        words={**words, "ending": ""},
    )
    hand.open(site)
    hand.follow("Read and answer", "A calm voice")
    hand.press("Agree", "Agreed by both of you")
    assert Agreement.objects.get().agreed_at


@task("Find a time that suits both, and propose it", most=2)
def find_a_time(hand, pair, site):
    both_have_hours(pair)
    hand.open(site)
    hand.follow("Find a time", "These suit you both")
    hand.press("Propose", "can accept it or name another time")
    assert newest(pair).state == "proposed"


@task("Accept the time that the partner proposes", most=1)
def accept_a_time(hand, pair, site):
    soon = timezone.now() + timedelta(days=3)
    by = {"by": pair.mentor.user, "at": timezone.now()}
    propose_time(pair, starts_at=soon, minutes=45, channel="video", **by)
    hand.open(site)
    hand.press("Accept", "It is in your plan")
    assert newest(pair).state == "planned"


@task("Keep a lesson from a finished step", most=3)
def keep_a_lesson(hand, pair, site):
    step = MilestoneFactory(pair=pair)
    for place in (pair.mentor, pair.mentee):
        confirm_milestone(step, by=place.user, at=timezone.now())
    hand.open(site)
    hand.follow("Two minutes on what it taught you", "What did this step teach you?")
    hand.write("What would you do again", "Pause, and wait.")
    hand.press("Keep it", "Would it help others?")
    assert Lesson.objects.filter(author=pair.mentee, state="written").exists()


@task("Write a note for both", most=4)
def write_a_note(hand, pair, site):
    hand.open(site)
    hand.follow("Your pair", "Open the workspace")
    hand.follow("Open the workspace", "Your workspace")
    hand.write("Your note", "What if nobody answers?")
    hand.press("Save the note", "Saved for both of you.")
    with acting_as(pair.mentor.user):
        assert Note.objects.get().author == pair.mentee


@task("Come to the form for a concern", most=2)
def reach_the_concern_form(hand, pair, site):
    RoleFactory(program=pair.cohort.program)
    hand.open(site)
    hand.follow("Something not right? Talk to someone", "Something not right?")
    hand.page.get_by_label("In your own words").wait_for()


@task("Tell somebody in confidence", most=3)
def tell_in_confidence(hand, pair, site):
    owner = RoleFactory(program=pair.cohort.program).user
    hand.open(site)
    hand.follow("Something not right? Talk to someone", "You choose who")
    hand.write("In your own words", "Can we talk on Thursday?")
    hand.press("Send it", "What you wrote")
    with acting_as(owner):
        assert Concern.objects.count() == 1


@pytest.mark.parametrize(("name", "most", "signed_in", "act"), TASKS)
def test_a_task_takes_no_more_than_it_may(
    live_server, new_page, pair, name, most, signed_in, act
):
    page = new_page("phone")
    if signed_in:
        sign_in(page, live_server, pair.mentee.user)
    hand = effort.Hand(page)

    act(hand, pair, live_server.url)

    MEASURED[name] = hand
    assert hand.taps <= most
    assert hand.seconds <= MOST_SECONDS


def test_there_are_ten_everyday_tasks_each_with_its_row():
    assert len(TASKS) >= 10
    idle = effort.Hand(page=None)
    page = effort.written([(p.values[0], p.values[1], idle) for p in TASKS])
    assert all(f"| {p.values[0]} | 0 |" in page for p in TASKS)
