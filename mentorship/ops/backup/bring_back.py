"""Bringing a backup back: into a database of its own, compared there, then in place."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage
from django.db.migrations.loader import MigrationLoader
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from mentorship.demo.embedded import ROLES

from . import manifest, server
from .manifest import DUMP, FILES, Manifest
from .sealed import opens_a_word
from .server import BackupFailed

CREATE = """
    create database {} template template0 encoding 'UTF8' locale 'C'
    locale_provider builtin builtin_locale 'C.UTF-8'
"""
IN_USE = "select exists (select from pg_tables where schemaname = 'public')"
HOLD = """
    insert into outbox_gate (id, held_since, held_because)
    values (1, now(), 'restored from a backup')
    on conflict (id) do update set
        held_since = excluded.held_since, held_because = excluded.held_because
"""
SERVING = ("default", "publisher", "steer")


@dataclass
class Restored:
    """What was seen on the way: figures, and in words whatever was not as before."""

    manifest: Manifest
    seconds: dict[str, float] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    sealed: str = ""

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = perf_counter()
        yield
        self.seconds[step] = round(perf_counter() - began, 2)


def verify(folder: Path, url: str) -> Restored:
    """Restore into a scratch database on the server of `url`, compare, drop it."""
    found = Restored(read(folder))
    with scratch(url, found) as there:
        restore_into(folder, there, found)
        compare(folder, there, found)
    return found


def restore(folder: Path, url: str, storage: Storage) -> Restored:
    """Make the empty or missing database of `url` what the backup was, put its files
    into `storage` and hold all mail. Until everything was compared, the database has
    another name. Raises BackupFailed, and then nothing is in place."""
    found = Restored(read(folder))
    refuse_a_database_in_use(url)
    with scratch(url, found) as there:
        restore_into(folder, there, found)
        compare(folder, there, found)
        if found.differences:
            raise BackupFailed("Not as it was:\n" + "\n".join(found.differences))
        with found.timed("files"):
            put_files_back(folder, found.manifest, storage)
        hold_mail(there)
        take_place(url, there)
    return found


def read(folder: Path) -> Manifest:
    """The manifest, if this version of the code can work with that backup."""
    try:
        kept = Manifest.read(folder)
    except (OSError, ValueError, TypeError) as error:
        raise BackupFailed(f"{folder} is no whole backup.") from error
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if strange := set(kept.migrations) ^ ours:
        raise BackupFailed(
            f"This backup was made by version {kept.version} with other tables "
            f"({', '.join(sorted(strange)[:3])}). Restore it with the code that made "
            "it, then upgrade."
        )
    return kept


def refuse_a_database_in_use(url: str) -> None:
    with maintenance(url) as postgres:
        known = "select 1 from pg_database where datname = %s"
        if not postgres.execute(known, [server.name_of(url)]).fetchone():
            return
    with server.connect(url) as database:
        if database.execute(IN_USE).fetchone() == (True,):
            raise BackupFailed(
                f"The database {server.name_of(url)} is not empty. Restore into an "
                "empty one, or name another in BACKUP_DATABASE_URL."
            )


@contextmanager
def scratch(url: str, found: Restored) -> Iterator[str]:
    """The address of a new database on the same server, dropped unless it was renamed
    meanwhile. Raises BackupFailed on a server of another major version."""
    name = f"{server.name_of(url)}_restoring_{os.getpid()}"
    with maintenance(url) as postgres:
        have = server.version_of(postgres)
        if have != found.manifest.postgres:
            raise BackupFailed(
                f"The backup comes from PostgreSQL {found.manifest.postgres}, here is "
                f"{have}. Restore it on the same version, then upgrade Postgres."
            )
        postgres.execute(SQL(CREATE).format(Identifier(name)))
    try:
        yield server.named(url, name)
    finally:
        with maintenance(url) as postgres:
            drop(postgres, name)


def restore_into(folder: Path, url: str, found: Restored) -> None:
    with found.timed("restore"):
        with server.connect(url, autocommit=True) as database:
            database.execute(ROLES.read_text())
        options = ("--exit-on-error", "--jobs=2", f"--dbname={server.name_of(url)}")
        server.run("pg_restore", url, *options, str(folder / DUMP))


def compare(folder: Path, url: str, found: Restored) -> None:
    """Counts, checksums, files, a sealed word, and the roles as they should be."""
    with found.timed("compare"), server.connect(url) as database:
        database.execute("analyze")
        found.differences += differing(found.manifest.tables, manifest.sums(database))
        found.differences += damaged(folder, found.manifest)
        found.sealed, broken = opens_a_word(database)
        found.differences += broken
    with found.timed("check"):
        for command in (["check"], ["check_trust"]):
            found.differences += complaints(command, server.name_of(url), url)


def differing(before: dict[str, list], after: dict[str, list]) -> list[str]:
    return [
        f"{table}: {before.get(table, 'absent')} became {after.get(table, 'absent')}"
        for table in sorted(before.keys() | after.keys())
        if before.get(table) != after.get(table)
    ]


def damaged(folder: Path, kept: Manifest) -> list[str]:
    return [
        f"file {name} is missing or damaged"
        for name, checksum in kept.files.items()
        if not (folder / FILES / name).is_file()
        or manifest.checksum(folder / FILES / name) != checksum
    ]


def complaints(command: list[str], name: str, url: str) -> list[str]:
    """What a management command says against the restored database, if it fails. It
    connects as the site would, never as the superuser."""
    done = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *command],
        env={**os.environ, **addresses(name, url)},
        capture_output=True,
        text=True,
        check=False,
    )
    return [f"{command[0]}: {done.stderr[-500:]}"] if done.returncode else []


def addresses(name: str, url: str) -> dict[str, str]:
    """The addresses of the serving roles in the database `name`, on the server of
    `url`: their passwords are the site's, and host and port those of the server."""
    found = {}
    for alias in SERVING:
        kept = settings.DATABASES[alias]
        told = conninfo_to_dict(url)
        word = "" if alias == "default" else f"{alias.upper()}_"
        user, password = kept["USER"], kept["PASSWORD"]
        found[f"{word}DATABASE_URL"] = address(told, user, password, name)
    return found


def address(told: dict, user: str, password: str, name: str) -> str:
    secret = f":{quote(password, safe='')}" if password else ""
    rest = {
        key: str(value)
        for key, value in told.items()
        if key not in {"user", "password", "dbname"}
    }
    return f"postgresql://{quote(user)}{secret}@/{quote(name)}?{urlencode(rest)}"


def put_files_back(folder: Path, kept: Manifest, storage: Storage) -> None:
    """Raises BackupFailed when the storage holds something else under a name."""
    for name, checksum in kept.files.items():
        if storage.exists(name):
            with storage.open(name) as stored:
                same = manifest.checksum_of(stored) == checksum
        else:
            with open(folder / FILES / name, "rb") as content:
                same = storage.save(name, File(content)) == name
        if not same:
            raise BackupFailed(f"The storage keeps another file as {name}.")


def hold_mail(url: str) -> None:
    """No mail goes out until an administrator has looked at what would."""
    with server.connect(url) as database:
        database.execute(HOLD)


def take_place(url: str, there: str) -> None:
    """Give the restored database the name of the empty one."""
    name = server.name_of(url)
    with maintenance(url) as postgres:
        drop(postgres, name)
        rename = SQL("alter database {} rename to {}")
        old, new = Identifier(server.name_of(there)), Identifier(name)
        postgres.execute(rename.format(old, new))


def drop(postgres: psycopg.Connection, name: str) -> None:
    query = SQL("drop database if exists {} with (force)")
    postgres.execute(query.format(Identifier(name)))


def maintenance(url: str) -> psycopg.Connection:
    return server.connect(server.named(url, "postgres"), autocommit=True)
