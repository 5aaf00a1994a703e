"""Whether the database keeps what we promise: roles, policies, grants.

Nothing here trusts the migrations: it asks the database what it has, and where a
refusal is promised it tries. `findings` says it all in sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, transaction
from django.db.utils import ProgrammingError

from mentorship.accounts.trust import breaches_of_role, role_of

ROLES = {"default": "web", "publisher": "publisher", "steer": "steer"}
# What the conditions of policies must ask, one of these each, by the model's mark.
MARKS = {
    "author": ["app_user()"],
    "pair": ["my_pairs()"],
    "concern": ["my_concerns()"],
    "story": ["my_stories()"],
    "facilitators": ["app_user()", "my_facilitated_programs()"],
}
AUDIT = "public.accounts_auditentry"
INCLUSION = "public.pairing_inclusioncheck"
CONSENT = "public.feedback_consent"
# Stories are taken down again; figures stay as they are; themes come in through a
# function that counts the pairs behind them.
PUBLISHING = {
    "published.story": {"select", "insert", "delete"},
    "published.theme": {"select"},
}
REFUSED = "42501"

TABLES = """
    select c.oid, format('%I.%I', n.nspname, c.relname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and n.nspname !~ '^(pg_|information_schema$)' order by 2
"""
RIGHTS = """
    select has_any_column_privilege(%s, 'select'),
           has_any_column_privilege(%s, 'insert'),
           has_any_column_privilege(%s, 'update'),
           has_table_privilege(%s, 'delete'), has_table_privilege(%s, 'truncate')
"""
SECURITY = """
    select relrowsecurity and relforcerowsecurity from pg_class
    where oid = %s::regclass
"""
POLICIES = """
    select policyname, coalesce(qual, ''), coalesce(with_check, '')
    from pg_policies where schemaname = 'public' and tablename = %s
    and roles && array['public', 'web', 'publisher', 'steer']::name[] order by 1
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; a breach when it is not ok."""

    words: str
    ok: bool


def findings() -> Iterator[Finding]:
    """Everything that is promised, looked at one by one."""
    for alias, name in ROLES.items():
        yield of_role(alias, name)
    with connections["default"].cursor() as cursor:
        yield from of_private_words(cursor)
        known = tables(cursor)
    yield from of_steer(known)
    yield from of_publisher(known)
    yield from of_web(known)


def of_role(alias: str, name: str) -> Finding:
    """The role of a connection is the one it should be, and careful."""
    found = role_of(alias)
    careless = breaches_of_role(alias)
    words = f"{alias} connects as {found['name']}"
    return Finding(
        ", ".join([words, *careless]), found["name"] == name and not careless
    )


def of_private_words(cursor) -> Iterator[Finding]:
    """Every table marked confidential is forced to ask who reads and who writes."""
    for model in apps.get_models():
        if not hasattr(model, "confidential"):
            continue
        # A mark that nobody knows has no policy that could keep it.
        marks = MARKS.get(model.confidential, [])
        table = model._meta.db_table
        cursor.execute(SECURITY, [table])
        (forced,) = cursor.fetchone()
        cursor.execute(POLICIES, [table])
        policies = cursor.fetchall()
        asks = [
            any(mark in using and (not check or mark in check) for mark in marks)
            for _name, using, check in policies
        ]
        names = ", ".join(name for name, *_ in policies) or "no policy"
        yield Finding(
            f"{table}: {names}; row security {'forced' if forced else 'NOT forced'}",
            forced and bool(asks) and all(asks),
        )


def of_steer(known: dict[str, int]) -> Iterator[Finding]:
    """`steer` reads the published schema, changes nothing, and sees nothing else."""
    for table, oid in known.items():
        published = table.startswith("published.")
        reads = can_read("steer", table)
        allowed = rights("steer", oid) - {"select"}
        words = f"steer {'reads' if reads else 'is refused'} {table}"
        yield Finding(words, reads == published and not allowed)


def of_publisher(known: dict[str, int]) -> Iterator[Finding]:
    """`publisher` reads no private words and adds to the published schema only."""
    private = {
        f"public.{model._meta.db_table}"
        for model in apps.get_models()
        if hasattr(model, "confidential")
    }
    for table in sorted(private & known.keys()):
        refused = not can_read("publisher", table)
        yield Finding(
            f"publisher {'is refused' if refused else 'reads'} {table}", refused
        )
    for table, oid in known.items():
        if table.startswith("published."):
            may = rights("publisher", oid)
            yield Finding(
                f"publisher may {' and '.join(sorted(may))} {table}",
                may == PUBLISHING.get(table, {"select", "insert"}),
            )


def of_web(known: dict[str, int]) -> Iterator[Finding]:
    """`web` cannot see what is published, nor change what was recorded."""
    for table, oid in known.items():
        if table.startswith("published."):
            may = rights("default", oid)
            yield Finding(
                f"web may {sorted(may) or 'do nothing'} with {table}", not may
            )
    for table, allowed in (
        (AUDIT, {"select", "insert"}),
        (INCLUSION, {"select"}),
        # In one column: that a consent is taken back.
        (CONSENT, {"select", "insert", "update"}),
    ):
        may = rights("default", known[table])
        yield Finding(f"web may {' and '.join(sorted(may))} {table}", may == allowed)


def tables(cursor) -> dict[str, int]:
    """{quoted name: oid} of every table and view of ours."""
    cursor.execute(TABLES)
    return {name: oid for oid, name in cursor.fetchall()}


def can_read(alias: str, table: str) -> bool:
    """Whether the grants let the role of `alias` read a table; really tried."""
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(f"select from {table} limit 1")
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != REFUSED:
            raise
        return False
    return True


def rights(alias: str, oid: int) -> set[str]:
    """What the role of `alias` may do with a table, at least in one column."""
    names = ["select", "insert", "update", "delete", "truncate"]
    with connections[alias].cursor() as cursor:
        cursor.execute(RIGHTS, [oid] * len(names))
        granted = cursor.fetchone()
    return {name for name, may in zip(names, granted, strict=True) if may}
