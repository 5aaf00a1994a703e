"""The quiet timer in a real browser: without a network, after sleep, by keyboard."""

from datetime import datetime

import pytest
from django.urls import reverse

from tests.axe import in_both_lights
from tests.browser import WIDTHS, sign_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PARTS = [
    ("Arrive as people", 10),
    ("What each of you hopes for", 15),
    ("How you want to work", 10),
    ("One small step each", 5),
    ("The next date", 5),
]


@pytest.fixture
def opened(live_server, new_page):
    """Opens the timer of the first meeting on a phone, with a clock to wind."""

    def open_timer(width="phone", theme="light", **options):
        page = new_page(width, theme, **options)
        sign_in(page, live_server, UserFactory())
        page.clock.install(time=datetime(2026, 11, 26, 9, 0))
        slug = {"args": ["first-meeting"]}
        page.goto(live_server.url + reverse("library:agenda", **slug))
        # Opened is when its icon and fonts are there too.
        page.wait_for_load_state("networkidle")
        return page

    return open_timer


def shown(page):
    """The part that runs, and what is left of it."""
    part = page.locator("[data-part]").inner_text()
    return part, page.locator("[data-time]").inner_text()


def said(page):
    return page.locator("[aria-live=polite]").inner_text()


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_it_starts_and_goes_through_its_parts_without_a_network(opened):
    page = opened()
    page.context.set_offline(True)
    assert shown(page) == ("Arrive as people", "10:00 left")
    press(page, "Start")
    assert said(page) == "Now: Arrive as people, 10 minutes"
    page.clock.run_for(61_000)
    assert shown(page) == ("Arrive as people", "8:59 left")
    for title, minutes in PARTS[1:]:
        press(page, "Next part")
        assert shown(page)[0] == title
        assert page.locator("li[aria-current=step] h3").inner_text() == title
        assert said(page) == f"Now: {title}, {minutes} minutes"
    press(page, "Next part")
    assert shown(page)[0] == "All parts are done"
    assert "The time is over" in said(page)


def test_a_phone_that_slept_wakes_in_the_right_part(opened):
    page = opened()
    page.context.set_offline(True)
    press(page, "Start")
    # As when a lid is closed: timers that are due fire once, at the end.
    page.clock.fast_forward("00:28:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert shown(page) == ("How you want to work", "7:00 left")
    assert page.locator("li.is-done").count() == 2
    page.clock.fast_forward("05:00:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert shown(page)[0] == "All parts are done"
    assert page.locator("li.is-done").count() == 5


def test_a_pause_holds_the_time_and_a_reload_goes_on(opened):
    page = opened()
    press(page, "Start")
    page.clock.run_for(120_000)
    press(page, "Pause")
    page.clock.fast_forward("01:00:00")
    assert shown(page) == ("Arrive as people", "8:00 left")
    press(page, "Go on")
    page.clock.run_for(60_000)
    page.reload()
    assert shown(page) == ("Arrive as people", "7:00 left")
    page.clock.run_for(60_000)
    assert shown(page) == ("Arrive as people", "6:00 left")


def test_a_part_can_take_longer_and_one_can_go_back(opened):
    page = opened()
    press(page, "Start")
    press(page, "5 minutes more")
    assert shown(page) == ("Arrive as people", "15:00 left")
    press(page, "Next part")
    page.clock.run_for(60_000)
    press(page, "One back")
    assert shown(page) == ("What each of you hopes for", "15:00 left")
    press(page, "One back")
    assert shown(page) == ("Arrive as people", "15:00 left")


def test_it_works_by_keyboard_alone_and_makes_no_sound(opened):
    page = opened("desktop")
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Pause").evaluate(
        "el => el === document.activeElement"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert shown(page)[0] == "What each of you hopes for"
    assert page.locator("audio, video").count() == 0


def test_without_script_it_is_a_plain_agenda(opened):
    page = opened(js=False)
    assert page.get_by_role("button", name="Start").count() == 0
    for title, minutes in PARTS:
        part = page.locator("ol li", has_text=title)
        assert f"{minutes} min" in part.inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_running_timer_is_accessible(opened, width):
    page = opened(width)
    press(page, "Start")
    press(page, "Next part")
    page.clock.run_for(200_000)
    assert in_both_lights(page, f"timer-running-{width}") == []
