"""Pages while Redis or the database is away."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.urls import reverse

from mentorship.accounts.cache import SpareCache
from mentorship.accounts.patience import limit_patience
from mentorship.accounts.sessions import SessionStore
from mentorship.outbox import actions, tasks
from tests.factories import UserFactory


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache whose Redis does not answer."""
    monkeypatch.setattr(SpareCache, "away_until", 0.0)
    return SpareCache(f"unix://{tmp_path}/nobody.sock", {})


def test_without_redis_a_process_counts_for_itself(cache):
    assert cache.add("tries", 1)
    assert cache.incr("tries") == 2
    assert cache.get("tries") == 2


def test_a_redis_that_did_not_answer_is_left_in_peace_for_a_while(cache, monkeypatch):
    cache.get("tries")
    asked = []
    monkeypatch.setattr(
        "django.core.cache.backends.redis.RedisCache.get",
        lambda *args, **kwargs: asked.append(args),
    )
    cache.get("tries")
    assert asked == []
    SpareCache.away_until = 0.0
    cache.get("tries")
    assert len(asked) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("the connection is lost"), 503, "may not have been saved"),
        (InterfaceError("the connection is closed"), 503, "may not have been saved"),
        (ValueError("our mistake"), 500, "it is our doing"),
    ],
)
def test_a_database_that_is_away_is_told_as_such(
    client, monkeypatch, error, status, words
):
    def fail(*args, **kwargs):
        raise error

    client.force_login(UserFactory())
    client.raise_request_exception = False
    monkeypatch.setattr("mentorship.outbox.views.render", fail)
    answer = client.get(reverse("outbox:preferences"))
    assert answer.status_code == status
    assert words in answer.text
    assert answer.headers.get("Retry-After") == ("30" if status == 503 else None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("the connection is lost"), OperationalError),
        (DatabaseError("the row is gone"), UpdateError),
    ],
)
def test_a_session_that_cannot_be_kept_is_not_taken_for_a_deleted_one(
    monkeypatch, error, told
):
    def fail(*args, **kwargs):
        raise error

    session = SessionStore()
    session.create()
    monkeypatch.setattr(Session, "save", fail)
    with pytest.raises(told):
        session.save()


@pytest.mark.django_db
def test_a_page_waits_for_a_lock_no_longer_than_a_moment(monkeypatch):
    for alias in connections:
        monkeypatch.setitem(connections[alias].settings_dict, "OPTIONS", {})
    limit_patience()
    fresh = connections["default"].copy()
    with fresh.cursor() as cursor:
        cursor.execute("select current_setting('lock_timeout')")
        assert cursor.fetchone() == ("1500ms",)
        cursor.execute("select current_setting('statement_timeout')")
        assert cursor.fetchone() == ("8s",)
    fresh.close()


@pytest.mark.django_db
def test_a_sender_goes_by_the_clock_of_the_database(monkeypatch):
    told = []
    monkeypatch.setattr(actions, "sweep", lambda now, **how: told.append(now))
    before = datetime.now(UTC)
    with time_machine.travel("2031-01-01", tick=True):
        tasks.sweep()
    assert before <= told[0] <= datetime.now(UTC)
