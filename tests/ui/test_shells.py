from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from mentorship.ui.views import csrf_failure
from tests.ui.samples import INGRID, components, draw

SHELLS = ["coordinator", "person", "steering", "plain", "door"]
pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_one_main_place_and_a_way_to_it(shell):
    html = draw(f"ui/{shell}.html", "<p>x</p>")

    assert html.count("<main") == 1
    assert '<a class="skip" href="#main">' in html
    assert html.count('id="main"') == 1


@pytest.mark.parametrize("shell", SHELLS)
def test_no_shell_holds_anything_the_policy_forbids(shell):
    html = components(f"ui/{shell}.html")

    assert "style=" not in html
    assert "<style" not in html
    assert "onclick" not in html
    assert "//" not in html.replace("https://reciprocal", "").split("<body")[1]


def test_a_chosen_theme_is_set_by_the_server():
    dark = SimpleNamespace(**{**vars(INGRID), "theme": "dark"})

    assert 'data-theme="dark"' in draw("ui/plain.html", "", user=dark)
    assert "data-theme" not in draw("ui/plain.html", "")


def test_the_direction_follows_the_language():
    with translation.override("ar"):
        html = draw("ui/person.html", "")

    assert 'lang="ar"' in html
    assert 'dir="rtl"' in html


def test_counts_are_read_out_in_words():
    html = components("ui/coordinator.html")

    assert "6 things waiting" in html
    assert "1 person<" in html
    assert 'aria-current="page"' in html


def test_places_without_a_page_are_left_out():
    html = components("ui/coordinator.html")

    assert "Charter" in html
    assert "Roles" not in html
    assert "Mail sent" not in html


def test_without_a_pair_the_pairs_tabs_are_left_out():
    with_pair = draw("ui/person.html", "")
    without = draw("ui/person.html", "", pair=None)

    assert 'href="/pairs/3/log/"' in with_pair
    assert "/pairs/" not in without
    assert 'href="/profile/"' in without


def test_messages_are_announced_and_drop_the_draft_they_concern():
    said = [
        Message(messages.SUCCESS, "Saved", extra_tags="draft:log-3"),
        Message(messages.ERROR, "Failed"),
    ]

    html = draw("ui/person.html", "", messages=said)

    assert 'role="status"' in html
    assert 'data-draft-done="log-3"' in html
    assert "flash--urgent" in html


@pytest.mark.parametrize("status", ["400", "403", "404"])
def test_error_pages_say_what_happened_and_lead_back(status):
    html = render_to_string(f"{status}.html", {}, RequestFactory().get("/"))

    assert f"({status})" in html
    assert html.count("<h1>") == 1
    assert 'href="/"' in html


def test_the_page_for_our_own_failure_needs_nothing():
    html = render_to_string("500.html")

    assert "it is our doing" in html
    assert "(500)" in html


def test_an_old_form_is_refused_kindly():
    answer = csrf_failure(RequestFactory().post("/"))

    assert answer.status_code == 403
    assert b"Please send it again" in answer.content
