"""The promises are looked at in the database itself, and a breach fails the command."""

import os

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from feedback.models import Pulse
from mentorship.ops import trust
from tests.private import private_models

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)

BREACHES = {
    "a policy is dropped": (
        "drop policy the_author on feedback_pulse",
        "create policy the_author on feedback_pulse"
        " using (author_id = (select app_user()))"
        " with check (author_id = (select app_user()))",
        "feedback_pulse: no policy",
    ),
    "a policy lets everybody in": (
        "create policy all_of_us on milestones_actionwords using (true)",
        "drop policy all_of_us on milestones_actionwords",
        "milestones_actionwords: all_of_us, the_pair; row security forced",
    ),
    "force is switched off": (
        "alter table pairing_sessionwords no force row level security",
        "alter table pairing_sessionwords force row level security",
        "pairing_sessionwords: the_pair; row security NOT forced",
    ),
    "steer may read a fact": (
        "grant usage on schema public to steer; grant select on pairing_pair to steer",
        "revoke usage on schema public from steer;"
        " revoke select on pairing_pair from steer",
        "steer reads public.pairing_pair",
    ),
    "publisher may read words": (
        "grant select on feedback_reflectionwords to publisher",
        "revoke select on feedback_reflectionwords from publisher",
        "publisher reads public.feedback_reflectionwords",
    ),
    "publisher may correct what was published": (
        "grant update on published.figure to publisher",
        "revoke update on published.figure from publisher",
        "publisher may insert and select and update published.figure",
    ),
    "web may read what is published": (
        "grant select on published.period to web",
        "revoke select on published.period from web",
        "web may ['select'] with published.period",
    ),
    "web may count groups again": (
        "grant delete on pairing_inclusioncheck to web",
        "revoke delete on pairing_inclusioncheck from web",
        "web may delete and select public.pairing_inclusioncheck",
    ),
    "publisher may change a story": (
        "grant update on published.story to publisher",
        "revoke update on published.story from publisher",
        "publisher may delete and insert and select and update published.story",
    ),
    "publisher may tell a theme without counting": (
        "grant insert on published.theme to publisher",
        "revoke insert on published.theme from publisher",
        "publisher may insert and select published.theme",
    ),
    "web may forget a consent": (
        "grant delete on feedback_consent to web",
        "revoke delete on feedback_consent from web",
        "web may delete and insert and select and update public.feedback_consent",
    ),
    "web may rewrite history": (
        "grant update on accounts_auditentry to web",
        "revoke update on accounts_auditentry from web",
        "web may insert and select and update public.accounts_auditentry",
    ),
}


def as_superuser(statements):
    address = os.environ["RECIPROCAL_TEST_ADMIN_URL"]
    with psycopg.connect(address, autocommit=True) as database:
        database.execute(statements)


def test_nothing_is_wrong_and_everything_was_looked_at(capsys):
    call_command("check_trust")
    said = capsys.readouterr().out
    for words in (
        "default connects as web",
        "publisher connects as publisher",
        "steer connects as steer",
        "pairing_pilotanswer: the_author; row security forced",
        "participants_selfdeclared: the_author; row security forced",
        "pairing_sayanswer: the_author; row security forced",
        "publisher is refused public.pairing_sayanswer",
        "publisher is refused public.participants_selfdeclared",
        "web may select public.pairing_inclusioncheck",
        "steer is refused public.accounts_user",
        "steer is refused public.feedback_reflectionwords",
        "steer reads published.figure",
        "publisher is refused public.pairing_sessionwords",
        "web may do nothing with published.figure",
        "web may insert and select public.accounts_auditentry",
    ):
        assert f"ok      {words}\n" in said
    assert "BREACH" not in said


def test_every_private_table_is_looked_at(capsys):
    call_command("check_trust")
    said = capsys.readouterr().out
    for model in private_models():
        assert f"ok      {model._meta.db_table}: " in said
        assert f"publisher is refused public.{model._meta.db_table}\n" in said
        assert f"steer is refused public.{model._meta.db_table}\n" in said


def test_a_mark_that_nobody_knows_is_a_breach(monkeypatch):
    monkeypatch.setattr(Pulse, "confidential", "everybody")
    with connections["default"].cursor() as cursor:
        found = [one.words for one in trust.of_private_words(cursor) if not one.ok]
    assert found == ["feedback_pulse: the_author; row security forced"]


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_named_and_fails_the_command(breach, capsys):
    make, undo, words = BREACHES[breach]
    as_superuser(make)
    try:
        with pytest.raises(CommandError, match="Breaches found: 1"):
            call_command("check_trust")
    finally:
        as_superuser(undo)
    assert f"BREACH  {words}" in capsys.readouterr().out


def test_steer_is_refused_every_table_outside_published():
    with connections["default"].cursor() as cursor:
        known = trust.tables(cursor)
    readable = {table for table in known if trust.can_read("steer", table)}
    assert len(known) > 40
    assert readable == {
        "published.figure",
        "published.period",
        "published.story",
        "published.theme",
    }


def test_a_connection_with_another_role_than_promised_is_a_breach():
    assert trust.of_role("steer", "steer").ok
    assert not trust.of_role("publisher", "steer").ok


@pytest.mark.parametrize("role", ["owner", "web", "publisher", "postgres"])
def test_steer_cannot_become_somebody_else(role):
    with (
        pytest.raises(Exception, match="permission denied"),
        connections["steer"].cursor() as cursor,
    ):
        cursor.execute(f"set role {role}")
