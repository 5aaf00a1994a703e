"""Pairing from the first plan to a switch in the pilot, in a real browser.

One story on the cohort of the sample program that is ready to be paired: its tests
follow one another and each begins where the last one ended.
"""

import re
from datetime import date, timedelta
from difflib import ndiff

import pytest
from django.test import Client
from django.utils import timezone

from mentorship.accounts.models import THE_PROGRAM_ITSELF, AuditEntry
from mentorship.charter.actions import give_role
from mentorship.charter.models import Cohort, Program
from mentorship.demo.people import PEOPLE
from mentorship.demo.sample import days, staff, third_cohort
from mentorship.demo.sample.nights import say_what_was_sent
from mentorship.demo.sample.story import Story as Telling
from mentorship.home.actions import log_conversation
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant
from pairing import actions, engine
from pairing.actions.runs import plan_of, run_of
from pairing.models import Pair, PairRule, Proposal, Round, Weights
from tests.axe import violations
from tests.browser import picture
from tests.journeys.story import Story, on, person, without_names

COORDINATOR, FACILITATOR = PEOPLE["coordinator"][1], PEOPLE["facilitator"][1]
SECOND = "annika.lindqvist@kestrel.example"
# In words that cannot be anywhere by chance.
REASON = "kuckuck: we have shared an office for six years"
SWITCH = "I would rather be paired anew"

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture(scope="module")
def story(site):
    """The sample program without its earlier cohorts, on the first day of pairing."""
    with on("2026-03-16"):
        now = timezone.now()
        telling, monday = Telling(now), date(2026, 3, 16)
        with telling.dating():
            staff.hire(telling, monday - timedelta(days=60))
            program = staff.found_program(telling, monday - timedelta(days=55))
            staff.publish(telling, program, monday - timedelta(days=30), "second")
            program = Program.objects.get()
            third_cohort.tell(telling, program, days.third_cohort(monday))
        by = telling.coordinator
        give_role(program, email=SECOND, kind="coordinator", by=by, at=now)
        say_what_was_sent(now)
    return Story(site)


def the_cohort():
    return Cohort.objects.select_related("program").get()


def the_plan():
    return Round.objects.with_plan().latest_of(the_cohort())


def on_screen():
    """The proposals on the first page of the workbench."""
    untold = the_plan().proposals.filter(state="proposed").with_people()
    return list(untold.order_by("-score", "id")[:20])


def workbench(story, new_page, email=COORDINATOR, width="desktop"):
    page = story.window(new_page, person(email), width)
    page.goto(f"{story.site.url}/cohorts/{the_cohort().pk}/pairing/")
    return page


def card(page, mentee):
    return page.locator(f'[id="{mentee.pk}"]')


def said(page, words):
    page.locator("#said").get_by_text(words).wait_for()


def open_others(page, mentee):
    """The other mentors for somebody, inside their card."""
    here = card(page, mentee)
    here.locator("summary", has_text="other mentor").click()
    here.get_by_role("button", name="Ask").wait_for()
    return here


def somebody(wanted):
    """A mentee on the screen, another mentor, and the engine's answer for the two, the
    first of which is `wanted`."""
    plan, problem = plan_of(the_plan()), run_of(the_plan().pk).problem
    names = {str(place.pk): place for place in Participant.objects.all()}
    for proposal in on_screen():
        for mentor in problem.mentors:
            answer = engine.why_not(problem, plan, str(proposal.mentee_id), mentor.id)
            if wanted(answer):
                return proposal.mentee, names[mentor.id], answer
    raise AssertionError("Nobody like that in this plan.")


# ------------------------------------------------------------------- Monday: the plan
@on("2026-03-16")
def test_the_coordinator_gets_a_plan_and_nobody_hears_of_it(story, new_page):
    page = workbench(story, new_page)
    page.get_by_role("button", name="Propose pairs").click()
    page.get_by_role("heading", name="25 proposed pairs").wait_for()

    first = card(page, on_screen()[0].mentee)
    assert first.get_by_text("Complementary skills").is_visible()
    assert page.get_by_role("heading", name="Is it fair?").is_visible()
    picture(page, "pairing-journey-plan")
    story.deliver()
    assert not story.mails_about("Would you like to work with")


@on("2026-03-16", 10)
def test_a_pair_is_pinned_in_place(story, new_page):
    page = workbench(story, new_page)
    page.evaluate("() => { window.sameDocument = true; }")
    pair = on_screen()[1]
    card(page, pair.mentee).get_by_role("button", name=re.compile("^Pin")).click()

    said(page, "stay together. Nobody else moves.")
    assert card(page, pair.mentee).get_by_role("button", name="Pinned").is_visible()
    rules = page.get_by_role("region", name="Your rules")
    assert rules.get_by_text(pair.mentee.name).first.is_visible()
    assert page.evaluate("() => window.sameDocument")


@on("2026-03-16", 11)
def test_why_not_says_the_fact_in_the_way_or_the_price(story, new_page):
    page = workbench(story, new_page)

    def shares_too_little(answer):
        facts = getattr(answer, "limits", ())
        return set(facts) & {"NO_OVERLAP", "NO_SHARED_LANGUAGE"}

    mentee, mentor, _answer = somebody(shares_too_little)
    here = ask_why_not(page, mentee, mentor)
    here.get_by_text(re.compile("share (no|[0-9]+ minutes)")).wait_for()
    assert violations(page) == []
    picture(page, "pairing-journey-why-not")

    mentee, mentor, _answer = somebody(lambda it: isinstance(it, engine.Costs))
    page = workbench(story, new_page)
    here = ask_why_not(page, mentee, mentor)
    here.get_by_text(f"{mentor.short_name} is possible. It would cost").wait_for()
    assert here.locator(".callout .delta--down").first.is_visible()
    assert PairRule.objects.filter(kind="pin").count() == 1  # asking changes nothing


def ask_why_not(page, mentee, mentor):
    here = open_others(page, mentee)
    here.get_by_label("Why not").select_option(str(mentor.pk))
    here.get_by_role("button", name="Ask").click()
    return here


@on("2026-03-16", 12)
def test_an_alternative_says_who_moves_and_is_tried_and_taken_back(story, new_page):
    mentee, mentor, found = with_moves()
    before = plan_of(the_plan()).mentor_of
    page = workbench(story, new_page)
    row = open_others(page, mentee).get_by_role("row", name=mentor.name)
    assert row.get_by_text(re.compile("would (go to|be without)")).is_visible()
    assert violations(page) == []
    picture(page, "pairing-journey-alternatives")
    row.get_by_role("button", name="Try").click()

    said(page, f"{mentor.short_name} and {mentee.short_name} stay together.")
    assert plan_of(the_plan()).mentor_of[str(mentee.pk)] == str(mentor.pk)
    effect = the_plan().change["effect"]
    assert effect["cost"] == pytest.approx(found.cost, abs=1e-6)  # as it was said
    assert set(effect["moved"]) == {move.mentee for move in found.moves}
    page.get_by_role("button", name="Undo").click()
    said(page, "are free to go with others again")
    assert plan_of(the_plan()).mentor_of == before


def with_moves():
    """A mentee on the screen, one of the mentors offered instead, and who moves."""
    plan, problem = plan_of(the_plan()), run_of(the_plan().pk).problem
    for proposal in on_screen():
        for found in engine.alternatives(problem, plan, str(proposal.mentee_id))[:8]:
            if found.moves and not found.fewer_paired:
                mentor = Participant.objects.get(pk=found.mentor)
                return proposal.mentee, mentor, found
    raise AssertionError("Nobody would have to move for anybody.")


@on("2026-03-16", 13)
def test_what_counts_is_tried_on_the_cohort_before_it_is_adopted(story, new_page):
    page = workbench(story, new_page)
    page.get_by_role("link", name="What counts", exact=True).click()
    skills = page.get_by_role("group", name="Complementary skills")
    skills.get_by_text("Low", exact=True).click()
    page.get_by_role("button", name="What would change?").click()

    page.get_by_text(re.compile("Complementary skills: from .* to Low")).wait_for()
    assert page.get_by_text("Tried on").is_visible()
    assert page.get_by_role("table", name="Both plans in figures").is_visible()
    assert Weights.objects.count() == 1


@on("2026-03-16", 14)
def test_two_plans_are_compared_side_by_side(story, new_page):
    tried = Round.objects.get(number=the_plan().number - 1)
    page = workbench(story, new_page)
    page.get_by_role("link", name="Plans so far").click()
    page.get_by_role("link", name="Compare two").click()
    page.get_by_label("This plan").select_option(str(tried.number))
    page.get_by_label("Beside this one").select_option(str(the_plan().number))
    page.get_by_role("button", name="Compare").click()

    differ = page.get_by_role("region", name="Who has another mentor, or none")
    differ.wait_for()
    moved = engine.changes(plan_of(tried), plan_of(the_plan()))
    assert differ.get_by_role("row").count() == len(moved) + 1
    assert page.get_by_role("table", name="Both plans in figures").is_visible()
    picture(page, "pairing-journey-side-by-side")


@on("2026-03-16", 15)
def test_the_second_of_two_coordinators_sees_what_changed_and_chooses(story, new_page):
    mine, theirs = workbench(story, new_page), workbench(story, new_page, SECOND)
    one, other = on_screen()[2:4]
    card(theirs, one.mentee).get_by_role("button", name=re.compile("^Pin")).click()
    said(theirs, "stay together")
    card(mine, other.mentee).get_by_role("button", name=re.compile("^Never")).click()

    mine.get_by_role("heading", name="The plan has changed meanwhile").wait_for()
    assert mine.get_by_text(f"{person(SECOND).name}").first.is_visible()
    pair = PairRule.objects.filter(mentee=other.mentee)
    assert not pair.exists()
    picture(mine, "pairing-journey-meanwhile")
    mine.get_by_role("button", name="Do it on the new plan").click()
    said(mine, "are never paired")
    assert pair.get().by == person(COORDINATOR)
    assert PairRule.objects.get(mentee=one.mentee).by == person(SECOND)


# ------------------------------------------------------------- Tuesday: people are told
@on("2026-03-17")
def test_some_pairs_are_published_then_the_rest(story, new_page):
    page = workbench(story, new_page)
    some = on_screen()[:2]
    for pair in some:
        card(page, pair.mentee).get_by_role("checkbox").check()
    page.get_by_role("button", name="Publish these").click()

    page.get_by_text("2 pairs have been told.").first.wait_for()
    told = Proposal.objects.offered()
    assert {offer.mentee_id for offer in told} == {pair.mentee_id for pair in some}
    story.deliver()
    assert len(story.mails_about("Would you like to work with")) == 4
    page.get_by_role("button", name=re.compile("^Publish all")).click()
    page.get_by_role("heading", name="pairs were proposed to people").wait_for()
    assert told.all().count() >= 24
    assert page.locator(".btn--primary").count() <= 1


@on("2026-03-17", 10)
def test_a_mentee_says_no_and_the_facilitator_alone_reads_why(story, new_page):
    offer = the_offer()
    page = story.window(new_page, offer.mentee.user, "phone")
    page.get_by_role("link", name="Read and answer").click()
    page.get_by_text("Rather not? Say why").click()
    page.get_by_label("In your own words").fill(REASON)
    page.get_by_role("button", name="No, please propose somebody else").click()
    page.get_by_role("heading").first.wait_for()

    declined = f"/programs/{the_cohort().program_id}/declined/"
    page = story.window(new_page, person(FACILITATOR))
    page.goto(story.site.url + declined)
    assert page.get_by_text(REASON).is_visible()
    page = story.window(new_page, person(COORDINATOR))
    assert page.goto(story.site.url + declined).status == 403
    story.deliver()
    partner = story.everything_read_by(offer.mentor.user).values()
    assert not [text for text in partner if REASON in text or "said no" in text]
    assert not [m for m in story.mails if REASON in m.body]


def the_offer():
    """The offer of this story: of a mentor with one place, so that its end frees it."""
    offers = Proposal.objects.filter(round__cohort=the_cohort()).with_people()
    return offers.filter(offered_at__isnull=False).order_by("mentee__user__email")[0]


@on("2026-03-17", 11)
def test_the_workbench_says_who_waits_again_and_the_plan_is_mended(story, new_page):
    offer = the_offer()
    page = workbench(story, new_page)
    assert page.get_by_text(f"{offer.mentee.name} waits again").is_visible()
    page.get_by_role("link", name="Mend the plan").click()

    assert page.get_by_text("Nobody else moves. One mentee more").is_visible()
    assert page.get_by_role("row", name=offer.mentee.name).is_visible()
    assert violations(page) == []
    picture(page, "pairing-journey-mending")
    page.get_by_role("button", name="Mend the plan").click()
    page.get_by_role("heading", name="1 proposed pair").wait_for()
    mended = the_plan().proposals.with_people().get()
    assert mended.mentee == offer.mentee
    assert mended.mentor != offer.mentor
    page.get_by_role("button", name="Publish 1 pair").click()
    page.get_by_text("1 pair has been told.").first.wait_for()
    text = page.locator("main").inner_text()
    assert REASON not in text


@on("2026-03-18")
def test_both_say_yes_and_begin_their_pilot(story, new_page):
    offer = Proposal.objects.offered().get(round=the_plan())
    for place in (offer.mentee, offer.mentor):
        page = story.window(new_page, place.user, "phone")
        links = page.get_by_role("link", name="Read and answer")
        page.locator(f'a[href*="{offer.pk}"]').or_(links).first.click()
        page.goto(f"{story.site.url}/offers/{offer.pk}/")
        page.get_by_role("button", name="Yes, let us try").click()
        page.locator("main").wait_for()

    pair = Pair.objects.get(mentee=offer.mentee)
    assert pair.state == "pilot"
    everybody_else_says_yes()
    story.deliver()


def everybody_else_says_yes():
    for offer in Proposal.objects.offered().with_people():
        for place in (offer.mentor, offer.mentee):
            actions.accept_offer(offer, by=place.user, at=timezone.now())


def the_pair():
    """The pair of the mended plan."""
    offer = the_offer()
    return Pair.objects.with_people().get(mentee=offer.mentee)


# ----------------------------------------------------------- April: one wants to switch
@on("2026-04-08", 9, tick=False)
def test_a_wish_to_switch_leaves_no_trace(story, new_page):
    pair = the_pair()
    for ago in (14, 1):
        meet(pair, timezone.localdate() - timedelta(days=ago))
    story.night(date(2026, 4, 8))
    others = [person(COORDINATOR), pair.mentor.user]
    before = [pages_about(pair, user) for user in others]
    written = counts()

    page = story.window(new_page, pair.mentee.user, "phone")
    asked = page.get_by_role("region", name="Your pilot with")
    asked.get_by_role("link", name="Answer in one tap").click()
    page.get_by_label(SWITCH).check()
    picture(page, "pairing-journey-switch")
    page.get_by_role("button", name="Give this answer").click()
    page.get_by_text("Only you know your answer").wait_for()

    after = [pages_about(pair, user) for user in others]
    assert list(differences(before, after)) == []
    assert counts() == written


def differences(before, after):
    """(path, line) of every line that only one of the two readings of a page has."""
    for earlier, later in zip(before, after, strict=True):
        for path, lines in earlier.items():
            for line in ndiff(lines, later[path]):
                if line[0] in "+-":
                    yield path, line.strip()


def meet(pair, day):
    session = {"held_on": day, "minutes": 45, "channel": "video"}
    log_conversation(
        pair, by=pair.mentee.user, at=timezone.now(), session={**session, "useful": ""}
    )


def counts():
    return AuditEntry.objects.count(), Notice.objects.count()


def pages_about(pair, user):
    """What `user` can read of a pair and its two people, but for forms' tokens."""
    client = Client()
    client.force_login(user)
    program = pair.cohort.program_id
    paths = [
        "/",
        f"/pairs/{pair.pk}/",
        f"/cohorts/{pair.cohort_id}/pairs/",
        f"/cohorts/{pair.cohort_id}/pairing/",
        f"/people/{pair.mentee_id}/",
        f"/people/{pair.mentor_id}/",
        f"/programs/{program}/log/",
        f"/programs/{program}/mail/",
    ]
    answers = [client.get(path, follow=True) for path in paths]
    assert {answer.status_code for answer in answers} <= {200, 403, 404}
    return {
        path: TOKEN.sub("", answer.text).splitlines()
        for path, answer in zip(paths, answers, strict=True)
    }


@on("2026-04-09")
def test_at_night_both_hear_the_same_words_and_nobody_learns_whose_wish(
    story, new_page
):
    pair = the_pair()
    since = timezone.now()
    story.night(date(2026, 4, 9))

    pair.refresh_from_db()
    assert (pair.state, pair.ending) == ("ended", "switched")
    both = [pair.mentee.user, pair.mentor.user]
    letters = [story.mails_to(user, "has ended")[-1] for user in both]
    one, other = (without_names(letter.body, both) for letter in letters)
    assert one == other
    pages = [story.window(new_page, user, "phone") for user in both]
    for page in pages:
        page.goto(f"{story.site.url}/pairs/{pair.pk}/")
    one, other = (page.locator("main .couple").inner_text() for page in pages)
    assert one == other
    entries = AuditEntry.objects.filter(at__gte=since)
    assert {entry.by_id for entry in entries} <= {None, THE_PROGRAM_ITSELF}
    told = Notice.objects.filter(about_id=pair.pk, template="pairing/pilot_switched")
    assert {notice.recipient for notice in told} == set(both)
    assert len({notice.due_at for notice in told}) == 1


@on("2026-04-09", 10)
def test_both_wait_again_and_are_not_proposed_to_each_other(story, new_page):
    pair = the_pair()
    page = workbench(story, new_page)
    assert page.get_by_text(f"{pair.mentee.name} waits").is_visible()
    page.get_by_role("button", name="Propose again").click()
    page.get_by_role("heading", name="proposed pair").first.wait_for()

    problem = run_of(the_plan().pk).problem
    assert str(pair.mentee_id) in {it.id for it in problem.mentees}
    assert str(pair.mentor_id) in {it.id for it in problem.mentors}
    together = {"mentor": pair.mentor, "mentee": pair.mentee}
    assert not the_plan().proposals.filter(**together).exists()
    others = f"/cohorts/{pair.cohort_id}/pairing/others/{pair.mentee_id}/"
    page.goto(f"{story.site.url}{others}?mentor={pair.mentor_id}")
    kept = page.get_by_text("The program itself keeps").inner_text()
    assert "one of the two asked for it" in kept


@on("2026-04-09", 11)
def test_private_answers_are_on_no_other_persons_page_mail_or_log(story):
    pair = the_pair()
    for reader in (person(COORDINATOR), pair.mentor.user):
        read = story.everything_read_by(reader)
        for words in (REASON, SWITCH):
            assert not [path for path, text in read.items() if words in text], reader
    kept = [str(entry.changes) for entry in AuditEntry.objects.all()]
    kept += [str(notice.context) for notice in Notice.objects.all()]
    kept += [str(letter.message()) + letter.body for letter in story.mails]
    assert not [text for text in kept if REASON in text or SWITCH in text]
