"""The look in a real browser, under the site's own security policy."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.axe import in_both_lights, violations
from tests.browser import WIDTHS
from tests.ui.samples import components, draw, people, session_form

pytestmark = pytest.mark.urls("tests.ui.urls")

POLICY = "; ".join(
    f"{name} {' '.join(sources)}"
    for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SIGN_IN = """<form class="card stack gap-5" method="post">
<div class="field"><label for="e">Work email</label>
<input class="input" id="e" type="email"></div>
<button class="btn btn--primary btn--l btn--block">Email me a code</button>
</form>"""

PAGES = {
    "coordinator": lambda: components("ui/coordinator.html"),
    "person": lambda: components("ui/person.html"),
    "steering": lambda: components("ui/steering.html"),
    "people": lambda: people("ui/coordinator.html", "?site=a&q=a"),
    "form": lambda: session_form("ui/person.html"),
    "form-errors": lambda: session_form("ui/plain.html", {}),
    "door": lambda: draw("ui/door.html", SIGN_IN),
    "404": lambda: render_to_string("404.html", {}, RequestFactory().get("/")),
    "500": lambda: render_to_string("500.html"),
}


def show(page, html):
    """Let the browser show this HTML as if our server had sent it."""

    def answer(route):
        path = urlsplit(route.request.url).path
        if not path.startswith("/static/"):
            headers = {"content-security-policy": POLICY}
            route.fulfill(body=html, content_type="text/html", headers=headers)
        elif found := finders.find(path.removeprefix("/static/")):
            kind = KINDS.get(Path(found).suffix, "font/woff2")
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto("http://reciprocal.test/")
    return page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_accessible(new_page, name, width):
    page = show(new_page(width), PAGES[name]())

    assert in_both_lights(page, f"ui-{name}-{width}") == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_small_phone(new_page, name):
    page = new_page("phone")
    page.set_viewport_size({"width": 320, "height": 640})

    show(page, PAGES[name]())

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_error_summary_takes_the_focus_and_leads_to_a_field(new_page):
    page = show(new_page("phone"), session_form("ui/plain.html", {}))

    assert page.evaluate("document.activeElement.className") == "summary"
    page.get_by_role("link", name="When did you meet?").click()
    assert page.evaluate("document.activeElement.id") == "id_held_on"


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(new_page):
    page = show(new_page("phone"), components("ui/coordinator.html"))
    menu = page.get_by_role("navigation", name="Main")
    assert not menu.is_visible()

    page.get_by_role("button", name="Open menu").press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()


def test_a_slider_speaks_in_words_and_moving_it_answers(new_page):
    page = show(new_page("phone"), session_form("ui/person.html"))
    slider = page.get_by_role("slider", name="Confidence")
    assert slider.get_attribute("aria-valuetext") == "Left out"

    slider.press("ArrowRight")

    assert slider.get_attribute("aria-valuetext") == "Strong"
    assert not page.get_by_label("Leave this out").is_checked()


def test_a_draft_survives_a_reload_until_it_is_saved(new_page):
    page = show(new_page("phone"), session_form("ui/person.html"))
    page.get_by_label("What was useful?").fill("We rehearsed my first sentence")
    page.get_by_text("Video").click()

    page.reload()
    assert page.get_by_label("What was useful?").input_value().startswith("We reh")
    assert page.get_by_label("Video").is_checked()

    saved = '<p data-draft-done="log-3">Saved</p>'
    show(page, draw("ui/person.html", saved))
    show(page, session_form("ui/person.html"))
    assert page.get_by_label("What was useful?").input_value() == ""


def test_a_draft_is_not_shown_to_the_next_person_on_the_device(new_page):
    page = show(new_page("phone"), session_form("ui/person.html"))
    page.get_by_label("What was useful?").fill("private")

    other = session_form("ui/person.html").replace('data-person="7"', 'data-person="8"')
    show(page, other)

    assert page.get_by_label("What was useful?").input_value() == ""


def test_a_form_is_sent_once(new_page):
    page = show(new_page("phone"), session_form("ui/person.html"))
    sent = []
    page.on("request", lambda r: sent.append(r) if r.method == "POST" else None)

    with page.expect_navigation():
        page.evaluate("""() => {
            const form = document.querySelector("form[data-draft]");
            form.requestSubmit(); form.requestSubmit();
        }""")

    assert len(sent) == 1


def test_ticking_rows_shows_what_can_be_done_with_them(new_page):
    page = show(new_page(), people("ui/coordinator.html"))
    bar = page.get_by_role("region", name="With the selected people")
    assert not bar.is_visible()

    page.get_by_label("Select all on this page").check()

    assert bar.is_visible()
    assert page.get_by_text("2 selected").is_visible()


def test_rows_can_be_ticked_without_scripts(new_page):
    page = show(new_page(js=False), people("ui/coordinator.html"))

    page.get_by_label("Select Amara Okafor").check()

    assert page.get_by_role("button", name="Invite").is_visible()
    assert not page.get_by_label("Select all on this page").is_visible()


def test_a_form_answered_with_422_is_swapped_in(new_page):
    form = '<form hx-post="/send/" hx-swap="outerHTML"><button>Send</button></form>'
    page = show(new_page(), draw("ui/plain.html", form, htmx=True))
    wrong = '<form class="answered"><p>Wrong</p></form>'
    page.route("**/send/", lambda route: route.fulfill(status=422, body=wrong))

    page.get_by_role("button", name="Send").click()

    page.get_by_text("Wrong").wait_for()
    assert page.locator("form.answered").count() == 1


def test_right_to_left_pages_are_mirrored(new_page):
    with translation.override("ar"):
        html = components("ui/coordinator.html")
    page = show(new_page(), html)

    side = page.locator("#side").bounding_box()

    assert side["x"] > 1000
    assert violations(page) == []
