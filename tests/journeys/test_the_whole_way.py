"""The main job from an empty site to the steering group's page, in a real browser.

One story: its tests follow one another and each begins where the last one ended.
Amara and Ingrid act in the browser; for everybody else the same actions are called.
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from mentorship.accounts.models import AuditEntry, User
from mentorship.charter.models import Cohort, Program
from mentorship.home.actions import log_conversation
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant
from pairing.actions import accept_offer, answer_pilot
from pairing.models import Pair, PilotQuestion, Proposal
from tests.browser import picture
from tests.journeys.story import Story, everybody_joins, on, person, without_names

ROSTER = "tests/fixtures/rosters/spring-cohort.csv"
ADMINISTRATOR = "admin@kestrel.example"
COORDINATOR = "solveig.aas@kestrel.example"
STEERING = "olufemi.peters@kestrel.example"
MENTEE = "amara.nwosu@kestrel.example"
MENTOR = "ingrid.sorensen@kestrel.example"

DATES = {
    "Onboarding starts": "2026-03-02",
    "Pairing starts": "2026-03-16",
    "Pilot starts": "2026-03-23",
    "Active from": "2026-04-27",
    "Closing from": "2026-08-10",
    "Ends": "2026-08-24",
}
WORDS = {
    "What this program is for": "Nobody should learn the hard way twice.",
    "What mentors gain": "- A fresh view of the wards",
    "What mentees gain": "- Somebody who has been there",
    "What we expect of each other": "Come prepared, and say when you cannot come.",
    "What stays between you": "What is said stays, except where harm is near.",
    "Boundaries": "This is not line management and not therapy.",
    "When and how a pair ends": "After the cohort, or when either of you says so.",
}
# What is private, in words that cannot be anywhere by chance.
THOUGHT = "zaunkoenig: I was afraid to say it aloud"
HER_THOUGHT = "nachtigall: I talked too much again"
GOOD_MENTOR = "rotkehlchen: waits before answering"
# What the two of a pair share with nobody else.
USEFUL = "goldammer: we rehearsed the first sentence"
HER_USEFUL = "heckenbraunelle: what night shifts are like now"
PROMISE = "girlitz: ask for the agenda of the next review"
NOTICEABLE = "buchfink: two colleagues ask her a question"
PLACE = "bergfink: the small room behind the pharmacy"
DONE = re.compile("Done.*Open a point in the April review")
SHARED = [USEFUL, HER_USEFUL, PROMISE, NOTICEABLE, PLACE]
ONLY_MINE = [THOUGHT, GOOD_MENTOR]


@pytest.fixture(scope="module")
def story(site):
    return Story(site)


def pair_of_amara():
    return Pair.objects.get(mentee__user__email=MENTEE)


# --------------------------------------------------------------- 2 March: the charter
@on("2026-03-02")
def test_an_administrator_starts_a_program_and_reads_nothing_in_it(story, new_page):
    administrator = User.objects.create_superuser(
        ADMINISTRATOR, given_name="Ada", family_name="Min"
    )
    page = story.window(new_page, administrator)

    page.get_by_role("link", name="Start a program").first.click()
    page.get_by_label("Name of the program").fill("Rising Leads")
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_label("Email of its coordinator").fill(COORDINATOR)
    page.get_by_role("button", name="Start the program").click()

    page.get_by_text("The program is there").wait_for()
    charter = page.url.replace("/roles/", "/charter/draft/")
    assert page.goto(charter).status == 404
    story.deliver()
    assert story.mails_to(person(COORDINATOR))


@on("2026-03-02", 10)
def test_the_coordinator_writes_and_publishes_the_charter(story, new_page):
    coordinator = person(COORDINATOR)
    User.objects.filter(pk=coordinator.pk).update(
        given_name="Solveig", family_name="Aas", zone="Europe/Berlin"
    )
    page = story.window(new_page, coordinator)
    page.goto(f"{story.site.url}/programs/{Program.objects.get().pk}/charter/draft/")

    write_charter(page)
    page.get_by_role("button", name="Save and review").click()
    page.get_by_role("heading", name="Ready to publish").wait_for()
    picture(page, "way-charter-review")
    page.get_by_role("button", name="Publish version 1").click()

    page.get_by_text("Version 1 is in force").wait_for()
    assert page.get_by_text("Nobody should learn the hard way twice.").is_visible()
    page.get_by_role("link", name="Roles", exact=True).click()
    page.get_by_label("Email address").fill(STEERING)
    page.get_by_label("Steering group member").check()
    page.get_by_role("button", name="Give this role").click()
    page.get_by_text("is in. Role: Steering group member").wait_for()


def write_charter(page):
    for title, words in WORDS.items():
        page.get_by_label(title, exact=False).fill(words)
    write_outcome(page, "Mentor", "Hears early what newer colleagues need")
    page.get_by_role("button", name="Save and add an outcome").click()
    write_outcome(page, "Mentee", "Speaks up in reviews")
    step = page.get_by_role("group", name="Another step")
    step.get_by_label("What to do, or who to turn to").fill("Write to a coordinator")
    page.get_by_label("How often pairs meet").select_option("Every two weeks")


def write_outcome(page, side, statement):
    row = page.get_by_role("group", name="Another outcome")
    row.get_by_label("What should be different").fill(statement)
    row.get_by_label("For", exact=True).select_option(side)
    row.get_by_label("Kind").select_option("behavior")
    row.get_by_label("How it is measured").fill("Reviews")
    row.get_by_label("Target").fill("3 by the end")


@on("2026-03-02", 11)
def test_the_coordinator_opens_a_cohort_and_imports_the_spring_roster(story, new_page):
    page = story.window(new_page, person(COORDINATOR))
    page.goto(f"{story.site.url}/programs/")

    page.get_by_role("link", name="Add a cohort").click()
    page.get_by_label("Name of the cohort").fill("Spring")
    for label, day in DATES.items():
        page.get_by_label(label).fill(day)
    page.get_by_role("button", name="Add the cohort").click()
    page.get_by_role("button", name="Move on to Onboarding").click()
    page.get_by_text("The cohort is now in this stage: Onboarding").wait_for()

    page.get_by_role("link", name="People", exact=False).first.click()
    page.get_by_role("link", name="Import", exact=False).first.click()
    page.get_by_label("The list").set_input_files(ROSTER)
    page.get_by_role("button", name="Send the list").click()
    page.get_by_role("button", name="Go on to the columns").click()
    assert page.get_by_text("A guess: please check").count() < 4
    page.get_by_role("button", name="See what would happen").click()
    assert page.get_by_text("There are 46 people in spring-cohort.csv").is_visible()
    assert not Participant.objects.exists()
    picture(page, "way-import-preview")
    page.get_by_role("button", name="Import 46 people").click()

    page.get_by_role("heading", name="What the import did").wait_for()
    assert Participant.objects.mentors().count() == 21
    assert Participant.objects.mentees().count() == 25
    story.deliver()
    assert not story.mails_to(person(MENTEE))


@on("2026-03-02", 12)
def test_everybody_is_invited_by_mail(story, new_page):
    page = story.window(new_page, person(COORDINATOR))
    page.get_by_role("link", name="People", exact=False).first.click()

    page.get_by_label("Select all on this page").check()
    page.get_by_label("All 46 that match").check()
    page.get_by_role("button", name="Invite").click()

    page.get_by_text("46 people").first.wait_for()
    assert Participant.objects.filter(state="invited").count() == 46
    story.deliver()
    assert len(story.mails_to(person(MENTEE))) == 1


# ---------------------------------------------------------------- 3 March: people join
@on("2026-03-03")
def test_amara_joins_by_the_link_in_her_mail(story, new_page):
    page = new_page("phone")
    link = story.link_to(person(MENTEE), "Join")
    page.goto(link)
    assert page.get_by_role("heading", name="Welcome, Amara").is_visible()

    join_with_password(page)
    page.get_by_label("Skill 1").first.fill("Clinical trials")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("What does a good mentor do?").fill(GOOD_MENTOR)
    picture(page, "way-profile")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Save and finish").click()
    read_the_orientation(page)
    agree_to_the_charter(page)

    page.get_by_role("heading", name="You are ready").wait_for()
    page.goto(link)
    assert "Welcome, Amara" not in page.locator("h1").inner_text()
    assert (
        page.goto(f"{story.site.url}/programs/{Program.objects.get().pk}/roles/").status
        == 404
    )


@on("2026-03-03", 10)
def test_ingrid_joins_and_the_rest_by_the_same_actions(story, new_page):
    page = new_page()
    page.goto(story.link_to(person(MENTOR), "Join"))

    join_with_password(page)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_text("One person", exact=True).click()
    page.get_by_role("button", name="Save and finish").click()
    read_the_orientation(page)
    agree_to_the_charter(page)
    everybody_joins(Cohort.objects.get())

    page.get_by_role("heading", name="You are ready").wait_for()
    assert Participant.objects.ready().count() == 46


def join_with_password(page):
    page.get_by_text("With a password").click()
    page.get_by_label("Your new password").fill("three quiet herons")
    page.get_by_role("button", name="Join").click()
    page.get_by_text("Your profile, step 1 of 3").wait_for()


def read_the_orientation(page):
    page.get_by_role("link", name="Orientation").click()
    for _text in range(4):
        page.get_by_role("button", name="I have read this").first.click()
    page.get_by_text("You have read all four").wait_for()
    page.get_by_text("Mostly").click()
    page.get_by_role("button", name="Give this answer").click()


def agree_to_the_charter(page):
    page.get_by_role("link", name="The charter").click()
    page.get_by_label("I have read this charter and I agree to it").check()
    page.get_by_role("button", name="Agree").click()


# -------------------------------------------------------------- 16 March: who with whom
@on("2026-03-16")
def test_the_coordinator_proposes_pins_one_pair_and_publishes(story, new_page):
    page = story.window(new_page, person(COORDINATOR))
    page.get_by_role("link", name="Stage and dates").click()
    page.get_by_role("button", name="Move on to Pairing").click()
    page.get_by_role("link", name="Pairing", exact=False).first.click()

    page.get_by_role("button", name="Propose pairs").click()
    page.get_by_role("heading", name="proposed pairs").wait_for()
    page.get_by_role("link", name="Decide about two people yourself").click()
    page.get_by_label("Mentor", exact=True).select_option("Ingrid Sørensen")
    page.get_by_label("Mentee", exact=True).select_option("Amara Nwosu")
    page.get_by_role("button", name="Set this rule").click()
    page.get_by_text("Ingrid and Amara stay together.").wait_for()
    page.get_by_label("Name", exact=True).fill("Amara Nwosu")
    page.get_by_role("button", name="Show").click()

    card = page.get_by_role("article", name="Ingrid Sørensen and Amara Nwosu")
    page.wait_for_function("() => document.querySelectorAll('.prop').length === 1")
    assert card.get_by_role("button", name="Pinned").is_visible()
    assert card.get_by_text("Complementary skills").is_visible()
    assert GOOD_MENTOR not in page.content()
    picture(page, "way-workbench")
    story.deliver()
    assert not story.mails_about("work with")
    page.get_by_role("button", name="Publish all").click()
    page.get_by_text("proposed to people").first.wait_for()
    story.deliver()
    offered = Proposal.objects.offered().count()
    assert offered >= 22
    assert len(story.mails_about("work with")) == 2 * offered


@on("2026-03-17")
def test_two_people_accept_on_their_phones_and_become_a_pair(story, new_page):
    page = story.window(new_page, person(MENTEE), "phone")
    page.get_by_role("link", name="Read and answer").click()
    picture(page, "way-offer")
    offer = page.locator("main").inner_text()
    page.get_by_role("button", name="Yes, let us try").click()
    page.get_by_text("your answer is noted").wait_for()

    page = story.window(new_page, person(MENTOR), "phone")
    page.get_by_role("link", name="Read and answer").click()
    page.get_by_role("button", name="Yes, let us try").click()
    page.get_by_text("You are a pair").wait_for()

    for proposal in Proposal.objects.offered().with_people():
        for place in (proposal.mentor, proposal.mentee):
            accept_offer(proposal, by=place.user, at=datetime.now(UTC))
    assert "Ingrid" in offer
    assert "points" not in offer  # reasons, never a score
    assert pair_of_amara().state == "pilot"
    assert Pair.objects.running().count() >= 22


@on("2026-03-23")
def test_the_pilot_begins_and_the_coordinator_sees_who_needs_a_hand(story, new_page):
    page = story.window(new_page, person(COORDINATOR))
    page.get_by_role("link", name="Stage and dates").click()

    page.get_by_role("button", name="Move on to Pilot").click()
    page.get_by_text("The cohort is now in this stage: Pilot").wait_for()
    page.get_by_role("button", name="Save the rhythm").click()
    page.get_by_role("link", name="Today", exact=False).first.click()
    picture(page, "way-coordinator-home")

    assert page.get_by_role("heading", name="All is quiet").is_visible()


# --------------------------------------------------------------- 24 March: they meet
@on("2026-03-24")
def test_amara_proposes_a_session_and_only_her_mentor_learns_where(story, new_page):
    story.night(date(2026, 3, 24))
    page = story.window(new_page, person(MENTEE), "phone")

    page.get_by_role("link", name="Find a time").click()
    page.get_by_label("Day").fill("2026-03-26")
    page.get_by_label("Time", exact=True).fill("14:30")
    page.get_by_text("In person", exact=True).click()
    page.locator("label").get_by_text("45 min", exact=True).click()
    page.get_by_label("Where, or the link").fill(PLACE)
    page.get_by_role("button", name="Propose this time").click()

    story.deliver()
    assert story.mails_to(person(MENTOR), "proposes a time")
    page = story.window(new_page, person(MENTOR), "phone")
    assert page.get_by_text(PLACE).first.is_visible()
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("It is in your plan and in both calendars").wait_for()

    story.deliver()
    for who in (MENTOR, MENTEE):
        assert story.mails_to(person(who), "is planned")


@on("2026-03-26", 16)
def test_amara_logs_the_session_with_a_private_thought(story, new_page):
    page = story.window(new_page, person(MENTEE), "phone")
    page.get_by_role("link", name="Yes, log it").click()
    page.get_by_text("Only you").first.wait_for()

    page.get_by_text("Wellbeing", exact=True).click()
    page.get_by_label("What was useful to you in it?").fill(USEFUL)
    page.get_by_label("A thought to keep").fill(THOUGHT)
    page.get_by_role("slider", name="Confidence").press("ArrowRight")
    page.get_by_role("slider", name="Working together").press("ArrowRight")
    page.get_by_label("A promise, in a few words").first.fill(PROMISE)
    picture(page, "way-log")
    page.get_by_role("button", name="Save session").click()

    page.get_by_text("Saved. Ingrid can read what was useful").wait_for()
    session = pair_of_amara().sessions.get()
    assert (session.state, str(session.held_on)) == ("held", "2026-03-26")
    assert page.get_by_text(PROMISE).first.is_visible()


@on("2026-03-27")
def test_ingrid_reflects_and_reads_what_was_useful_but_no_thought(story, new_page):
    page = story.window(new_page, person(MENTOR))
    page.get_by_role("link", name="Look back").click()
    assert THOUGHT not in page.content()
    assert not page.get_by_text("Last time").count()

    page.get_by_label("What was useful?").fill(HER_USEFUL)
    page.get_by_label("A thought to keep").fill(HER_THOUGHT)
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("Kept. Thank you.").wait_for()
    page.goto(f"{story.site.url}/sessions/{pair_of_amara().sessions.get().pk}/")
    assert page.get_by_text(USEFUL).first.is_visible()
    assert page.get_by_text("Wellbeing").first.is_visible()
    assert THOUGHT not in page.content()


@on("2026-03-27", 11)
def test_both_get_an_outcome_and_reach_a_milestone_together(story, new_page):
    mentee = story.window(new_page, person(MENTEE))
    mentor = story.window(new_page, person(MENTOR))
    home = f"{story.site.url}/pairs/{pair_of_amara().pk}/"
    mentee.goto(home)
    mentor.goto(home)

    write_pairs_outcome(mentee, "Amara", "Open points myself in case reviews")
    write_pairs_outcome(mentor, "Ingrid", "Hear what keeps newer nurses from staying")
    mentee.goto(home)
    mentee.get_by_role("link", name="Add a milestone").click()
    mentee.get_by_label("Step", exact=True).fill("Open a point in the April review")
    mentee.get_by_label("Real work").check()
    mentee.get_by_label("By when").fill("2026-04-20")
    mentee.get_by_role("button", name="Save the step").click()
    mentee.get_by_role("button", name=DONE).click()
    mentee.get_by_text("It counts as reached once you both say so").wait_for()
    mentor.goto(home)
    assert mentor.get_by_text(NOTICEABLE).first.is_visible()
    mentor.get_by_role("button", name=DONE).click()

    mentor.get_by_text("Reached: you both said so.").wait_for()
    picture(mentor, "way-pair")


def write_pairs_outcome(page, name, title):
    page.get_by_role("link", name=f"Write one for {name}").click()
    page.get_by_label("What should be different").fill(title)
    page.get_by_label("How you will both see it").fill(NOTICEABLE)
    page.get_by_label("What you count or compare").fill("Points opened in a review")
    page.get_by_label("Where it stands now").fill("0")
    page.get_by_label("Where it should be").fill("3 in a row")
    page.get_by_label("By when").fill("2026-06-30")
    page.get_by_role("button", name="Save the outcome").click()
    page.get_by_text("The outcome is on your page").wait_for()


@on("2026-04-08", 16)
def test_eight_taps_from_the_first_page_log_a_session(story, new_page):
    page = story.window(new_page, person(MENTEE), "phone")
    thumb = Thumb()

    thumb.tap(page.get_by_role("navigation").get_by_role("link", name="Log"))
    thumb.tap(page.get_by_text("Phone", exact=True))
    thumb.tap(page.get_by_text("30 min", exact=True))
    thumb.tap(page.get_by_text("Something else", exact=True))
    thumb.tap(page.get_by_role("button", name="Save session"))

    page.get_by_text("Saved. Ingrid can read what was useful").wait_for()
    assert thumb.taps <= 8
    assert pair_of_amara().sessions.held().count() == 2


class Thumb:
    """Taps, and counts."""

    taps = 0

    def tap(self, target):
        self.taps += 1
        target.tap()


# ------------------------------------------------------------ April: the pilot question
@on("2026-04-09")
def test_the_pilot_question_is_answered_in_private(story, new_page):
    the_others_meet(date(2026, 3, 25), date(2026, 4, 8))
    story.night(date(2026, 4, 9))
    for email in (MENTEE, MENTOR):
        assert story.mails_to(person(email), "go on together?")
    before = seen_by_the_coordinator(story, new_page)

    page = story.window(new_page, person(MENTEE), "phone")
    page.get_by_role("region", name="Your pilot with").get_by_role("link").click()
    page.get_by_label("Yes, let us go on").check()
    page.get_by_role("button", name="Give this answer").click()
    page.get_by_text("Only you know your answer").wait_for()

    assert seen_by_the_coordinator(story, new_page) == before
    page = story.window(new_page, person(MENTOR), "phone")
    assert not page.get_by_text("You have answered").count()
    page.get_by_role("region", name="Your pilot with").get_by_role("link").click()
    assert not page.locator("input:checked").count()
    page.get_by_label("Yes, let us go on").check()
    page.get_by_role("button", name="Give this answer").click()
    page.get_by_text("Only you know your answer").wait_for()
    assert pair_of_amara().state == "pilot"
    assert seen_by_the_coordinator(story, new_page) == before


def seen_by_the_coordinator(story, new_page):
    """The words on what a coordinator can open about the pair."""
    page = story.window(new_page, person(COORDINATOR))
    pair = pair_of_amara()
    words = [page.locator("main").inner_text()]
    for path in (f"/pairs/{pair.pk}/", f"/cohorts/{pair.cohort_id}/pairs/"):
        page.goto(story.site.url + path)
        words.append(page.locator("main").inner_text())
    return words


@on("2026-04-10")
def test_both_learn_the_decision_at_once_and_nobody_who_wished_for_it(story, new_page):
    parting = the_others_answer()
    story.night(date(2026, 4, 10))
    story.night(date(2026, 4, 10))  # again is harmless

    assert pair_of_amara().state == "active"
    parting.refresh_from_db()
    assert (parting.state, parting.ending) == ("ended", "switched")
    both = [parting.mentee.user, parting.mentor.user]
    letters = [story.mails_to(one, "has ended")[0].body for one in both]
    told = [without_names(letter, both) for letter in letters]
    assert told[0] == told[1]
    page = story.window(new_page, person(COORDINATOR))
    page.goto(f"{story.site.url}/pairs/{parting.pk}/")
    words = page.locator("main").inner_text()
    assert "Both are free for a new pairing" in words
    assert "asked" not in words


def the_others_answer():
    """Everybody goes on but one mentee, whose pair is returned."""
    pairs = Pair.objects.in_pilot().with_people().exclude(mentee__user__email=MENTEE)
    parting = pairs.order_by("mentee__user__email").first()
    for pair in pairs:
        for place in pair.members:
            question = PilotQuestion.objects.newest_of(pair, place.user)
            leaves = pair == parting and place == pair.mentee
            choice = "switch" if leaves else "continue"
            answer_pilot(question, by=place.user, choice=choice, at=datetime.now(UTC))
    return parting


def the_others_meet(*days):
    """Every other running pair has a session on each day and looks back on it."""
    pairs = Pair.objects.running().with_people().exclude(mentee__user__email=MENTEE)
    for pair in pairs.select_related("cohort__program"):
        for day in days:
            met = {"held_on": day, "minutes": 45, "channel": "video"}
            log_conversation(
                pair,
                by=pair.mentee.user,
                at=datetime.now(UTC),
                session={**met, "useful": "A question to think about."},
            )


# ------------------------------------------------------------ until June: nights go by
@on("2026-04-27")
def test_the_cohort_becomes_active(story, new_page):
    page = story.window(new_page, person(COORDINATOR))
    page.get_by_role("link", name="Stage and dates").click()

    page.get_by_role("button", name="Move on to Active").click()

    page.get_by_text("The cohort is now in this stage: Active").wait_for()
    assert Cohort.objects.get().stage == "active"


@on("2026-06-22")
def test_before_the_period_is_over_the_steering_group_reads_no_figure(story, new_page):
    the_others_meet(*(date(2026, 4, 22) + timedelta(days=14 * n) for n in range(4)))
    for week in range(10):
        story.night(date(2026, 4, 15) + timedelta(weeks=week))
    page = story.window(new_page, person(STEERING))

    assert page.get_by_text("No figures yet").is_visible()
    assert page.get_by_text("Speaks up in reviews").is_visible()
    assert not page.get_by_text("Met at least once").count()


@on("2026-06-25")
def test_the_steering_group_reads_ranges_and_no_name(story, new_page):
    story.night(date(2026, 6, 24))  # closes the period and checks its figures
    story.night(date(2026, 6, 25))  # publishes them, as no coordinator held them back
    page = story.window(new_page, person(STEERING))
    page.set_viewport_size({"width": 1360, "height": 900})
    picture(page, "way-report")

    words = page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    csv = download.value.path().read_text(encoding="utf-8-sig")

    assert "Met at least once" in words
    assert re.search(r"of \d+ to \d+ pairs", words)
    assert "%" not in words
    assert "Met at least once" in csv
    everything = [words, csv, *story.everything_read_by(person(STEERING)).values()]
    for place in Participant.objects.select_related("user"):
        for name in (place.user.family_name, place.user.email, place.user.external_id):
            assert not name or not found_in(name, everything), name


# --------------------------------------------------------- what nobody else ever reads
@on("2026-06-25", 10)
def test_private_words_are_on_no_other_persons_page(story):
    answered = ["Yes, let us go on", "rather be paired anew"]
    for email in (
        COORDINATOR,
        STEERING,
        ADMINISTRATOR,
        "halina.wojcik@kestrel.example",
    ):
        read = story.everything_read_by(person(email)).values()
        for words in [*SHARED, *ONLY_MINE, HER_THOUGHT, *answered]:
            assert not found_in(words, read), f"{email}: {words}"


@on("2026-06-25", 10)
def test_the_partner_reads_what_is_shared_and_nothing_private(story):
    hers = story.everything_read_by(person(MENTOR)).values()
    mine = story.everything_read_by(person(MENTEE)).values()

    read = [USEFUL, HER_USEFUL, PROMISE, NOTICEABLE]
    assert [words for words in read if not found_in(words, hers)] == []
    assert not any(found_in(words, hers) for words in ONLY_MINE)
    assert not found_in(HER_THOUGHT, mine)
    assert found_in(GOOD_MENTOR, mine)


@on("2026-06-25", 10)
def test_private_words_are_in_no_mail_and_no_log(story):
    letters = [str(m.message()) + m.body + m.subject for m in story.mails]
    logged = [str(entry.changes) for entry in AuditEntry.objects.all()]
    queued = [str(notice.context) for notice in Notice.objects.all()]

    assert len(letters) > 100
    for words in [*SHARED, *ONLY_MINE, HER_THOUGHT]:
        assert not found_in(words, [*letters, *logged, *queued]), words


def found_in(words, texts):
    return any(words in text for text in texts)
