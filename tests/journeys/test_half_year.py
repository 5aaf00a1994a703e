"""Half a year of one pair, in a real browser on two phones, and three months after.

One story: its tests follow one another, and each begins where the last one ended.
"""

import re
from datetime import date, timedelta
from difflib import ndiff

import pytest
import time_machine
from django.test import Client

from feedback.models import Asking, Concern, Moment, Reflection, Review
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from milestones.models import ActionItem, Outcome
from pairing.models import Pair
from tests.browser import picture
from tests.journeys.half_year import (
    KWAMES,
    LINHS,
    SHARED,
    HalfYear,
    choose,
    follow,
    is_sound,
    press,
    sees,
)
from tests.journeys.story import on
from tests.uploads import a_pdf

TOKEN = re.compile(r'(name="csrfmiddlewaretoken"|name="form_id") value="[\w-]+"')
NOBODYS = ["/ideas/"]  # the library holds no person's words


@pytest.fixture(scope="module")
def story(site):
    with on("2026-01-12", 6):
        return HalfYear(site)


# ------------------------------------------------------- January: how, and what for
@on("2026-01-12", 8)
def test_before_anything_each_says_how_they_see_themselves(story, new_page):
    story.tonight()
    for person in (story.linh, story.kwame):
        page = story.phone(new_page, person)
        follow(page, "Have a look", "How do you see it today?")
        is_sound(page)
        answer_all(page, "A little")
        press(page, "Save")
        page.wait_for_url(re.compile("/growth/|/me/"))

    assert Asking.objects.filter(moment=Moment.START, state="answered").count() == 2


def answer_all(page, *words):
    """Touch the same answer under every sentence that offers it."""
    for answer in words:
        for one in page.get_by_text(answer, exact=True).all():
            one.click()


@on("2026-01-12", 9)
def test_an_agreement_is_proposed_by_one_and_agreed_by_the_other(story, new_page):
    linh = story.on_pair(new_page, story.linh)
    follow(linh, "Write it together", "How you two work together")
    is_sound(linh)
    linh.get_by_label("What do you two want").fill(SHARED["agreement"])
    choose(linh, "Every two weeks", "Video")
    press(linh, "Save and ask Kwame", "It holds as soon as Kwame does too")
    story.deliver()

    kwame = story.phone(new_page, story.kwame)
    assert story.link_to(story.kwame, "wrote down how")
    follow(kwame, "Read and answer", SHARED["agreement"])
    is_sound(kwame)
    press(kwame, "Agree", "What you agreed")
    story.deliver()
    assert story.mails_to(story.linh, "Your agreement with Kwame holds")
    assert story.pair.rhythm_days == 14


@on("2026-01-12", 10)
def test_each_side_gets_an_outcome_and_a_vague_one_is_sent_back_kindly(story, new_page):
    kwame = story.on_pair(new_page, story.kwame)
    follow(kwame, "Write one for Kwame", "What should be different for you?")
    write_outcome(kwame, title="Become a better mentor")
    sees(kwame, "A good start. Say a little more exactly what")
    is_sound(kwame)
    write_outcome(kwame, title="Ask two questions before I advise on a case")
    sees(kwame, "Write one for Linh")

    linh = story.phone(new_page, story.linh)
    follow(linh, "Write it together", "What should be different for you?")
    write_outcome(linh, title="Open the case review myself on ward four")
    linh.get_by_role("heading", name="Your roadmap").wait_for()
    assert set(Outcome.objects.values_list("side", flat=True)) == {"mentor", "mentee"}


def write_outcome(page, title):
    words = {
        "title": title,
        "observable": "The other one hears it happen twice",
        "measure": "Reviews in which it happened",
        "baseline": "0",
        "target": "3 reviews",
        "due_on": "2026-05-15",
    }
    for name, text in words.items():
        page.locator(f"[name={name}]").fill(text)
    press(page, "Save the outcome")


# ------------------------------------------------- sessions: found, told, confirmed
@on("2026-01-13", 8)
def test_a_time_is_found_and_accepted_with_one_tap_each(story, new_page):
    linh = story.phone(new_page, story.linh)
    follow(linh, "Find a time", "These suit you both")
    is_sound(linh)
    assert linh.get_by_text("(Kolkata)").count() == 5
    linh.get_by_role("button", name="Propose", exact=True).first.click()
    sees(linh, "can accept it or name another time")
    story.deliver()

    kwame = story.phone(new_page, story.kwame)
    press(kwame, "Accept", "It is in your plan and in both calendars")
    story.deliver()
    for person in (story.linh, story.kwame):
        [letter] = story.mails_to(person, "is planned")
        assert "BEGIN:VCALENDAR" in letter.message().as_string()
    assert story.newest.state == "planned"


def test_the_link_in_the_mail_tells_it_in_two_taps_and_only_a_post(story, new_page):
    with time_machine.travel(story.newest.ends_at + timedelta(minutes=20)):
        story.deliver()
        link = story.link_to(story.linh, "Did you and Kwame meet?")
        for method in ("get", "head", "get"):
            getattr(Client(), method)(link.removeprefix(story.site.url))
        assert story.newest.state == "planned"

        linh = new_page("phone")
        linh.goto(link)
        is_sound(linh)
        choose(linh, "45 min")
        press(linh, "Save", "Noted. Thank you.")
        assert (story.newest.state, story.newest.minutes) == ("held", 45)

        kwame = story.phone(new_page, story.kwame)
        press(kwame, "That is right", "Noted. Thank you.")
        assert story.newest.confirmed_by.user == story.kwame

        linh = story.phone(new_page, story.linh)
        follow(linh, "Look back", "for you?")
        is_sound(linh)
        linh.get_by_label("What helped?").fill(LINHS["thought"])
        press(linh, "Save", "Kept. Thank you.")
        assert Reflection.objects.written().count() == 1


@on("2026-01-29", 15)
def test_a_session_nobody_planned_is_logged_by_form_with_a_promise(story, new_page):
    kwame = story.on_pair(new_page, story.kwame, "log/")
    is_sound(kwame)
    choose(kwame, "Phone", "30 min", "Wellbeing")
    kwame.get_by_label("What was useful to you").fill(SHARED["useful"])
    kwame.locator("[name$=thought]").fill(KWAMES["thought"])
    kwame.get_by_label("A promise, in a few words").first.fill(SHARED["promise"])
    press(kwame, "Save session", "is asked to confirm")

    linh = story.phone(new_page, story.linh)
    follow(linh, "Correct it", "That is right")
    choose(linh, "Correct the day, the way or the length", "45 min")
    press(linh, "Save it like this", "Noted. Thank you.")
    assert (story.newest.minutes, story.newest.channel) == (45, "phone")


@on("2026-02-09", 8)
def test_a_session_is_planned(story, new_page):
    linh = story.on_pair(new_page, story.linh, "plan/")
    linh.get_by_label("Day").fill("2026-02-12")
    linh.get_by_label("Time").fill("16:00")
    choose(linh, "Video")
    press(linh, "Plan the session", "It is in your plan")


@on("2026-02-12", 18)
def test_we_did_not_meet_is_an_answer_and_nobody_is_asked_again(story, new_page):
    story.deliver()
    kwame = new_page("phone")
    kwame.goto(story.link_to(story.kwame, "Did you and Linh meet?"))
    choose(kwame, "We did not meet")
    press(kwame, "Save", "That happens, and nothing more is asked.")
    assert story.newest.state == "missed"
    assert not Reflection.objects.filter(session=story.newest).exists()


# --------------------------------------------------------- a step, and what it taught
@on("2026-02-16", 9)
def test_a_step_is_shown_and_confirmed_by_both(story, new_page):
    linh = story.on_pair(new_page, story.linh)
    follow(linh, "Add a milestone", "What is a good next step?")
    is_sound(linh)
    linh.locator("[name=title]").fill("Lead one handover on ward four")
    linh.get_by_label("Real work").check()
    linh.locator("[name=due_on]").fill("2026-03-02")
    press(linh, "Save the step", "The step is on your road.")
    follow(linh, "Show something", "What shows it")
    linh.get_by_label("In a few words").fill(SHARED["evidence"])
    linh.get_by_label("A link").fill("https://wiki.example/handover")
    press(linh, "Add it", SHARED["evidence"])
    is_sound(linh)
    linh.goto(story.address)
    press(linh, re.compile("^Done"), "Waiting for the word of Kwame.")

    kwame = story.on_pair(new_page, story.kwame)
    press(kwame, re.compile("^Done"), "You both said so.")


@on("2026-02-16", 10)
def test_its_lesson_is_shared_without_names_and_found_by_a_newcomer(story, new_page):
    linh = story.phone(new_page, story.linh)
    follow(linh, "Two minutes on what it taught you", "What did this step teach you?")
    linh.get_by_label("What would you do again").fill(SHARED["lesson"])
    press(linh, "Keep it", "Would it help others?")
    is_sound(linh)
    press(linh, "Share it, without my name")
    linh.get_by_role("alert").first.wait_for()
    linh.get_by_label("The lesson, in words for everyone").fill(
        "Pausing before the answer let the others speak."
    )
    linh.get_by_label("Another theme").fill("Handover")
    press(linh, "Share it, without my name", "Shared, without your name")

    newcomer = story.phone(
        new_page, story.newcomer, f"programs/{story.program.pk}/lessons/"
    )
    newcomer.get_by_label("Look for a word").fill("pausing")
    press(newcomer, "Look", "Pausing before the answer")
    assert newcomer.get_by_role("link", name="Handover").is_visible()
    assert SHARED["lesson"] not in newcomer.content()
    assert "Linh" not in newcomer.locator("main").inner_text()
    is_sound(newcomer)


# ---------------------------------------------- between sessions: thinking and making
@on("2026-02-23", 9)
def test_a_playbook_opens_and_questions_end_in_a_dated_promise(story, new_page):
    linh = story.phone(new_page, story.linh)
    linh.get_by_role("link", name="See the full guide").first.click()
    linh.locator("main h1").wait_for()
    is_sound(linh)
    linh.goto(story.address)
    follow(linh, "A few questions to yourself", "What will you do?")
    is_sound(linh)
    linh.locator("[name=answer_0]").fill(LINHS["guided"])
    linh.locator("[name=promise_0]").fill("Ask for the next round myself")
    linh.locator("[name=due_0]").fill("2026-03-05")
    press(linh, "Keep it", "Kept, for you alone.")
    promised = ActionItem.objects.get(due_on=date(2026, 3, 5))
    assert promised.owner.user == story.linh

    linh.goto(f"{story.address}plan/")
    linh.get_by_label("Day").fill("2026-03-03")
    linh.get_by_label("Time").fill("10:00")
    choose(linh, "Video")
    press(linh, "Plan the session", "It is in your plan")
    linh.goto(f"{story.site.url}/me/")
    assert linh.get_by_text("1 small promise of yours goes along.").is_visible()
    press(linh, re.compile("^Kept.*next round"), "Kept. Thank you.")


@on("2026-02-24", 9)
def test_they_share_a_note_and_a_file_and_keep_a_notebook_apart(story, new_page):
    linh = story.on_pair(new_page, story.linh, "workspace/")
    linh.get_by_label("Your note").fill(SHARED["note"])
    press(linh, "Save the note")
    linh.locator("article").get_by_text(SHARED["note"]).wait_for()
    file = {"name": "tree.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
    linh.get_by_label("A file").set_input_files(file)
    press(linh, "Keep the file")
    linh.get_by_role("link", name="tree.pdf").wait_for()
    is_sound(linh)
    linh.goto(f"{story.site.url}/notebook/")
    linh.get_by_label("A new page").fill(LINHS["notebook"])
    press(linh, "Save the page")
    linh.locator("article").get_by_text(LINHS["notebook"]).wait_for()
    is_sound(linh)

    kwame = story.on_pair(new_page, story.kwame, "workspace/")
    assert kwame.get_by_text(SHARED["note"]).is_visible()
    with kwame.expect_download() as kept:
        kwame.get_by_role("link", name="tree.pdf").click()
    assert kept.value.path().read_bytes() == a_pdf()


@on("2026-03-10", 9)
def test_one_asks_for_feedback_and_the_other_gives_it(story, new_page):
    linh = story.on_pair(new_page, story.linh)
    press(linh, "Ask Kwame for feedback", "You asked Kwame")
    story.deliver()
    kwame = story.phone(new_page, story.kwame)
    follow(kwame, "Write it, or not this time", "Feedback for Linh")
    is_sound(kwame)
    kwame.get_by_label("strength").fill(SHARED["feedback"])
    press(kwame, "Give it to Linh")
    kwame.locator("main h1").wait_for()
    story.deliver()
    linh.goto(f"{story.address}feedback/")
    sees(linh, SHARED["feedback"])
    assert story.mails_to(story.linh, "has written you some feedback")


# ------------------------------------------------------------ April: half-way together
@on("2026-04-21", 8)
def test_half_way_both_look_at_each_outcome_and_change_something(story, new_page):
    story.tonight()
    linh = story.phone(new_page, story.linh)
    follow(linh, "Open the midpoint review", "Half-way: a look together")
    is_sound(linh)
    hold_review(linh)
    linh.get_by_label("What have you seen or heard?").first.fill(SHARED["observed"])
    linh.get_by_label("What do you change").fill(SHARED["changes"])
    press(linh, "Save, and done for me", "done for you")
    linh.goto(f"{story.address}agreement/write/")
    choose(linh, "Every month")
    press(linh, "Save and ask Kwame", "It holds as soon as Kwame does too")

    kwame = story.phone(new_page, story.kwame)
    follow(kwame, "Open the midpoint review", SHARED["changes"])
    press(kwame, "Save, and done for me", "Midpoint held")
    kwame.goto(f"{story.address}agreement/")
    press(kwame, "Agree", "What you agreed")
    assert story.pair.rhythm_days == 30
    assert Review.objects.get(kind="midpoint").done_at


def hold_review(page):
    for card in page.locator("form fieldset.card").all():
        card.get_by_text("Getting there", exact=True).click()


# ------------------------------------------------------------------- May: in confidence
@on("2026-05-05", 9, tick=False)
def test_a_concern_reaches_its_reader_and_the_partner_learns_nothing(story, new_page):
    story.deliver()
    before = pages_of_others(story)
    entries, mails = AuditEntry.objects.count(), len(story.mails)
    linh = story.phone(new_page, story.linh)
    follow(linh, "Something not right? Talk to someone", "You choose who")
    is_sound(linh)
    linh.get_by_label("In your own words").fill(LINHS["concern"])
    press(linh, "Send it", "What you wrote")
    story.deliver()

    reader = story.window(new_page, story.facilitator, "phone")
    reader.goto(story.link_to(story.facilitator, "Something for you to read"))
    sees(reader, LINHS["concern"])
    is_sound(reader)
    press(reader, "I have read it")
    reader.get_by_label("Your words").fill("merganser: shall we talk on Thursday")
    press(reader, "Write to Linh", "merganser")
    story.deliver()
    linh.reload()
    sees(linh, "merganser: shall we talk on Thursday")

    told = {letter.to[0] for letter in story.mails[mails:]}
    assert told == {story.facilitator.email, story.linh.email}
    assert AuditEntry.objects.count() == entries
    assert list(differences(before, pages_of_others(story))) == []
    with acting_as(story.linh):
        assert Concern.objects.get().state == "acknowledged"


def pages_of_others(story):
    """What the partner can reach, and where a coordinator would look: (who, path) and
    the page line by line, but for forms' tokens."""
    read = story.everything_read_by(story.kwame, but=NOBODYS)
    pages = {("partner", path): text for path, text in read.items()}
    client, program = Client(), f"/programs/{story.program.pk}"
    client.force_login(story.coordinator)
    cohort = f"/cohorts/{story.pair.cohort_id}"
    looked = [f"{cohort}/", f"{cohort}/pairs/", f"{program}/log/", f"{program}/mail/"]
    pages |= {("coordinator", path): client.get(path).text for path in looked}
    return {key: TOKEN.sub("", text).splitlines() for key, text in pages.items()}


def differences(before, after):
    assert before.keys() == after.keys()
    for where, lines in before.items():
        for line in ndiff(lines, after[where]) if lines != after[where] else ():
            if line[0] in "+-":
                yield where, line.strip()


# ------------------------------------------------------------------ June: a good ending
@on("2026-06-29", 9)
def test_they_look_back_thank_each_other_and_their_pair_is_complete(story, new_page):
    linh = story.on_pair(new_page, story.linh)
    follow(linh, "Have you reached what you came for?", "A good ending")
    is_sound(linh)
    press(linh, "Begin closing")
    follow(linh, "Open the closing review", "Looking back, and on")
    is_sound(linh)
    hold_review(linh)
    linh.get_by_label("thank the other one").fill(SHARED["thanks"])
    press(linh, "Save, and done for me", "done for you")
    story.tonight()
    kwame = story.phone(new_page, story.kwame)
    follow(kwame, "See what is left", "A good ending")
    follow(kwame, "Open the closing review", SHARED["thanks"])
    press(kwame, "Save, and done for me", "Thank you for the time you gave")
    assert (story.pair.state, story.pair.ending) == ("ended", Pair.Ending.COMPLETED)


@on("2026-06-30", 9)
def test_they_take_a_certificate_and_a_plan_and_one_would_mentor(story, new_page):
    story.tonight()
    linh = story.phone(new_page, story.linh)
    follow(linh, "Say in one tap", "Thank you for the time you gave")
    is_sound(linh)
    linh.get_by_label("Mentor somebody in a next cohort").check()
    press(linh, "Give this answer", "You can change it at any time.")
    assert story.pair.afterwards.get().choice == "mentor"
    linh.goto(story.address)
    is_sound(linh)
    certificate = downloaded(linh, "link", "Your certificate as PDF")
    assert certificate.startswith(b"%PDF-")
    linh.goto(f"{story.address}development-plan/")
    is_sound(linh)
    assert downloaded(linh, "button", "Take it along as PDF").startswith(b"%PDF-")


def downloaded(page, role, name):
    with page.expect_download() as kept:
        page.get_by_role(role, name=name).first.click()
    return kept.value.path().read_bytes()


@on("2026-07-01", 9)
def test_at_the_end_they_say_again_how_they_see_themselves(story, new_page):
    for person in (story.linh, story.kwame):
        page = story.phone(new_page, person)
        follow(page, "Have a look", "How do you see it today?")
        answer_all(page, "Mostly", "Often")
        press(page, "Save", "Looking back: how was it then?")
        answer_all(page, "Not at all")
        press(page, "Save")
        page.wait_for_url(re.compile("/growth/$"))
        is_sound(page)
        picture(page, f"half-year-growth-{person.short_name}")
        sees(page, "Confidence")


# ----------------------------------------------------------------- three months later
@on("2026-09-30", 9)
def test_three_months_later_the_last_questions_come_once(story, new_page):
    story.tonight()
    story.tonight()
    later = Asking.objects.filter(moment=Moment.LATER)
    assert later.count() == 2
    linh = story.phone(new_page, story.linh)
    follow(linh, "Have a look", "Three months on")
    is_sound(linh)
    answer_all(linh, "Fully")
    press(linh, "Save")
    linh.wait_for_url(re.compile("/growth/$"))
    assert later.get(participant__user=story.linh).state == "answered"


@on("2026-10-01", 9)
def test_private_words_of_the_half_year_are_where_they_belong(story):
    hidden = {
        story.kwame: [*LINHS.values()],
        story.linh: [*KWAMES.values()],
        story.coordinator: [*SHARED.values(), *LINHS.values(), *KWAMES.values()],
        story.newcomer: [*SHARED.values(), *LINHS.values(), *KWAMES.values()],
    }
    for reader, words in hidden.items():
        read = story.everything_read_by(reader, but=NOBODYS).items()
        assert not [(path, w) for path, text in read for w in words if w in text]
    kept = [str(entry.changes) for entry in AuditEntry.objects.all()]
    kept += [str(notice.context) for notice in Notice.objects.all()]
    kept += [str(letter.message()) + letter.body for letter in story.mails]
    everything = [*SHARED.values(), *LINHS.values(), *KWAMES.values()]
    assert not [w for w in everything for text in kept if w in text]
