"""The door to confidential rows, and what a process must be to serve people."""

import os
import threading

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db import (
    IntegrityError,
    ProgrammingError,
    connection,
    connections,
    transaction,
)

from feedback.models import ReflectionWords
from mentorship.accounts import trust
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry, User, audit
from mentorship.environment import as_role, database
from tests import factories as make

ADMIN = os.environ["RECIPROCAL_TEST_ADMIN_URL"]


def reflect(thought="I felt unsure."):
    """Somebody's reflection, with words that only they may read."""
    reflection = make.ReflectionFactory()
    author = reflection.author.user
    with acting_as(author):
        words = ReflectionWords.objects.create(
            reflection=reflection, author=author, thought=thought
        )
    return author, words


def current_user_id():
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('app.user_id', true)")
        return cursor.fetchone()[0] or ""


# -------------------------------------------------------------------------- acting_as
@pytest.mark.django_db
def test_private_words_are_there_for_their_writer_only():
    author, words = reflect()
    with acting_as(author):
        assert ReflectionWords.objects.get() == words
    with acting_as(make.UserFactory()):
        assert not ReflectionWords.objects.exists()
    assert not ReflectionWords.objects.exists()


@pytest.mark.django_db(databases=["default", "publisher", "steer"])
@pytest.mark.parametrize("alias", ["default", "publisher", "steer"])
def test_a_statement_that_fails_leaves_no_words_in_the_log_of_the_server(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "select current_setting('log_min_error_statement'),"
            " current_setting('log_error_verbosity')"
        )
        assert cursor.fetchone() == ("panic", "terse")


@pytest.mark.django_db
def test_not_even_an_administrator_reads_them():
    reflect()
    with acting_as(make.UserFactory(is_superuser=True, is_staff=True)):
        assert not ReflectionWords.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("nobody", [None, AnonymousUser(), User(pk=None)])
def test_without_a_user_the_door_stays_closed(nobody):
    with pytest.raises(ValueError, match="signed-in user"), acting_as(nobody):
        pytest.fail("the block was entered")
    assert current_user_id() == ""


@pytest.mark.django_db
def test_a_nested_block_gives_the_outer_one_back():
    outer, _words = reflect("Outer.")
    inner, _words = reflect("Inner.")
    with acting_as(outer):
        with acting_as(inner):
            assert ReflectionWords.objects.get().thought == "Inner."
        assert ReflectionWords.objects.get().thought == "Outer."


@pytest.mark.django_db
def test_a_nested_block_that_fails_gives_the_outer_one_back():
    outer, _words = reflect("Outer.")
    inner, _words = reflect("Inner.")
    with acting_as(outer):
        with pytest.raises(RuntimeError), acting_as(inner):
            raise RuntimeError
        assert ReflectionWords.objects.get().thought == "Outer."


@pytest.mark.django_db
def test_a_savepoint_inside_a_block_does_not_end_it():
    author, words = reflect()
    with acting_as(author):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReflectionWords.objects.create(reflection=words.reflection, author=author)
        with transaction.atomic():
            better = ReflectionWords.objects.get()
            better.thought = "Better now."
            better.save()
        assert ReflectionWords.objects.get().thought == "Better now."


@pytest.mark.django_db
def test_a_released_savepoint_does_not_carry_the_user_out():
    author, _words = reflect()
    with transaction.atomic():
        with acting_as(author):
            assert current_user_id() == str(author.pk)
        assert current_user_id() == ""


@pytest.mark.django_db
def test_a_lazy_queryset_finds_nothing_after_the_block():
    author, _words = reflect()
    with acting_as(author):
        lazy = ReflectionWords.objects.filter(author=author)
    assert list(lazy) == []


@pytest.mark.django_db
def test_nobody_writes_in_another_name():
    author, words = reflect()
    stranger = make.UserFactory()
    with acting_as(stranger):
        rows = ReflectionWords.objects.filter(pk=words.pk)
        assert rows.update(author=stranger) == 0
        assert ReflectionWords.objects.filter(pk=words.pk).delete()[0] == 0
    with acting_as(author):
        assert ReflectionWords.objects.get().thought == "I felt unsure."


@pytest.mark.django_db(transaction=True)
def test_the_next_request_on_the_same_connection_starts_as_nobody():
    author, _words = reflect()
    backend = connection.connection.info.backend_pid
    with acting_as(author):
        assert ReflectionWords.objects.exists()
    assert connection.connection.info.backend_pid == backend
    assert current_user_id() == ""
    assert not ReflectionWords.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failed_request_leaves_no_user_behind():
    author, _words = reflect()
    with pytest.raises(RuntimeError), acting_as(author):
        raise RuntimeError
    assert current_user_id() == ""
    assert not ReflectionWords.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_see_their_own_words_only():
    people = [reflect("One.")[0], reflect("Two.")[0]]
    seen, together = {}, threading.Barrier(2)

    def request(user):
        with acting_as(user):
            together.wait(5)
            seen[user.pk] = [row.thought for row in ReflectionWords.objects.all()]
        connection.close()

    threads = [threading.Thread(target=request, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert [seen[user.pk] for user in people] == [["One."], ["Two."]]


# ------------------------------------------------------------------------------ audit
@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries.update(verb="nothing"),
        lambda entries: entries._raw_delete(entries.db),
    ],
    ids=["update", "delete"],
)
def test_history_cannot_be_changed(change):
    audit("gave role", make.UserFactory(), by=make.UserFactory())
    with pytest.raises(ProgrammingError, match="permission"), transaction.atomic():
        change(AuditEntry.objects.all())
    assert AuditEntry.objects.get().verb == "gave role"


# -------------------------------------------------------------------- refuse_to_serve
@pytest.fixture
def production(settings):
    settings.DEMO = False
    settings.DEBUG = False
    settings.SECRET_KEY = "a key of our own"
    settings.SEALING_KEYS = ["1:" + "c0" * 32]
    return settings


@pytest.mark.django_db
def test_a_careful_process_serves(production):
    assert trust.refuse_to_serve() is None


@pytest.mark.django_db
def test_a_sample_key_is_refused(production):
    production.SECRET_KEY = production.SAMPLE_SECRET_KEY
    with pytest.raises(ImproperlyConfigured, match="sample key"):
        trust.refuse_to_serve()


@pytest.mark.django_db
def test_a_sample_sealing_key_is_refused(production):
    production.SEALING_KEYS = [production.SAMPLE_SEALING_KEY]
    with pytest.raises(ImproperlyConfigured, match="SEALING_KEYS"):
        trust.refuse_to_serve()


@pytest.mark.django_db
@pytest.mark.parametrize("keys", [[], ["1:"], ["c0c0"], ["one:" + "c0" * 32]])
def test_a_process_without_a_whole_sealing_key_is_refused(production, keys):
    production.SEALING_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="SEALING_KEYS"):
        trust.refuse_to_serve()


@pytest.mark.django_db
def test_debug_is_refused(production):
    production.DEBUG = True
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        trust.refuse_to_serve()


@pytest.mark.django_db
def test_a_process_without_the_other_roles_passwords_is_refused(
    production, monkeypatch
):
    web = database("postgresql://web:secret@db/reciprocal")
    lacking = trust.roles_out_of_reach({"default": web, "steer": as_role(web, "steer")})
    assert lacking == ["STEER_DATABASE_URL"]
    monkeypatch.setattr(trust, "roles_out_of_reach", lambda databases: lacking)
    with pytest.raises(ImproperlyConfigured, match="Set STEER_DATABASE_URL"):
        trust.refuse_to_serve()


@pytest.mark.django_db
def test_the_demo_may_use_the_sample_key(production):
    production.DEMO = True
    production.SECRET_KEY = production.SAMPLE_SECRET_KEY
    assert trust.refuse_to_serve() is None


@pytest.fixture
def connected_as(monkeypatch):
    """Let trust look at a connection of another database role."""
    opened = []

    class AsDjango(dict):
        def __missing__(self, alias):
            return opened[-1]

    def connect(url):
        opened.append(psycopg.connect(url, autocommit=True))
        monkeypatch.setattr(trust, "connections", AsDjango())

    yield connect
    for one in opened:
        one.close()


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [False, True])
@pytest.mark.parametrize(
    ("url", "breach"),
    [
        (ADMIN, "superuser"),
        (os.environ["RECIPROCAL_TEST_OWNER_URL"], "owns_tables"),
    ],
    ids=["superuser", "owner"],
)
def test_a_powerful_role_is_refused_even_in_the_demo(
    production, connected_as, url, breach, demo
):
    production.DEMO = demo
    connected_as(url)
    with pytest.raises(ImproperlyConfigured, match=breach):
        trust.refuse_to_serve()


@pytest.fixture
def bypassing_role():
    """A role like `web` that row security does not hold."""
    name = f"bypassing_{os.getpid()}"
    with psycopg.connect(ADMIN, autocommit=True) as server:
        server.execute(f"create role {name} login bypassrls in role web")
        database = server.info.dbname
        server.execute(f'grant connect on database "{database}" to {name}')
        yield ADMIN.replace("postgres@", f"{name}@", 1)
        server.execute(f'revoke connect on database "{database}" from {name}')
        server.execute(f"drop role {name}")


@pytest.mark.django_db
def test_a_role_that_bypasses_row_security_is_refused(
    production, bypassing_role, connected_as
):
    connected_as(bypassing_role)
    with pytest.raises(ImproperlyConfigured, match="bypasses_rls"):
        trust.refuse_to_serve()
