"""Joining and the profile in a real browser, with and without JavaScript."""

import pytest
from django.urls import reverse

from mentorship.participants import invitations
from mentorship.participants.models import Profile
from tests import factories as make
from tests.browser import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def a_cohort():
    cohort = make.CohortFactory()
    make.CharterFactory(program=cohort.program)
    return cohort


def test_somebody_joins_and_fills_the_profile_without_javascript(live_server, new_page):
    place = make.MentorFactory(
        cohort=a_cohort(),
        state="invited",
        invitation=1,
        joined_at=None,
        oriented_at=None,
    )
    link = reverse("participants:join", args=[invitations.token_for(place)])
    page = new_page("phone", js=False)

    page.goto(live_server.url + link)
    page.get_by_role("button", name="Join").click()
    page.get_by_label("Skill 1").first.fill("Coaching")
    page.get_by_label("Level 1").first.select_option("4")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("What would you like to be different").fill("Listen longer.")
    page.get_by_text("Reflective: time to think").click()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Which languages").fill("English, Deutsch")
    page.get_by_label("Day 1").select_option("1")
    page.get_by_label("From 1").fill("09:00")
    page.get_by_label("To 1").fill("11:00")
    page.get_by_role("button", name="Save and finish").click()

    page.get_by_text("2 things are left").wait_for()
    assert Profile.objects.complete().get().user == place.user
    assert Profile.objects.get().working_style == "reflective"


def test_what_was_typed_survives_a_reload_until_it_is_saved(live_server, new_page):
    place = make.ParticipantFactory(cohort=a_cohort())
    page = new_page("phone")
    sign_in(page, live_server, place.user)
    address = live_server.url + reverse("participants:profile", args=["skills"])
    page.goto(address)
    page.get_by_label("Skill 2").first.fill("Negotiation")

    page.reload()
    kept = page.get_by_label("Skill 2").first.input_value()
    page.get_by_role("button", name="Save and stop here").click()
    page.get_by_text("Saved.").wait_for()
    page.goto(address)

    assert kept == "Negotiation"
    assert page.get_by_label("Skill 1").first.input_value() == "Negotiation"
    assert page.get_by_label("Skill 2").first.input_value() == ""


def test_the_bulk_bar_counts_and_invites(live_server, new_page):
    cohort = a_cohort()
    for _ in range(3):
        make.ParticipantFactory(cohort=cohort, state="imported", joined_at=None)
    page = new_page("desktop")
    sign_in(page, live_server, make.RoleFactory(program=cohort.program).user)
    page.goto(live_server.url + reverse("participants:people", args=[cohort.pk]))

    page.get_by_label("Select all on this page").check()
    page.get_by_text("3 selected").wait_for()
    page.get_by_role("button", name="Invite").click()

    page.get_by_text("3 people get an invitation").wait_for()
