"""The demo shows the mail that was really sent, and shows it harmlessly."""

import time

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import include, path

from mentorship import urls
from mentorship.demo import mailbox, views
from mentorship.outbox.letter import compose
from tests.axe import in_both_lights
from tests.browser import WIDTHS
from tests.factories import NoticeFactory

pytestmark = pytest.mark.django_db


class DemoUrls:
    """The site map as the demo has it."""

    urlpatterns = [*urls.urlpatterns, path("demo/", include("mentorship.demo.urls"))]


@pytest.fixture
def demo(settings, monkeypatch, tmp_path):
    settings.DEMO = True
    settings.ROOT_URLCONF = DemoUrls
    monkeypatch.setattr(mailbox, "FOLDER", tmp_path)
    return tmp_path


def a_mail(folder):
    """A notice's mail where the sink keeps what arrives."""
    notice = NoticeFactory(
        template="pairing/paired",
        recipient__given_name="Linh",
        context={
            "path": "/",
            "partner": "Kwame",
            "program": "Rising Leads",
            "first_by": "2027-05-23",
        },
    )
    number = time.time_ns()
    (folder / f"{number}.eml").write_bytes(compose(notice).message().as_bytes())
    return number


def test_the_page_lists_the_newest_mail_first(client, demo):
    first, second = a_mail(demo), a_mail(demo)
    page = client.get("/demo/mail/")
    assert [letter.number for letter in page.context["letters"]] == [second, first]
    assert "You and Kwame are a pair" in page.text


def test_before_any_mail_the_page_says_what_to_do(client, demo):
    assert "No mail yet" in client.get("/demo/mail/").text


def test_a_mail_shows_its_text_with_links_and_its_look_in_a_frame(client, demo):
    number = a_mail(demo)
    page = client.get(f"/demo/mail/{number}/")
    assert "Kwame" in page.text
    assert '<a href="http://localhost:8000/"' in page.text
    assert f'src="/demo/mail/{number}/html/"' in page.text
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_the_look_of_a_mail_may_run_nothing(client, demo):
    answer = client.get(f"/demo/mail/{a_mail(demo)}/html/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_mail_that_never_came_is_not_found(client, demo):
    assert client.get("/demo/mail/17/").status_code == 404
    assert client.get("/demo/mail/17/html/").status_code == 404


def test_outside_the_demo_there_is_no_such_page(client):
    assert client.get("/demo/mail/").status_code == 404
    request = RequestFactory().get("/demo/mail/")
    for view, more in ((views.mail, ()), (views.letter, (17,))):
        with pytest.raises(Http404):
            view(request, *more)


@pytest.mark.django_db
def test_a_mail_of_no_possible_number_does_not_exist(client, demo):
    assert client.get(f"/demo/mail/{'9' * 300}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_mail_looks_in_the_browser_as_in_a_mail_program(
    new_page,
    live_server,
    demo,
    settings,
):
    settings.SITE_URL = live_server.url
    a_mail(demo)
    for width in WIDTHS:
        page = new_page(width)
        page.goto(f"{live_server.url}/demo/mail/")
        assert in_both_lights(page, f"mails-{width}") == []
        page.get_by_role("link", name="You and Kwame are a pair").click()
        heading = page.frame_locator("iframe").get_by_role("heading")
        heading.wait_for()
        assert heading.evaluate("h => getComputedStyle(h).fontSize") == "26px"
        assert in_both_lights(page, f"mail-{width}") == []
    page.frame_locator("iframe").get_by_role("link").first.click()
    page.wait_for_url("**/accounts/login/**")
