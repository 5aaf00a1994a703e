import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder

from mentorship.ops.views import health


@pytest.fixture(autouse=True)
def nothing_known_yet(monkeypatch):
    monkeypatch.setattr(health, "complete", set())


def test_a_process_that_answers_is_alive_without_asking_the_database(client):
    answer = client.get("/livez")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_migrated_database_makes_it_ready(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_once_ready_a_process_asks_one_thing_only(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(4):  # a savepoint, its time limit, one question
        assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_missing_migration_makes_it_unready(client, monkeypatch):
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda recorder: {})

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert b"migrations to run" in answer.content


@pytest.mark.django_db
def test_a_database_that_does_not_answer_makes_it_unready(client, monkeypatch):
    def refuse(connection):
        raise DatabaseError("gone")

    monkeypatch.setattr(health, "MigrationExecutor", refuse)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"no database\n")


def test_health_is_for_anyone_to_ask_and_for_nobody_to_post(client):
    assert client.post("/livez").status_code == 405
    assert client.post("/readyz").status_code == 405
