"""The main tasks with the keyboard alone, and with no script at all."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.charter.actions import start_draft
from mentorship.participants.models import OfferedSkill
from pairing.actions import propose
from pairing.models import Proposal
from tests import factories as make
from tests.browser import sign_in
from tests.journeys.keyboard import tab_to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair():
    pair = make.PairFactory(mentor__user__given_name="Kwame")
    make.CharterFactory(program=pair.cohort.program)
    return pair


@pytest.fixture
def workbench():
    """A cohort to pair: one mentor and one mentee who fit, and their coordinator."""
    cohort = make.CohortFactory(stage="pairing")
    make.a_ready(make.MentorFactory, cohort, user__given_name="Kwame")
    make.a_ready(make.ParticipantFactory, cohort, user__given_name="Linh")
    coordinator = make.RoleFactory(program=cohort.program).user
    return cohort, coordinator


# --------------------------------------------------------------------- by keyboard
def test_one_signs_in_by_keyboard(live_server, new_page):
    user = make.UserFactory(email="linh@kestrel.example", given_name="Linh")
    user.set_password("three quiet herons")
    user.save()
    page = new_page()
    page.goto(live_server.url)

    tab_to(page, "Use a password instead")
    page.keyboard.press("Enter")
    tab_to(page, "[Ee]mail")
    page.keyboard.type("linh@kestrel.example")
    tab_to(page, "Password")
    page.keyboard.type("three quiet herons")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Hello, Linh").wait_for()


def test_a_session_is_logged_by_keyboard(live_server, new_page, pair):
    page = new_page("phone")
    sign_in(page, live_server, pair.mentee.user)
    page.goto(live_server.url)

    tab_to(page, "^Log one you had")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="How did it go?").wait_for()
    tab_to(page, "^In person")
    page.keyboard.press("Space")
    tab_to(page, "^45 min")
    page.keyboard.press("ArrowLeft")
    tab_to(page, "^Wellbeing")
    page.keyboard.press("Space")
    tab_to(page, "^Save session")
    page.keyboard.press("Enter")

    page.get_by_text("Saved. Kwame can read").wait_for()
    session = pair.sessions.get()
    assert (session.channel, session.minutes) == ("in person", 30)


def test_a_plan_is_published_by_keyboard(live_server, new_page, workbench):
    cohort, coordinator = workbench
    propose(cohort, by=coordinator, at=timezone.now())
    page = new_page()
    sign_in(page, live_server, coordinator)
    page.goto(live_server.url + reverse("pairing:workbench", args=[cohort.pk]))

    tab_to(page, "^Publish 1 pair")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="proposed to people").wait_for()
    assert Proposal.objects.offered().count() == 1


# ------------------------------------------------------------------ without scripts
def test_a_session_is_logged_without_scripts(live_server, new_page, pair):
    page = new_page("phone", js=False)
    sign_in(page, live_server, pair.mentee.user)
    page.goto(live_server.url + reverse("home:log", args=[pair.pk]))

    page.get_by_text("Phone", exact=True).click()
    page.get_by_text("Wellbeing", exact=True).click()
    page.get_by_label("A thought to keep").fill("I said it.")
    page.get_by_role("button", name="Save session").click()

    assert page.get_by_text("Saved. Kwame can read").is_visible()
    assert pair.sessions.get().channel == "phone"


def test_a_profile_is_written_without_scripts(live_server, new_page):
    place = make.ParticipantFactory()
    page = new_page("phone", js=False)
    sign_in(page, live_server, place.user)
    page.goto(live_server.url + reverse("participants:profile", args=["skills"]))

    page.get_by_label("Skill 1").first.fill("Wound care")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("What would you like to be different").fill("Lead a shift.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Which languages").fill("English")
    page.get_by_role("button", name="Save and finish").click()

    assert page.get_by_role("heading", name="Before you meet somebody").is_visible()
    assert OfferedSkill.objects.get().profile.goals == "Lead a shift."


def test_pairs_are_proposed_pinned_and_published_without_scripts(
    live_server, new_page, workbench
):
    cohort, coordinator = workbench
    page = new_page(js=False)
    sign_in(page, live_server, coordinator)
    page.goto(live_server.url + reverse("pairing:workbench", args=[cohort.pk]))

    page.get_by_role("button", name="Propose pairs").click()
    page.get_by_role("button", name=re.compile("^Pin")).click()
    assert page.get_by_role("button", name=re.compile("^Pinned")).is_visible()
    page.get_by_role("button", name="Publish 1 pair").click()

    assert page.get_by_role("heading", name="proposed to people").is_visible()
    assert Proposal.objects.offered().count() == 1


def test_a_charter_draft_is_saved_without_scripts(live_server, new_page):
    role = make.RoleFactory()
    draft = start_draft(role.program, by=role.user, at=timezone.now())
    page = new_page(js=False)
    sign_in(page, live_server, role.user)
    page.goto(live_server.url + reverse("charter:draft", args=[role.program.pk]))

    page.get_by_label("What this program is for").fill("Nobody learns alone.")
    page.get_by_role("button", name="Save the draft").click()

    assert page.get_by_text("Saved. Only coordinators see the draft.").is_visible()
    assert draft.texts.get().sections["priorities"] == "Nobody learns alone."
