"""Choosing what counts in a real browser: by keyboard, in place and without script."""

import pytest

from tests.axe import violations
from tests.browser import pages, picture, sign_in
from tests.journeys.sample import Sample

LEARNED = "?skills=0.21&wishes=0.28&learning_preference=0"


@pytest.fixture(scope="module")
def sample(site, tell_once):
    return Sample(tell_once)


@pytest.fixture(scope="module")
def open_page(chromium, site, sample):
    """Pages signed in as the coordinator."""
    with pages(chromium) as (new, mistakes):

        def opened(width="desktop", **options):
            page = new(width, **options)
            sign_in(page, site, sample.coordinator)
            return page

        yield opened
    assert mistakes == []


def look(page):
    """Ask what would change, by keyboard alone."""
    page.get_by_role("button", name="What would change?").focus()
    page.keyboard.press("Enter")


def test_a_level_is_chosen_and_tried_by_keyboard_in_place(site, sample, open_page):
    page = open_page()
    page.goto(site.url + sample.address("pairing:weights", "to_pair"))
    page.evaluate("document.body.dataset.same = 'yes'")

    wishes = page.get_by_role("group", name="Wishes")
    wishes.get_by_role("radio", name="Medium").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    look(page)

    page.get_by_text("Wishes: from Medium to Very high").wait_for()
    heading = page.get_by_role("heading", name="What would change in")
    assert heading.evaluate("heading => heading === document.activeElement")
    assert wishes.get_by_role("radio", name="Very high").is_checked()
    assert page.evaluate("document.body.dataset.same") == "yes"  # no other page
    assert violations(page) == []


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_what_was_learned_is_tried_without_a_script(site, sample, open_page, width):
    page = open_page(width, js=False)
    page.goto(site.url + sample.address("pairing:weights", "to_pair") + LEARNED)

    look(page)

    page.get_by_text("Complementary skills: from Very high to").wait_for()
    assert page.get_by_role("heading", name="All together").is_visible()
    picture(page, f"pairing-what-would-change-{width}")


def test_the_price_of_the_floor_comes_in_place(site, sample, open_page):
    page = open_page()
    page.goto(site.url + sample.address("pairing:weights", "to_pair"))

    page.get_by_role("link", name="What does this floor cost").focus()
    page.keyboard.press("Enter")

    page.locator("#price").wait_for()
    assert page.url.endswith("/what-counts/")


def test_adopting_a_stale_choice_shows_both(site, sample, open_page):
    mine, theirs = open_page(), open_page()
    address = site.url + sample.address("pairing:weights", "to_pair")
    for page, level in ((mine, "Low"), (theirs, "High")):
        page.goto(address)
        goals = page.get_by_role("group", name="Development goals")
        goals.get_by_text(level, exact=True).click()

    theirs.get_by_role("button", name="Adopt this").click()
    theirs.get_by_text("counts from the next proposal on").wait_for()
    mine.get_by_role("button", name="Adopt this").click()

    mine.get_by_text("while you were choosing").wait_for()
    assert mine.get_by_role("cell", name="High").is_visible()
    assert violations(mine) == []
    picture(mine, "pairing-both-numbers")
    mine.get_by_role("button", name="Adopt this").click()
    mine.get_by_text("counts from the next proposal on").wait_for()
