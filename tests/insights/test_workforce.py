"""Totals of the workforce: what a file says, what is kept, and what is shown of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNumQueries

from mentorship.accounts.models import AuditEntry
from mentorship.insights.actions import compute_metrics, import_totals
from mentorship.insights.models import WorkforceTotal
from mentorship.insights.workforce import reached, read_totals
from milestones.values import Refused
from tests.factories import CohortFactory, ParticipantFactory, RoleFactory
from tests.races import at_once

HEAD = "kind,name,people\n"
DAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def coordinator(client, db):
    role = RoleFactory()
    client.force_login(role.user)
    return role


def send(client, role, text="", day=DAY, **more):
    url = reverse("insights:workforce", args=[role.program_id])
    return client.post(url, {"text": text, "counted_on": day.isoformat(), **more})


def kept(program):
    rows = program.workforce_totals.order_by("kind", "name")
    return [(row.kind, row.name, row.people) for row in rows]


def test_a_file_is_kept_and_sent_again_replaces_its_day(client, coordinator):
    text = "﻿people;Kind;NAME\r\n40; Function ;Night  shifts\r\n900;site;Leeds\r\n"
    file = SimpleUploadedFile("totals.csv", text.encode())
    assert send(client, coordinator, file=file).status_code == 302
    program = coordinator.program
    assert kept(program) == [("function", "Night shifts", 40), ("site", "Leeds", 900)]
    send(client, coordinator, HEAD + "site,Leeds,950\n")
    assert kept(program) == [("site", "Leeds", 950)]
    send(client, coordinator, HEAD + "site,Leeds,960\n", day=DAY + timedelta(days=1))
    assert program.workforce_totals.count() == 2
    assert AuditEntry.objects.filter(verb="imported totals").count() == 3


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("team,Leeds,40", "“function” or “site”"),
        ("site,,40", "at most 120 letters"),
        (f"site,{'x' * 121},40", "at most 120 letters"),
        ("site,Leeds,none", "at least 1"),
        ("site,Leeds,0", "at least 1"),
        ("site,hull,40", "says this already"),
    ],
)
def test_what_needs_mending_is_said_and_nothing_is_kept(client, coordinator, row, said):
    response = send(client, coordinator, HEAD + f"site,Hull,30\n{row}\n")
    assertContains(response, said, status_code=422)
    assertContains(response, row, status_code=422)
    assert not WorkforceTotal.objects.exists()


@pytest.mark.parametrize("text", ["", "kind,people\nsite,3\n", HEAD, "\0"])
def test_a_file_that_holds_no_totals_is_refused(client, coordinator, text):
    assert send(client, coordinator, text).status_code == 422


def test_nobody_is_counted_tomorrow(client, coordinator):
    tomorrow = timezone.now().date() + timedelta(days=2)
    response = send(client, coordinator, HEAD + "site,Leeds,40\n", day=tomorrow)
    assertContains(response, "today or a day before", status_code=422)


def test_an_empty_table_is_refused_by_its_words():
    with pytest.raises(Refused, match="no row"):
        read_totals(HEAD)


def test_the_page_says_who_takes_part_only_from_ten_on(client, coordinator):
    cohort = CohortFactory(program=coordinator.program)
    joined = {"cohort": cohort, "joined_at": NOW - timedelta(days=3)}
    ParticipantFactory.create_batch(12, site="Leeds", **joined)
    ParticipantFactory.create_batch(9, site="Hull", **joined)
    text = HEAD + "site,leeds,400\nsite,Hull,300\nfunction,Ops,40\n"
    send(client, coordinator, text)
    compute_metrics(DAY)
    told = {row.total.name: row.taking_part for row in reached(coordinator.program)}
    assert told == {"leeds": 12, "Hull": None, "Ops": None}
    url = reverse("insights:workforce", args=[coordinator.program_id])
    client.get(url)  # which says that they were kept
    with assertNumQueries(7):
        page = client.get(url)
    assertContains(page, "Not shown: too few", count=2)
    assertContains(page, ">12<")


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_day_leave_the_totals_of_one():
    role = RoleFactory()
    program, by = role.program, role.user

    def send(people):
        totals = [
            WorkforceTotal(kind="site", name=name, people=people)
            for name in ("Hull", "Leeds")
        ]
        import_totals(program, totals, counted_on=DAY, by=by, at=NOW)
        connection.close()

    assert at_once(lambda: send(40), lambda: send(50)) == [None, None]
    assert len({people for _kind, _name, people in kept(program)}) == 1
    assert len(kept(program)) == 2
