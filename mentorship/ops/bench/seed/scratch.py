"""A database of its own on the embedded server: made, migrated, used and dropped."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections

from mentorship.demo.embedded import Postgres, socket_folder

PREFIX = "bench_"  # what no other database is called


@dataclass(frozen=True)
class Database:
    """A scratch database; `is_new` until it is filled."""

    name: str
    host: str
    is_new: bool

    @property
    def url(self) -> str:
        """What DATABASE_URL is to say, as `web`."""
        return f"postgresql://web@/{self.name}?host={quote(self.host)}"


@contextlib.contextmanager
def scratch(
    name: str,
    *,
    server: Postgres | None = None,
    template: str = "",
    keep: bool = False,
) -> Iterator[Database]:
    """Run the block on a database of `server`, else of the embedded one. It is
    migrated, or a copy of `template`, and with `keep` it stays for the next time."""
    server, name = server or embedded(), PREFIX + name
    joined = server.alive()
    server.start()
    try:
        is_new = provided(server, name, template)
        place = {"name": name, "HOST": str(server.sockets)}
        if is_new and not template:
            with using(**place, USER="owner"):
                call_command("migrate", verbosity=0, interactive=False)
        with using(**place):
            yield Database(name, place["HOST"], is_new)
    finally:
        if not keep:
            with psycopg.connect(server.url(), autocommit=True) as maintenance:
                maintenance.execute(f'drop database if exists "{name}" (force)')
        if not joined:
            server.stop()


def embedded() -> Postgres:
    """The embedded server. Raises CommandError where another one is in use, on which
    nothing is to be made or dropped."""
    state = Path(settings.STATE)
    if settings.DATABASES["default"]["HOST"] != str(socket_folder(state, "pg")):
        raise CommandError("Unset DATABASE_URL: this measures on the embedded server.")
    return Postgres(state)


def provided(server: Postgres, name: str, template: str) -> bool:
    """Make the database unless it is there; returns whether it was not."""
    with psycopg.connect(server.url(), autocommit=True) as maintenance:
        known = "select 1 from pg_database where datname = %s"
        is_new = not maintenance.execute(known, [name]).fetchone()
        if is_new and template:
            maintenance.execute(f'create database "{name}" template "{template}"')
    server.provision(name)
    return is_new


@contextlib.contextmanager
def using(name: str, **settings) -> Iterator[None]:
    """Point every connection of this process at the database `name`, and back."""
    kept = {each.alias: dict(each.settings_dict) for each in connections.all()}
    try:
        for each in connections.all():
            each.close()
            each.settings_dict |= {"NAME": name, **settings}
        yield
    finally:
        for each in connections.all():
            each.close()
            each.settings_dict |= kept[each.alias]


@contextlib.contextmanager
def superuser() -> Iterator[None]:
    """Let the block's statements on the default connection be the superuser's, to whom
    row security does not apply."""
    role = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "postgres"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = role
