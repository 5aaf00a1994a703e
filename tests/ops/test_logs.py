"""A link that lets somebody in is in no line of the log."""

import logging
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_access_matrix import (
    answering,
    calendar,
    invitation,
    seen_by_a_colleague,
    unsubscribing,
)
from tests.world import a_program

LINKS = [
    ("home:answer_by_link", answering),
    ("feedback:observe", seen_by_a_colleague),
    ("pairing:calendar", calendar),
    ("participants:join", invitation),
    ("participants:new_link", invitation),
    ("outbox:unsubscribe", unsubscribing),
]


@pytest.fixture
def log(monkeypatch):
    """What the site's log gets, as it is written."""
    console = next(h for h in logging.getLogger().handlers if h.name == "console")
    written = StringIO()
    before = console.setStream(written)
    yield written
    console.setStream(before)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "secret_of"), LINKS, ids=[name for name, _ in LINKS])
def test_no_refused_request_writes_its_secret(name, secret_of, log):
    """Not when it is the wrong method, a wrong form, or an address cut short."""
    secret = secret_of(a_program())
    url = reverse(name, args=[secret])
    client = Client(enforce_csrf_checks=True)
    for path in (url, url.rstrip("/"), f"{url}and/more/"):
        client.delete(path)
        client.post(path)
    assert "django" in log.getvalue()
    assert secret not in log.getvalue()


def test_a_new_password_is_not_in_the_log_either(log):
    secret = "c1tqfs-5d41402abc4b2a76b9719d911017c592"
    Client().delete(f"/accounts/password/reset/key/{secret}/")
    assert secret not in log.getvalue()


@pytest.mark.django_db
def test_other_addresses_are_logged_as_they_are(log):
    place = "/places/3804d3d8-adf9-4314-be63-05a618c4c023/nothing/"
    Client().get(place)
    assert f"Not Found: {place}" in log.getvalue()
