"""A link that lets somebody in is in no line of the log."""

import json
import logging
import sys
from io import StringIO

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from mentorship.ops.logs import JsonLines, request_id
from mentorship.ops.middleware import with_request_id
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


def as_json(message, *args, **extra):
    record = logging.getLogger("mentorship.outbox").makeRecord(
        *("mentorship.outbox", logging.WARNING, "", 0, message, args),
        extra.pop("exc_info", None),
        extra=extra,
    )
    return json.loads(JsonLines().format(record))


def test_a_json_line_says_when_where_what_and_about_which_notice():
    line = as_json("Notice %s was not sent", 7, notice="3804d3d8")

    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "WARNING",
        "logger": "mentorship.outbox",
        "message": "Notice 7 was not sent",
        "notice": "3804d3d8",
    }


def test_an_error_of_the_database_does_not_bring_its_row():
    try:
        raise ValueError(
            "duplicate key\nDETAIL:  Key (email)=(zoe@example.org) exists."
        )
    except ValueError:
        line = as_json("It broke", exc_info=sys.exc_info())

    assert "ValueError: duplicate key" in line["error"]
    assert "zoe" not in line["error"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0123456789abcdef", True), ("", False), ("a b\n", False), ("x" * 65, False)],
)
def test_a_request_keeps_its_id_or_gets_one(client, monkeypatch, given, kept):
    seen = []

    def look(request):
        seen.append(request_id.get())
        return HttpResponse()

    answer = with_request_id(look)(
        RequestFactory(headers={"X-Request-ID": given}).get("/")
    )

    assert answer["X-Request-ID"] == seen[0]
    assert (seen[0] == given) is kept
    assert request_id.get() == ""
