"""Since the version before, migrations only add; the lint that says so can fail."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.additive import breaches, later_than_the_baseline, split, statements_of


@pytest.mark.django_db(transaction=True)  # some migrations refuse to be in one
def test_every_migration_since_the_baseline_only_adds():
    loader, new = MigrationLoader(connection), set()
    later = later_than_the_baseline(loader)

    found = {
        str(migration): list(breaches(statements_of(loader, migration), new))
        for migration in later
    }

    assert later
    assert {name: broken for name, broken in found.items() if broken} == {}


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DROP TABLE charter_cohort CASCADE", "drops a table"),
        ('ALTER TABLE "charter_cohort" DROP COLUMN "name" CASCADE', "drops a table or"),
        ('ALTER TABLE "charter_cohort" RENAME COLUMN "name" TO "x"', "renames"),
        ('ALTER TABLE "charter_cohort" RENAME TO "groups"', "renames"),
        (
            'ALTER TABLE "charter_cohort" ADD COLUMN "x" integer NOT NULL',
            "demands a col",
        ),
        ('ALTER TABLE "charter_cohort" ALTER COLUMN "x" DROP DEFAULT', "takes the def"),
        ('ALTER TABLE "charter_cohort" ALTER COLUMN "x" SET NOT NULL', "rows so far"),
        ('ALTER TABLE "charter_cohort" ALTER COLUMN "x" TYPE bigint', "changes a type"),
        (
            'ALTER TABLE charter_cohort ADD COLUMN "x" uuid DEFAULT gen_random_uuid()',
            "works a default out",
        ),
        (
            'ALTER TABLE "pairing_session" ADD CONSTRAINT "c" CHECK (minutes > 0)',
            "add it NOT VALID",
        ),
        (
            'ALTER TABLE "pairing_session" ADD CONSTRAINT "c" FOREIGN KEY ("x")\n'
            'REFERENCES "pairing_pair" ("id") DEFERRABLE INITIALLY DEFERRED',
            "add it NOT VALID",
        ),
        (
            'ALTER TABLE "pairing_session" ADD CONSTRAINT "c" UNIQUE ("form_id")',
            "make it first, CONCURRENTLY",
        ),
        ('CREATE INDEX "i" ON "pairing_session" ("minutes")', "make it CONCURRENTLY"),
    ],
)
def test_what_would_hurt_the_version_before_is_named(sql, words):
    [found] = breaches([sql + ";"], new=set())

    assert words in found


@pytest.mark.parametrize(
    "sql",
    [
        'ALTER TABLE "charter_cohort" ADD COLUMN "x" integer NULL',
        'ALTER TABLE "charter_cohort" ADD COLUMN "x" text DEFAULT \'\' NOT NULL',
        'ALTER TABLE charter_cohort ADD COLUMN "x" timestamptz DEFAULT now() NOT NULL',
        'ALTER TABLE "outbox_notice" ALTER COLUMN "recipient_id" DROP NOT NULL',
        'ALTER TABLE pairing_session ADD CONSTRAINT "c" CHECK (minutes > 0) NOT VALID',
        'ALTER TABLE "pairing_session" VALIDATE CONSTRAINT "c"',
        'CREATE INDEX CONCURRENTLY "i" ON "pairing_session" ("minutes")',
        'CREATE INDEX "i" ON "charter_cohort" ("name")',
        'ALTER TABLE "charter_rhythm" ALTER COLUMN "kind" TYPE varchar(20)',
        'DROP INDEX "i"',
    ],
)
def test_what_only_adds_passes(sql):
    assert list(breaches([sql + ";"], new=set())) == []


def test_a_table_of_this_version_may_be_shaped_freely():
    made = 'CREATE TABLE "outbox_chatroom" ("id" uuid NOT NULL PRIMARY KEY);'
    shaped = 'ALTER TABLE "outbox_chatroom" ADD COLUMN "x" integer NOT NULL;'

    assert list(breaches([made, shaped], new=set())) == []
    assert len(list(breaches([shaped], new=set()))) == 1


def test_a_new_column_may_refer_at_once():
    column = "ALTER TABLE pairing_session ADD COLUMN room_id uuid NULL;"
    refers = (
        "ALTER TABLE pairing_session ADD CONSTRAINT c FOREIGN KEY (room_id)"
        " REFERENCES outbox_chatroom (id);"
    )

    assert list(breaches([column, refers], new=set())) == []
    assert len(list(breaches([refers], new=set()))) == 1


def test_a_function_with_semicolons_is_one_statement():
    body = "create function f() returns void as $$\nbegin\n  x := 1;\nend $$;"

    assert split(["BEGIN;", body, "COMMIT;"]) == ["BEGIN;\n", body + "\n", "COMMIT;\n"]
