"""Two people on their phones: an agreement, a midpoint, and a good ending."""

import pytest

from pairing.models import Pair
from tests.browser import sign_in
from tests.factories import (
    CharterFactory,
    CoreOutcomeFactory,
    OutcomeFactory,
    PairFactory,
    SessionFactory,
)


@pytest.fixture
def pair(live_server):
    pair = PairFactory(
        mentor__user__given_name="Kwame", mentee__user__given_name="Linh"
    )
    core = CoreOutcomeFactory(charter=CharterFactory(program=pair.cohort.program))
    OutcomeFactory(pair=pair, core_outcome=core)
    SessionFactory(pair=pair)
    return pair


def phone(new_page, live_server, user):
    page = new_page("phone")
    sign_in(page, live_server, user)
    return page


def hold(page, text_label, words):
    """Say how the outcome stands and one thing more, and be done."""
    page.get_by_text("Getting there", exact=True).click()
    page.get_by_label(text_label).fill(words)
    page.get_by_role("button", name="Save, and done for me").click()


def test_from_the_agreement_to_what_comes_next(live_server, new_page, pair):
    home = f"{live_server.url}/me/"
    linh = phone(new_page, live_server, pair.mentee.user)
    kwame = phone(new_page, live_server, pair.mentor.user)

    linh.goto(home)
    linh.get_by_role("link", name="Write it down").click()
    linh.get_by_label("What do you two want from your time").fill("A calm voice")
    linh.get_by_text("Every week", exact=True).click()
    linh.get_by_text("Video", exact=True).click()
    linh.get_by_role("button", name="Save and ask Kwame").click()
    kwame.goto(home)
    kwame.get_by_role("link", name="Read and answer").first.click()
    kwame.get_by_text("A calm voice").wait_for()
    kwame.get_by_role("button", name="Agree").click()
    kwame.get_by_role("heading", name="What you agreed").wait_for()

    midpoint = f"{live_server.url}/pairs/{pair.pk}/review/midpoint/"
    linh.goto(midpoint)
    hold(linh, "What do you change", "Shorter and more often")
    linh.get_by_text("done for you").wait_for()
    kwame.goto(midpoint)
    kwame.get_by_role("button", name="Save, and done for me").click()
    kwame.get_by_text("Midpoint held").wait_for()

    linh.goto(f"{live_server.url}/pairs/{pair.pk}/close/")
    linh.get_by_role("button", name="Begin closing").click()
    linh.get_by_role("link", name="Open the closing review").click()
    hold(linh, "thank the other one", "For waiting")
    linh.get_by_text("done for you").wait_for()
    kwame.goto(home)
    kwame.get_by_role("link", name="See what is left").click()
    kwame.get_by_role("link", name="Open the closing review").click()
    kwame.get_by_text("For waiting").wait_for()
    kwame.get_by_role("button", name="Save, and done for me").click()

    kwame.get_by_text("Mentor somebody in a next cohort").click()
    kwame.get_by_role("button", name="Give this answer").click()
    kwame.get_by_text("You can change it at any time.").wait_for()
    pair.refresh_from_db()
    assert (pair.ending, pair.rhythm_days) == (Pair.Ending.COMPLETED, 7)
    assert pair.afterwards.get().choice == "mentor"
