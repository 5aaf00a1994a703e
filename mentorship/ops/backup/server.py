"""Postgres and its own programs, as the superuser who sees every row."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from mentorship.demo import embedded

# What libpq's programs read; a password on a command line would be seen by everybody.
KNOBS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}
SEES_ALL = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
# So that a row reads the same on every server and in every session.
PLAIN = """
    set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres';
    set extra_float_digits = 1; set bytea_output = 'hex'
"""


class BackupFailed(Exception):
    """Nothing was changed; the message says what to do."""


def connect(url: str, **options) -> psycopg.Connection:
    """A connection that sees every row. Raises BackupFailed for any other role."""
    try:
        database = psycopg.connect(url, **options)
    except psycopg.OperationalError as error:
        raise BackupFailed(f"The database does not answer: {error}") from error
    database.execute(PLAIN)
    sees_all = database.execute(SEES_ALL).fetchone()
    if not (sees_all and sees_all[0]):
        database.close()
        raise BackupFailed(
            "Row security would leave out the private words. Set BACKUP_DATABASE_URL "
            "to the superuser's address."
        )
    return database


def named(url: str, name: str) -> str:
    """The same server and role, another database."""
    return make_conninfo(url, dbname=name)


def name_of(url: str) -> str:
    return str(conninfo_to_dict(url)["dbname"])


def version_of(database: psycopg.Connection) -> int:
    """The major version of the server."""
    return database.info.server_version // 10_000


def run(program: str, url: str, *arguments: str) -> None:
    """Run pg_dump or pg_restore. Raises BackupFailed with what it said."""
    told = conninfo_to_dict(url)
    environment = {KNOBS[k]: str(v) for k, v in told.items() if k in KNOBS}
    done = subprocess.run(
        [str(found(program)), "--no-password", *arguments],
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupFailed(f"{program} failed:\n{done.stderr[-1500:]}")


def found(program: str) -> Path:
    """The program beside the embedded server, else on the PATH."""
    try:
        beside = embedded.postgres_binaries() / program
    except embedded.ServerFailed:
        beside = Path("/nowhere")
    on_path = shutil.which(program)
    if beside.exists():
        return beside
    if on_path:
        return Path(on_path)
    raise BackupFailed(
        f"{program} was not found. Install the client programs of PostgreSQL, of the "
        "server's version or newer."
    )
