"""Whatever is typed, pasted or tampered with, nobody meets a page of our failure."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from mentorship.charter.models import CharterVersion, Cohort
from mentorship.participants.models import Participant
from tests.test_access_matrix import ROWS, address
from tests.world import a_world

pytestmark = pytest.mark.django_db(databases=["default", "publisher", "steer"])

# In every field of a form at once: no text for Postgres, no number for a column, no
# day for a calendar, no place for a long word, no end of a line for a header.
VALUES = ["\x00", "9" * 26, "9999-12-31", "x" * 9000 + "\r\n\U0001f600"]
# In every parameter that some page reads.
PARAMETERS = [
    *("page", "sort", "period", "q", "state", "side", "readiness", "site", "kind"),
    *("answer", "session", "next", "stage", "topic"),
]
QUERIES = ["\x00", "-1", "nonsense"]
# Signing out would end the test; the others are allauth's own and hold no rule of ours.
ROWS = [row for row in ROWS if not row.name.startswith("account_")]
STAGES = ["onboarding_on", "pairing_on", "pilot_on", "active_on", "closing_on"]


class Forms(HTMLParser):
    """Every form of a page as (address, names of its fields)."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, set]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.found.append((given.get("action", ""), set()))
        elif self.found and "name" in given:
            self.found[-1][1].add(given["name"])
        if self.found and "formaction" in given:
            self.found.append((given["formaction"], self.found[-1][1]))


def ask(client, method, url, data=None):
    """The answer, with whatever the request changed undone."""
    with transaction.atomic():
        response = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    return response


def forms_of(client, url) -> dict[str, set]:
    """{address: names of fields} of the forms on a page, and of its own address."""
    found = {url: {"nothing"}}
    for data in (None, {"nothing": ""}):
        html = ask(client, "post" if data else "get", url, data).content
        for action, names in Forms(html.decode(errors="ignore")).found:
            target = urlsplit(urljoin(url, action)).path
            found[target] = found.get(target, set()) | names
    return found


def signed_in(world, role) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role])
    return client


@pytest.mark.parametrize("role", ["coordinator", "mentee"])
def test_no_form_breaks_on_what_is_sent(role):
    world = a_world()
    client, forms = signed_in(world, role), {}
    for row in ROWS:
        forms |= forms_of(client, address(row, world.own))
    broken = [
        (url, value[:20], status)
        for url, names in forms.items()
        if "logout" not in url
        for value, status in answers(client, url, names)
        if status >= 500
    ]
    assert not broken


def answers(client, url, names):
    """What each value is answered with; one is enough for somebody who may send nothing
    there, and is told so before it is read."""
    for value in VALUES:
        status = ask(client, "post", url, dict.fromkeys(names, value)).status_code
        yield value, status
        if status in (403, 405):
            return


@pytest.mark.parametrize("role", ["coordinator", "mentee", "steering"])
def test_no_page_breaks_on_its_address(role):
    world = a_world()
    client = signed_in(world, role)
    pages = [address(row, world.own) for row in ROWS if "ok" in row.get]
    broken = [
        (url, value)
        for url in pages
        if ask(client, "get", url).status_code == 200
        for value in QUERIES
        if ask(client, "get", url, dict.fromkeys(PARAMETERS, value)).status_code >= 500
    ]
    assert not broken


def no_charter_and_no_dates(program):
    CharterVersion.objects.filter(state="in force").update(state="replaced")
    Cohort.objects.update(**dict.fromkeys([*STAGES, "alumni_on"]))


def a_partner_who_was_erased(program):
    mentor = Participant.objects.filter(pk=program.pair.mentor_id)
    mentor.update(user=None, erased_at=timezone.now())


@pytest.mark.parametrize("missing", [no_charter_and_no_dates, a_partner_who_was_erased])
def test_no_page_breaks_on_what_is_missing(missing):
    world = a_world()
    missing(world.own)
    broken = []
    for role in ("coordinator", "mentee"):
        client = signed_in(world, role)
        for row in ROWS:
            for method in ("get", "post"):
                answer = ask(client, method, address(row, world.own), row.data)
                if answer.status_code >= 500:
                    broken.append((role, method, row.name))
    assert not broken
