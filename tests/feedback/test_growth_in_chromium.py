"""Growth on a phone: answering, asking a colleague, and telling each other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback import actions
from feedback.models import Asking
from tests.axe import violations
from tests.browser import sign_in
from tests.factories import PairFactory

NOW = timezone.now()


@pytest.fixture
def pair(transactional_db):
    return PairFactory(
        state="pilot",
        started_on=NOW.date() - timedelta(days=2),
        mentee__user__given_name="Linh",
        mentor__user__given_name="Kwame",
    )


@pytest.fixture
def phone_of(new_page, live_server):
    def open_phone(user=None, js=True):
        page = new_page("phone", js=js)
        if user:
            sign_in(page, live_server, user)
        return page

    return open_phone


def test_a_start_is_answered_with_one_tap_a_sentence(live_server, phone_of, pair):
    actions.ask_growth(NOW)
    page = phone_of(pair.mentee.user, js=False)
    page.goto(live_server.url + reverse("home:me"))
    page.get_by_role("link", name="Have a look").click()
    page.get_by_role("group", name="I take on tasks").get_by_text("Mostly").click()
    page.get_by_role("button", name="Save").click()

    page.get_by_role("heading", name="Your growth").wait_for()
    assert Asking.objects.get(participant=pair.mentee).state == "answered"
    assert "Kept, for you alone." in page.locator("main").inner_text()


def test_a_colleague_answers_once_without_an_account(live_server, phone_of, pair):
    page = phone_of(pair.mentee.user)
    page.goto(live_server.url + reverse("home:observe", args=[pair.mentee.pk]))
    page.get_by_label("In your own words").fill("Opens a point herself")
    page.get_by_text("Something else, in my own words").click()
    page.get_by_text("A colleague").click()
    page.get_by_role("button", name="Keep it").click()
    link = page.get_by_label("For one person whose eyes you trust").input_value()
    assert page.get_by_role("button", name="Copy the link").is_visible()
    assert violations(page) == []

    colleague = phone_of(js=False)
    colleague.goto(link)
    colleague.get_by_text("Often", exact=True).click()
    colleague.get_by_label("One example").fill("In the review on Monday")
    colleague.get_by_role("button", name="Send it to Linh").click()
    colleague.get_by_role("heading", name="Thank you").wait_for()
    assert colleague.goto(link).status == 410

    page.get_by_role("link", name="Done, back to your growth").click()
    assert "In the review on Monday" in page.locator("main").inner_text()


def test_one_asks_and_the_other_writes(live_server, phone_of, pair):
    linh, kwame = phone_of(pair.mentee.user), phone_of(pair.mentor.user)
    linh.goto(live_server.url + reverse("pairing:pair", args=[pair.pk]))
    linh.get_by_role("button", name="Ask Kwame for feedback").click()
    linh.get_by_role("heading", name="You asked Kwame").wait_for()

    kwame.goto(live_server.url + reverse("home:me"))
    kwame.get_by_role("link", name="Write it, or not this time").click()
    kwame.get_by_label("One strength").fill("You asked before you answered.")
    kwame.get_by_role("button", name="Give it to Linh").click()
    kwame.get_by_role("heading", name="You to Linh").wait_for()

    linh.reload()
    assert "You asked before you answered." in linh.locator("main").inner_text()
