"""One click signs in as a sample person in the demo, and nowhere else."""

import json
import os
import subprocess
import sys

import pytest
from django.contrib.auth import get_user
from django.http import Http404
from django.test import RequestFactory
from django.urls import NoReverseMatch, include, path, reverse

from mentorship import urls
from mentorship.demo.people import PEOPLE
from mentorship.demo.views import enter
from tests import factories as make

pytestmark = pytest.mark.django_db
EMAIL = PEOPLE["mentor"][1]


class DemoUrls:
    """The site map as the demo has it."""

    urlpatterns = [*urls.urlpatterns, path("demo/", include("mentorship.demo.urls"))]


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    settings.ROOT_URLCONF = DemoUrls
    settings.LOGIN_REDIRECT_URL = "/settings/"


def test_a_click_signs_in_as_the_sample_person(client, demo):
    mentor = make.UserFactory(email=EMAIL)
    answer = client.post("/demo/enter/mentor/")
    assert answer.url == "/settings/"
    assert get_user(client) == mentor


def test_the_sign_in_page_offers_every_role(client, demo):
    page = client.get("/accounts/login/").text
    assert all(f'formaction="/demo/enter/{role}/"' in page for role in PEOPLE)


def test_opening_the_address_signs_nobody_in(client, demo):
    make.UserFactory(email=EMAIL)
    assert client.get("/demo/enter/mentor/").status_code == 405
    assert not get_user(client).is_authenticated


def test_a_role_that_is_none_does_not_exist(client, demo):
    assert client.post("/demo/enter/king/").status_code == 404


def test_without_the_sample_program_it_says_so(client, demo):
    page = client.post("/demo/enter/mentor/", follow=True)
    assert "The sample program is not loaded." in page.text


# ---------------------------------------------------------------- outside the demo
def test_outside_the_demo_there_is_no_such_address(client):
    make.UserFactory(email=EMAIL)
    with pytest.raises(NoReverseMatch):
        reverse("demo:enter", args=["mentor"])
    assert client.post("/demo/enter/mentor/").status_code == 404
    assert not get_user(client).is_authenticated


def test_outside_the_demo_the_sign_in_page_offers_nobody(client):
    assert "/demo/" not in client.get("/accounts/login/").text


def test_outside_the_demo_the_view_itself_refuses():
    make.UserFactory(email=EMAIL)
    request = RequestFactory().post("/demo/enter/mentor/")
    with pytest.raises(Http404):
        enter(request, "mentor")
    assert not hasattr(request, "session")


def test_a_process_outside_the_demo_does_not_even_load_the_view():
    """Asked of a fresh process, because this one has loaded it to test it."""
    script = (
        "import json, sys, django; django.setup()\n"
        "from django.urls import get_resolver\n"
        "resolver = get_resolver()\n"
        "names = [ns for ns in resolver.namespace_dict]\n"
        "print(json.dumps([names, 'mentorship.demo.views' in sys.modules]))"
    )
    known = {k: v for k, v in os.environ.items() if k != "DEMO"}
    known["DJANGO_SETTINGS_MODULE"] = "mentorship.settings"
    done = subprocess.run(
        [sys.executable, "-c", script], env=known, capture_output=True, check=True
    )
    namespaces, loaded = json.loads(done.stdout)
    assert "charter" in namespaces
    assert "demo" not in namespaces
    assert loaded is False
