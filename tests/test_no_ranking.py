"""No page, export or list orders people by activity or outcome.

Two looks at every page and file of staff. From outside: three pairs whose facts are
turned round, so that the busiest is the quietest; on no page may their names change
places. From inside: every statement behind these pages, with each column of a table
chosen for sorting once, may order people and pairs by the plain columns named here and
by nothing else, so not by a count, a sum, or anything worked out. A new way of ordering
people fails until it stands here, where somebody sees it. Proposals are ordered by how
well two people fit, before they have done anything together.
"""

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tables2.utils import OrderByTuple

from mentorship.insights.actions import compute_metrics
from mentorship.ui.tables import Table
from pairing.models import Pair
from pairing.tables import PairTable
from tests import factories as make
from tests.test_access_matrix import ROWS, address
from tests.test_query_counts import readers
from tests.world import a_world

STAFF = ("coordinator", "facilitator", "steering", "sponsor")
NAMES = ("Zaabel", "Zberta", "Zcleo")
# Here somebody is named because they may need a person today; those who need nothing
# are not there, so that no order of people comes out of it.
NAMED_FOR_HELP = {"home:cohort"}
# Who is listed here depends on what happened, and stands there by name.
LISTED_BY_NAME = {"insights:behind", "insights:waiting"}

PEOPLE = {
    "accounts_user",
    "participants_participant",
    "participants_profile",
    "pairing_pair",
}
# What people and pairs may be ordered by: who they are and when they came.
HARMLESS = {
    "accounts_user": {"family_name", "given_name", "email", "id"},
    "participants_participant": {
        "id",
        "is_mentor",
        "is_mentee",
        "capacity",
        "site",
        "function",
        "state",
        "joined_at",
    },
    "participants_profile": {"user_id"},
    "pairing_pair": {"id", "cohort_id", "started_on", "state", "ended_at"},
    "charter_cohort": {"id", "created_at", "name", "pilot_on"},
}

# When a mentor's first pair of a cohort began, for taking turns.
EXPLAINED = {'MIN… AS "began"'}


def outermost(sql: str) -> str:
    """A statement without what stands in brackets, and without its words in quotes."""
    sql = re.sub(r"'(?:[^']|'')*'", "''", sql)
    before = None
    while before != sql:
        before, sql = sql, re.sub(r"\([^()]*\)", "…", sql)
    return sql


STATEMENT = re.compile(
    r"SELECT (?:DISTINCT )?(?P<chosen>.+?) FROM \"(?P<table>\w+)\".*"
    r" ORDER BY (?P<terms>.+?)(?: LIMIT| OFFSET| FOR |$)"
)
COLUMN = re.compile(r'"?(\w+)"?\."(\w+)"')


def wrongly_ordered(sql: str) -> list[str]:
    """What a statement orders people by, of what it may not. A term may be a number,
    which stands for what is chosen there."""
    found = STATEMENT.match(outermost(sql))
    if not found or found["table"] not in PEOPLE:
        return []
    chosen = found["chosen"].split(", ")
    wrong = []
    for term in found["terms"].split(", "):
        what = re.sub(r"( ASC| DESC| NULLS \w+)+$", "", term.strip())
        what = chosen[int(what) - 1] if what.isdecimal() else what
        plain = COLUMN.fullmatch(re.sub(r' AS "\w+"$', "", what))
        harmless = plain and plain[2] in HARMLESS.get(plain[1], ())
        if not harmless and what not in EXPLAINED:
            wrong.append(f"{found['table']} by {what}")
    return wrong


def sortings(response) -> set[str]:
    """What a page's tables let one sort by, as queries to add to its address."""
    found = set()
    for layer in response.context or []:
        for value in layer.flatten().values() if hasattr(layer, "flatten") else []:
            if isinstance(value, Table):
                found |= {
                    f"?{value.prefixed_order_by_field}={way}{column.name}"
                    for column in value.columns
                    if column.orderable
                    for way in ("", "-")
                }
    return found


def order_of_names(response) -> list[str]:
    """The three names in the order in which they first stand in an answer."""
    if response.streaming:
        content = b"".join(response.streaming_content)
    else:
        content = response.content
    words = content.decode(errors="replace")
    there = [name for name in NAMES if name in words]
    return sorted(there, key=words.index)


def three_pairs(program) -> list[Pair]:
    """Three pairs alike in all but their names."""
    since = timezone.now().date() - timedelta(days=60)
    return [
        make.PairFactory(
            cohort=program.cohort,
            started_on=since,
            mentee__user__family_name=name,
            mentor__user__family_name=f"Of{name}",
        )
        for name in NAMES
    ]


def act(pairs: list[Pair], core) -> None:
    """The first has done most of everything, the last nothing."""
    today = timezone.now().date()
    for pair, much in zip(pairs, (4, 2, 0), strict=True):
        pair.sessions.all().delete()
        pair.milestones.all().delete()
        pair.outcomes.all().delete()
        pair.promises.all().delete()
        for number in range(much):
            day = today - timedelta(days=3 + 9 * number)
            session = make.SessionFactory(pair=pair, held_on=day)
            make.ReflectionFactory(
                session=session, state="written", answered_at=timezone.now()
            )
            done = {"state": "tried", "done_on": day, "due_on": day}
            make.MilestoneFactory(pair=pair, **done)
            reached = {"state": "reached", "reached_on": day, "core_outcome": core}
            make.OutcomeFactory(pair=pair, **reached)
            pair.promises.create(owner=pair.mentee, for_side="mentee")


def pages(world):
    """(row, client) of every page and file that one of the staff may open."""
    clients = {role: Client() for role in STAFF}
    for role, client in clients.items():
        client.force_login(world.people[role])
    for row in ROWS:
        if role := next((r for r in STAFF if r in readers(row)), None):
            yield row, clients[role]


def turned_round(world, only=None) -> tuple[set[str], list[str]]:
    """Names of the pages on which people changed places when what they did was turned
    round, and every forbidden ordering behind any page."""
    program = world.own
    pairs, core = three_pairs(program), make.CoreOutcomeFactory()
    seen = [
        (row, client) for row, client in pages(world) if row.name in (only or row.name)
    ]
    orders, wrong = [], []
    for turn in (pairs, pairs[::-1]):
        act(turn, core)
        compute_metrics(timezone.now().date())
        orders.append({})
        for row, client in seen:
            url = address(row, program)
            with CaptureQueriesContext(connections["default"]) as queries:
                response = client.get(url)
                orders[-1][row.name] = order_of_names(response)
                for sorting in sortings(response) if turn is pairs else ():
                    client.get(url + sorting)
            wrong += [
                f"{row.name}: {words}"
                for query in queries
                for words in wrongly_ordered(query["sql"])
            ]
    first, second = orders
    moved = {name for name in first if changed(name, first[name], second[name])}
    return moved, sorted(set(wrong))


def changed(page: str, first: list[str], second: list[str]) -> bool:
    """Whether the order of names on a page follows what people did."""
    if page in LISTED_BY_NAME:
        return [first, second] != [sorted(first), sorted(second)]
    return first != second


@pytest.mark.django_db(databases=["default", "steer"])
def test_no_page_orders_people_by_what_they_did():
    moved, wrong = turned_round(a_world())
    assert not wrong, "\n".join(wrong)
    assert moved <= NAMED_FOR_HELP, moved


def test_a_list_by_name_may_grow_and_shrink_and_nothing_else():
    whole, some = list(NAMES), list(NAMES[1:])
    assert not changed("insights:behind", whole, some)
    assert changed("insights:behind", whole[::-1], some)
    assert changed("pairing:pairs", whole, some)


@pytest.mark.django_db(databases=["default", "steer"])
def test_a_list_that_ranks_would_be_found(monkeypatch):
    column = PairTable.base_columns["started_on"]
    monkeypatch.setattr(column, "order_by", OrderByTuple(["-sessions__held_on"]))
    moved, wrong = turned_round(a_world(), only="pairing:pairs")
    assert moved == {"pairing:pairs"}
    assert wrong


@pytest.mark.parametrize(
    "rows",
    [
        Pair.objects.with_rhythm().order_by("-held"),
        Pair.objects.with_rhythm().order_by("last_on"),
        Pair.objects.annotate(n=Count("milestones")).values("pk", "n").order_by("n"),
        make.UserFactory._meta.model.objects.order_by("-last_login"),
    ],
)
def test_an_ordering_by_activity_is_seen_in_its_statement(rows):
    assert wrongly_ordered(str(rows.query))


def test_an_ordering_by_name_is_none():
    rows = Pair.objects.with_rhythm().order_by("mentee__user__family_name", "pk")
    assert not wrongly_ordered(str(rows.query))
