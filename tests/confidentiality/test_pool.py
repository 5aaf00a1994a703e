"""Two people through one pooled connection: no row crosses, ten thousand times."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import pytest
from django.db import connection, transaction

from mentorship.accounts.acting import acting_as
from pairing.models import NotebookEntry
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
REQUESTS = 10_000
ALL = f"select author_id from {NotebookEntry._meta.db_table}"
FAILING = 7  # every so many end in an error inside the door


@pytest.fixture
def one_connection(monkeypatch):
    """The site on a pool of one connection, lent and taken back after each request.
    Whether it still lives need not be asked ten thousand times."""
    connection.close()
    settings = connection.settings_dict
    monkeypatch.setitem(settings, "CONN_MAX_AGE", 0)
    monkeypatch.setitem(settings, "CONN_HEALTH_CHECKS", False)
    monkeypatch.setitem(settings, "OPTIONS", {"pool": {"min_size": 1, "max_size": 1}})
    yield
    connection.close_pool()


@pytest.fixture
def writers():
    people = make.UserFactory.create_batch(2)
    for number, user in enumerate(people):
        with acting_as(user):
            for _ in range(number + 2):
                NotebookEntry.objects.create(author=user, body="mine")
    connection.close()
    return people


def readable() -> Counter:
    """{author: how many rows} of all that the database shows right now."""
    with connection.cursor() as cursor:
        cursor.execute(ALL)
        return Counter(author for (author,) in cursor)


def request(number, user):
    """What a person sees inside the door, and whoever comes next before opening it."""
    try:
        before = readable()
        with acting_as(user):
            seen = readable()
            if number % FAILING == 0:
                raise LookupError
    except LookupError:
        pass
    finally:
        connection.close()  # back to the pool
    return before, seen


def crossings(own: dict, users, requests) -> list:
    """Who saw what was not theirs, when `users` take turns."""
    crossed = []
    for number, user in zip(range(requests), cycle(users), strict=False):
        before, seen = request(number, user)
        if before or seen != own[user.pk]:
            crossed.append((number, user.pk, before, seen))
    return crossed


def owned(writers) -> dict:
    return {user.pk: Counter({user.pk: n + 2}) for n, user in enumerate(writers)}


def test_no_row_crosses_in_ten_thousand_requests(one_connection, writers):
    """Both wait for the connection all the time, each half of the requests."""
    own, half = owned(writers), REQUESTS // 2
    with ThreadPoolExecutor(2) as threads:
        found = threads.map(lambda user: crossings(own, [user], half), writers)
        assert list(found) == [[], []]
    pool = connection.pool.get_stats()
    assert pool["pool_max"] == 1
    assert pool["requests_num"] >= REQUESTS


def test_no_row_crosses_when_they_take_turns(one_connection, writers):
    assert crossings(owned(writers), writers, 600) == []


def test_this_would_see_a_row_cross(one_connection, writers):
    """The same pool, with the mistake that the door avoids: a user for a session."""
    user = writers[0]
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.user_id', %s, false)", [str(user.pk)])
    connection.close()
    with transaction.atomic():
        assert readable() == {user.pk: 2}
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.user_id', '', false)")
    connection.close()
