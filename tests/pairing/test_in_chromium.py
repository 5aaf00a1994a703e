"""The workbench in a browser: changes in place, and by full pages without script."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from pairing import actions
from pairing.models import PairRule, Proposal, Round
from tests.browser import sign_in
from tests.factories import (
    CohortFactory,
    MentorFactory,
    ParticipantFactory,
    RoleFactory,
    a_ready,
)

NOW = timezone.now()

pytestmark = pytest.mark.django_db(transaction=True)

MENTORS = ["Kwame", "Amara", "Björn"]
MENTEES = ["Linh", "Rosa", "Tomasz"]
FOCUS = "() => document.activeElement.id"


@pytest.fixture
def cohort():
    cohort = CohortFactory(stage="pairing")
    for name in MENTORS:
        a_ready(MentorFactory, cohort, user__given_name=name, capacity=1)
    for name in MENTEES:
        a_ready(ParticipantFactory, cohort, user__given_name=name)
    return cohort


@pytest.fixture
def coordinator(cohort):
    return RoleFactory(program=cohort.program, user__given_name="Ingrid").user


@pytest.fixture
def page(live_server, new_page, cohort, coordinator):
    return opened(live_server, new_page(), cohort, coordinator)


def opened(live_server, page, cohort, coordinator):
    """The workbench with a plan in work."""
    actions.propose(cohort, by=coordinator, at=NOW)
    sign_in(page, live_server, coordinator)
    page.goto(live_server.url + reverse("pairing:workbench", args=[cohort.pk]))
    return page


def card(page, proposal):
    return page.locator(f'[id="{proposal.mentee_id}"]')


def test_a_pin_changes_the_screen_in_place_and_undo_takes_it_back(page):
    pair = Proposal.objects.filter(state="proposed").first()
    page.evaluate("() => { window.sameDocument = true; }")
    card(page, pair).get_by_role("button", name=re.compile("^Pin")).press("Enter")

    said = page.locator("#said")
    said.get_by_text("stay together. Nobody else moves.").wait_for()
    assert card(page, pair).get_by_role("button", name="Pinned").is_visible()
    assert page.evaluate(FOCUS) == f"pin-{pair.mentee_id}"
    said.get_by_role("button", name="Undo").click()
    said.get_by_text("free to go with others again").wait_for()
    assert not PairRule.objects.exists()
    assert page.evaluate("() => window.sameDocument")


def test_alternatives_are_fetched_when_they_are_opened_and_one_is_tried(page):
    pair = Proposal.objects.filter(state="proposed").first()
    here = card(page, pair)
    here.get_by_text("2 other mentors for").click()
    here.get_by_role("row").nth(1).wait_for()
    here.get_by_role("button", name=re.compile("^Try")).first.click()
    page.locator("#said").get_by_text("stay together").wait_for()
    assert PairRule.objects.get().mentee == pair.mentee
    assert page.evaluate(FOCUS) == str(pair.mentee_id)


def test_why_not_is_answered_inside_the_card(page, cohort):
    pair = Proposal.objects.filter(state="proposed").first()
    other = cohort.participants.mentors().exclude(pk=pair.mentor_id).first()
    here = card(page, pair)
    here.get_by_text("2 other mentors for").click()
    here.get_by_label("Why not").select_option(str(other.pk))
    here.get_by_role("button", name="Ask").click()
    here.get_by_text(other.short_name).first.wait_for()
    here.locator(".callout").wait_for()
    assert PairRule.objects.count() == 0


def test_some_are_ticked_and_published_the_others_stay(page):
    pair = Proposal.objects.filter(state="proposed").first()
    bar = page.get_by_role("region", name="With the ticked pairs")
    assert not bar.is_visible()
    card(page, pair).get_by_role("checkbox").check()
    bar.get_by_text("1 selected").wait_for()
    bar.get_by_role("button", name="Publish these").click()
    page.get_by_text("1 pair has been told.").wait_for()
    page.get_by_role("heading", name="2 proposed pairs").wait_for()
    assert Proposal.objects.offered().get() == pair


def test_the_second_of_two_coordinators_chooses_what_to_do(page, cohort):
    pair, other, _third = Proposal.objects.filter(state="proposed")
    second = RoleFactory(program=cohort.program, user__given_name="Piotr").user
    actions.change(
        cohort,
        "pin",
        mentor=other.mentor,
        mentee=other.mentee,
        seen=pair.round_id,
        by=second,
        at=NOW,
    )
    card(page, pair).get_by_role("button", name=re.compile("^Never pair")).click()

    page.get_by_role("heading", name="The plan has changed meanwhile").wait_for()
    assert page.get_by_text("Piotr").first.is_visible()
    assert PairRule.objects.count() == 1
    assert "/change/" not in page.url
    page.get_by_role("button", name="Do it on the new plan").click()
    page.locator("#said").get_by_text("never paired").wait_for()
    assert PairRule.objects.count() == 2


def test_a_name_is_found_and_a_change_keeps_it_found(page):
    pair = Proposal.objects.filter(mentee__user__given_name="Rosa").last()
    page.get_by_label("Name", exact=True).fill("rosa")
    page.get_by_role("button", name="Show").click()
    page.wait_for_function("() => document.querySelectorAll('.prop').length === 1")
    assert "q=rosa" in page.url
    card(page, pair).get_by_role("button", name=re.compile("^Pin")).click()
    page.locator("#said").get_by_text("stay together").wait_for()
    assert page.locator(".prop").count() == 1


def test_a_refused_rule_keeps_what_was_typed(page, cohort):
    mentor = cohort.participants.mentors().first()
    mentor.user.profile.languages = ["fi"]
    mentor.user.profile.save()
    mentee = cohort.participants.mentees().first()
    page.get_by_role("link", name="Decide about two people yourself").click()
    form = page.locator("#decide")
    form.get_by_label("Mentor").select_option(str(mentor.pk))
    form.get_by_label("Mentee").select_option(str(mentee.pk))
    form.get_by_label("Why").fill("They asked")
    form.get_by_role("button", name="Set this rule").click()
    page.locator("[data-error-summary]").wait_for()
    assert page.get_by_text("they share no language").first.is_visible()
    assert form.get_by_label("Why").input_value() == "They asked"


def test_without_scripts_everything_is_a_full_page(
    live_server, new_page, cohort, coordinator
):
    page = opened(live_server, new_page(js=False), cohort, coordinator)
    pair = Proposal.objects.filter(state="proposed").first()
    card(page, pair).get_by_role("button", name=re.compile("^Pin")).click()
    assert page.get_by_text("stay together. Nobody else moves.").is_visible()
    page.get_by_role("button", name="Undo").click()
    assert page.get_by_text("free to go with others again").is_visible()
    card(page, pair).get_by_text("2 other mentors for").click()
    card(page, pair).get_by_role("link", name="See the other mentors").click()
    page.get_by_role("button", name=re.compile("^Try")).first.click()
    assert page.get_by_text("stay together").is_visible()
    assert Round.objects.get(state="proposed").change["verb"] == "pin"
    card(page, pair).get_by_role("checkbox").check()
    page.get_by_role("button", name="Publish these").click()
    assert page.get_by_text("1 pair has been told.").is_visible()
