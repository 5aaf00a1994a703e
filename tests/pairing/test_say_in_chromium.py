"""Ranking mentors, and saying rather not, on a phone with and without script."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from pairing.models import Veto, Wish
from tests.axe import violations
from tests.browser import sign_in
from tests.factories import (
    CohortFactory,
    MentorFactory,
    OfferedSkill,
    ParticipantFactory,
    SkillFactory,
    a_ready,
)

pytestmark = pytest.mark.django_db(transaction=True)
SKILLS = ("Statistics", "Night shifts", "Budgets")


@pytest.fixture
def mentee():
    """A mentee and three mentors, each with a skill of their own to be known by."""
    until = timezone.localdate() + timedelta(days=5)
    cohort = CohortFactory(stage="pairing", wishes_until=until)
    for word in SKILLS:
        mentor = a_ready(MentorFactory, cohort)
        skill = SkillFactory(program=cohort.program, labels={"en": word})
        OfferedSkill.objects.create(profile=mentor.user.profile, skill=skill, level=5)
    return a_ready(ParticipantFactory, cohort)


def wished(mentee):
    """What the wished-for can teach, by rank."""
    wishes = Wish.objects.filter(mentee=mentee).order_by("rank")
    return [str(wish.mentor.user.profile.offered.get(level=5).skill) for wish in wishes]


@pytest.mark.parametrize("js", [True, False])
def test_a_mentee_ranks_on_a_phone(live_server, new_page, mentee, js):
    page = new_page("phone", js=js)
    sign_in(page, live_server, mentee.user)
    page.goto(live_server.url + reverse("home:me"))
    page.get_by_role("link", name="See what they offer").click()

    page.get_by_label("Your wish: Budgets").select_option("First choice")
    page.get_by_label("Your wish: Statistics").select_option("First choice")
    page.get_by_role("button", name="Keep these wishes").click()
    page.get_by_role("alert").get_by_text("First choice is taken by").wait_for()
    assert wished(mentee) == []

    page.get_by_label("Your wish: Statistics").select_option("Second choice")
    page.get_by_role("button", name="Keep these wishes").click()
    page.get_by_text("Your wishes are kept").wait_for()
    assert wished(mentee) == ["Budgets", "Statistics"]


def test_ranking_works_by_keyboard_and_fits_a_phone(live_server, new_page, mentee):
    page = new_page("phone")
    sign_in(page, live_server, mentee.user)
    page.goto(live_server.url + reverse("pairing:wishes", args=[mentee.pk]))
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert violations(page, None) == []

    page.get_by_label("Your wish: Night shifts").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Keep these wishes").focus()
    page.keyboard.press("Enter")

    page.get_by_text("Your wishes are kept").wait_for()
    assert wished(mentee) == ["Night shifts"]


def test_a_veto_is_given_and_taken_back_on_a_phone(live_server, new_page, mentee):
    mentor = mentee.cohort.participants.mentors().first()
    page = new_page("phone")
    sign_in(page, live_server, mentee.user)
    page.goto(live_server.url + reverse("pairing:wishes", args=[mentee.pk]))
    page.get_by_role("link", name="Somebody you would rather not").click()

    page.get_by_label("Whom would you rather not").select_option(label=mentor.name)
    page.get_by_role("button", name="Rather not with this person").click()
    page.get_by_text("nobody but you can read it").wait_for()
    with acting_as(mentee.user):
        assert Veto.objects.get().other == mentor

    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("as if you had never said it").wait_for()
    with acting_as(mentee.user):
        assert not Veto.objects.exists()
