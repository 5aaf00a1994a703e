"""Invented organizations, and what is measured on them, in small."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import override_settings

from mentorship.accounts.models import User
from mentorship.charter.models import Cohort
from mentorship.ops.bench.load.bench import Load
from mentorship.ops.bench.load.client import visit
from mentorship.ops.bench.night import page as night_page
from mentorship.ops.bench.night.bench import NightBench
from mentorship.ops.bench.pages import page as pages_page
from mentorship.ops.bench.pages.bench import PagesBench, missed
from mentorship.ops.bench.pages.ten import TEN
from mentorship.ops.bench.seed import Readers, Shape, fill, scratch
from mentorship.ops.bench.seed.readers import seal_words
from mentorship.ops.bench.seed.scratch import superuser
from mentorship.participants.models import Participant
from pairing.models import Pair, Session
from tests import database

TINY = Shape().scaled(0.01)
HERE = "tests.ops.test_sizes"


@pytest.fixture
def place(django_db_setup, django_db_blocker):
    """The tests' own server, and its migrated template to copy."""
    with django_db_blocker.unblock():
        yield {
            "server": database.SERVER,
            "template": database.template_name(),
            "say": lambda words: None,
        }


def quiet(place):
    return {name: place[name] for name in ("server", "template")}


def test_an_invented_organization_holds_what_the_forms_would_take(place):
    with scratch("whole", **quiet(place)) as made:
        assert made.is_new
        fill(TINY, checked=True, say=place["say"])
        seal_words(Readers(TINY).each("mentee", 10))
        assert Session.objects.count() == TINY.sessions
        assert Pair.objects.count() == TINY.pairs
        assert Participant.objects.count() == TINY.people
        assert Cohort.objects.count() == TINY.cohorts
        assert Pair.objects.running().count() == 9 * 35
        with superuser():
            wrong = [words for model in apps.get_models() for words in faults_in(model)]
    assert wrong == []


def faults_in(model) -> list[str]:
    """What `clean_fields` refuses in some rows, empty values aside."""
    if not model._meta.managed:
        return []
    told = []
    for row in model._base_manager.all()[:20]:
        empty = [
            field.name
            for field in model._meta.concrete_fields
            if hasattr(field, "by") or getattr(row, field.attname) in field.empty_values
        ]
        try:
            row.clean_fields(exclude=empty)
        except ValidationError as wrong:
            told.append(f"{model._meta.label}: {wrong}")
    return told


def test_the_scratch_database_is_gone_afterwards_and_ours_is_back(place):
    with scratch("gone", **quiet(place)):
        User.objects.create(email="only.there@bench.example", password="!")
    assert not User.objects.filter(email="only.there@bench.example").exists()
    with scratch("gone", **quiet(place)) as made:
        assert made.is_new


# ------------------------------------------------------------------------- the pages
def prefetch_the_cohort(get_response):
    """What a well-meant middleware might do: have everybody of the cohort at hand."""

    def middleware(request):
        mine = Cohort.objects.filter(participants__user=request.user)
        request.everybody = list(
            Participant.objects.filter(cohort__in=mine).select_related("user")
        )
        return get_response(request)

    return middleware


def prefetch_everybody(get_response):
    def middleware(request):
        request.everybody = list(User.objects.all())
        return get_response(request)

    return middleware


def measured(place, settings, *more):
    """A bench and its figures on one of the ten pages, behind more middleware."""
    bench = PagesBench(TINY, times=9, pages=[TEN[-1]], readers=1, keep=True, **place)
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, *more]):
        return bench, bench.run()


@pytest.fixture
def kept(place):
    """Databases that several runs share, dropped in the end."""
    yield place
    for shape in (TINY, TINY.scaled(0.01)):
        with scratch(f"pages_{shape.people}", **quiet(place)):
            pass


def test_a_middleware_that_prefetches_is_found_out(kept, settings, tmp_path):
    bench, fair = measured(kept, settings)
    assert [figure.page.title for figure in fair[2:]] == [TEN[-1].title]
    assert all(figure.cost.python and figure.cost.postgres for figure in fair)
    assert "Django alone" not in " ".join(missed(fair))
    written = pages_page.write(bench, fair, "manage.py bench pages", tmp_path)
    assert f"| {TEN[-1].title} |" in written.read_text()

    _, cohort = measured(kept, settings, f"{HERE}.prefetch_the_cohort")

    assert "Empty, signed in: " in " ".join(missed(cohort))

    _, everybody = measured(kept, settings, f"{HERE}.prefetch_everybody")
    told = " ".join(missed(everybody))
    assert re.search(r"Empty, signed in: grows \d", told)
    assert f"{TEN[-1].title}: grows" in told


# ------------------------------------------------------------------- night and load
def test_the_night_is_told_in_scans_of_the_sessions(place, tmp_path):
    nights = list(NightBench(TINY, scales=(0.1, 1), **place).run())

    assert [night.sessions for night in nights] == [1_000, 10_000]
    assert all(night.rows >= night.cohorts * 0.9 for night in nights)
    written = night_page.write(nights, {}, "manage.py bench night", tmp_path)
    assert "| 10,000 | 10 |" in written.read_text()
    assert "<svg" in (tmp_path / "night.svg").read_text()


ANSWERS = {
    "whole": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nPage",
    "chunked": b"HTTP/1.1 200 OK\r\n\r\n4\r\nPage\r\n0\r\n\r\n",
    "broken": b"HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nNo",
    "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nPa",
    "nothing": b"",
}


async def asked(answer: bytes) -> int:
    async def answers(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(answers, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        return (await visit(port, "", "/")).status


@pytest.mark.parametrize(
    ("answer", "status"),
    [("whole", 200), ("chunked", 200), ("broken", 500), ("cut", 0), ("nothing", 0)],
)
def test_only_a_whole_answer_counts_as_one(answer, status):
    # In a thread of its own: where a browser was driven before, a loop runs already.
    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, asked(ANSWERS[answer])).result() == status


def visits(*told):
    return [
        {"address": "/", "at": 0, "seconds": s, "status": status} for s, status in told
    ]


def test_a_load_is_refused_for_each_thing_it_promises_not_to_do():
    well = [(0.1, 200)] * 98
    assert Load(2, 5, visits(*well, (0.2, 200), (9, 200))).broken == []
    assert Load(2, 5, []).broken == ["nobody opened a page"]
    assert Load(2, 5, visits(*[(0.9, 200)] * 20)).broken == [
        "p95 is 0.90 s, not 0.8",
    ]
    told = Load(2, 5, visits(*well, (0.1, 502), (0.1, 0), (0.1, 302))).broken
    assert told == [
        "1 answers of 500 and more",
        "1 connections without a whole answer",
        "other answers than a page: [302]",
    ]
