"""This run's database: cloned from a migrated template, emptied between tests.

The template is named by a hash of everything that shapes it, so migrating happens once
per change. `owner` migrates, tests run as `web`; only the cloning, emptying and putting
back of rows is done by the superuser.
"""

import hashlib
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from mentorship.demo import embedded
from mentorship.library.packing import PACK
from tests.embedded_plugin import STATE

NAME = os.environ["RECIPROCAL_TEST_DATABASE"]
SERVER = embedded.Postgres(STATE, durable=False)
OUR_TURN = "select pg_advisory_lock(7165637)"

TABLES = """
    select format('%I.%I', schemaname, tablename) from pg_tables
    where schemaname in ('public', 'published') and tablename <> 'django_migrations'
    order by 1
"""


def create() -> None:
    """Clone this run's database from the template, which is made if it is missing."""
    template = template_name()
    with psycopg.connect(SERVER.url(), autocommit=True) as server:
        server.execute(OUR_TURN)
        drop_abandoned(server)
        if not exists(server, template):
            make_template(server, template)
        server.execute(f'create database "{NAME}" template "{template}" owner owner')
        server.execute(f'revoke all on database "{NAME}" from public')
        server.execute(f'grant connect on database "{NAME}" to web, publisher, steer')


def drop() -> None:
    connections.close_all()
    with psycopg.connect(SERVER.url(), autocommit=True) as server:
        server.execute(f'drop database if exists "{NAME}" with (force)')


def exists(server: psycopg.Connection, name: str) -> bool:
    asked = server.execute("select 1 from pg_database where datname = %s", [name])
    return asked.fetchone() is not None


def template_name() -> str:
    """Changes with every migration of every app, with what migrating brings along, with
    the roles and with Django."""
    shape = hashlib.sha256(django.get_version().encode())
    shape.update(embedded.ROLES.read_bytes())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted(Path(app.path, "migrations").glob("*")):
            if file.is_file():
                shape.update(f"{app.label}/{file.name}".encode() + file.read_bytes())
    for file in sorted(PACK.glob("*/*.md")):
        shape.update(file.name.encode() + file.read_bytes())
    return f"template_{shape.hexdigest()[:16]}"


def make_template(server: psycopg.Connection, template: str) -> None:
    """Migrate under another name, then rename: a killed run leaves no half template."""
    for old in databases(server, "template\\_%"):
        server.execute(f'drop database "{old}" with (force)')
    SERVER.provision("template_unfinished")
    migrate("template_unfinished")
    server.execute(f'alter database template_unfinished rename to "{template}"')


def migrate(name: str) -> None:
    """Run the migrations of `name` as `owner`, then give the connection back to web."""
    ours = connection.settings_dict
    connection.close()
    kept = {key: ours[key] for key in ("NAME", "USER")}
    ours |= {"NAME": name, "USER": "owner"}
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        ours |= kept


def drop_abandoned(server: psycopg.Connection) -> None:
    """Drop the databases of runs that were killed before they could do it."""
    for name in databases(server, "test\\_%"):
        if not embedded.exists(int(name.split("_")[1])):
            server.execute(f'drop database "{name}" with (force)')


def databases(server: psycopg.Connection, pattern: str) -> list[str]:
    found = server.execute(
        "select datname from pg_database where datname like %s", [pattern]
    )
    return [name for (name,) in found]


NUMBERS = """
    select format('%I.%I', schemaname, sequencename), last_value from pg_sequences
    where schemaname in ('public', 'published') and last_value is not null
"""


class Contents:
    """What the migrations put into the tables, to be put back after a test.

    A test in a real transaction cannot be rolled back, and `web` may not truncate.
    """

    def __init__(self) -> None:
        with self.superuser() as database:
            self.tables = [name for (name,) in database.execute(TABLES)]
            self.rows = {name: copied(database, name) for name in self.tables}

    def restore(self) -> None:
        """Empty every table and put back what the migrations left there."""
        with self.superuser() as database:
            # Neither triggers nor foreign keys: the rows fit together as a whole.
            database.execute("set local session_replication_role = replica")
            database.execute("set local lock_timeout = '10s'")
            database.execute("; ".join(f"delete from {name}" for name in self.tables))
            for name, rows in self.rows.items():
                if rows:
                    with database.cursor().copy(f"copy {name} from stdin") as copy:
                        copy.write(rows)

    def superuser(self) -> psycopg.Connection:
        return psycopg.connect(SERVER.url(name=NAME))


@dataclass
class Told:
    """A story that took long to tell: its rows, numbers and files, to be told again in
    the database of another worker."""

    contents: Contents
    numbers: list[tuple[str, int]]
    files: dict[str, bytes]

    @classmethod
    def now(cls) -> "Told":
        contents = Contents()
        with contents.superuser() as database:
            numbers = database.execute(NUMBERS).fetchall()
        found = [file for file in files_folder().rglob("*") if file.is_file()]
        kept = {str(f.relative_to(files_folder())): f.read_bytes() for f in found}
        return cls(contents, numbers, kept)

    def again(self) -> None:
        self.contents.restore()
        with self.contents.superuser() as database:
            for name, last in self.numbers:
                database.execute(
                    f"select setval('{name}', greatest(last_value, %s)) from {name}",
                    [last],
                )
        for name, content in self.files.items():
            file = files_folder() / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def files_folder() -> Path:
    return Path(settings.STORAGES["private"]["OPTIONS"]["location"])


def tell_once(kept: Path, tell: Callable[[], object]) -> None:
    """Let `tell` fill the database, unless a worker of this run has `kept` what it
    told. The others wait for the first."""
    connections.close_all()
    with embedded.locked(kept.with_suffix(".lock")):
        if kept.exists():
            pickle.loads(kept.read_bytes()).again()
        else:
            tell()
            kept.write_bytes(pickle.dumps(Told.now()))


def copied(database: psycopg.Connection, table: str) -> bytes:
    with database.cursor().copy(f"copy {table} to stdout") as copy:
        return b"".join(bytes(chunk) for chunk in copy)
