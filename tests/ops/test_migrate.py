"""Our migrate waits briefly for a table in use, and tries again a few times."""

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as of_django
from django.db import OperationalError, connection

from mentorship.ops.management.commands import migrate

IN_USE = OperationalError("canceling statement due to lock timeout")
pytestmark = pytest.mark.django_db


@pytest.fixture
def tries(monkeypatch):
    """What Django's own command meets, try by try, and how patient it was each time."""
    met, seen = [], []

    def handle(command, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("show lock_timeout")
            seen.append(cursor.fetchone()[0])
        error = met.pop(0)
        if error:
            raise error

    monkeypatch.setattr(migrate, "PAUSE", 0)
    monkeypatch.setattr(of_django.Command, "handle", handle)
    return met, seen


def test_a_table_in_use_is_tried_again(tries, capsys):
    met, seen = tries
    met += [IN_USE, IN_USE, None]

    call_command("migrate")

    assert seen == ["1s"] * 3
    assert capsys.readouterr().err.count("A table is in use") == 2


def test_it_gives_up_after_ten_tries_and_says_so(tries):
    met, seen = tries
    met += [IN_USE] * 10

    with pytest.raises(CommandError, match="through 10 tries"):
        call_command("migrate")
    assert len(seen) == 10


def test_any_other_error_is_raised_at_once(tries):
    met, seen = tries
    met.append(OperationalError("the connection is lost"))

    with pytest.raises(OperationalError, match="lost"):
        call_command("migrate")
    assert len(seen) == 1


def test_afterwards_the_connection_is_patient_again(tries):
    met, _seen = tries
    met.append(None)

    call_command("migrate")

    with connection.cursor() as cursor:
        cursor.execute("show lock_timeout")
        assert cursor.fetchone() == ("0",)
