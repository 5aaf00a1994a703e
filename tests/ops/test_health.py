"""For watchers: alive without a database, ready only with all of it."""

import pytest
from django.db import DatabaseError

from mentorship.ops.views import health


def test_the_process_lives_without_asking_the_database(client):
    answer = client.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_migrated_database_is_ready(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_migration_to_run_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "unapplied", lambda: 2)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"2 migrations to run\n")


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready(client, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(health, "unapplied", away)
    assert client.get("/readyz").status_code == 503
