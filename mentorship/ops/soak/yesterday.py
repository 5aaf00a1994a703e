"""The version before this one: its tables, its rows, and its code where the history of
this copy goes back that far."""

import io
import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg.sql import SQL, Identifier

from mentorship.demo.embedded import Postgres

COMMIT = "dd44f94"
# Where the migrations of each app of ours stood. From here on they only add.
MIGRATIONS = {
    "accounts": "0002_roles",
    "charter": "0001_initial",
    "feedback": "0002_private",
    "insights": "0002_published",
    "library": "0001_initial",
    "milestones": "0002_private",
    "outbox": "0001_initial",
    "pairing": "0002_private",
    "participants": "0002_private",
}
ROWS = Path(__file__).with_name("before.sql")
MIGRATE = """
import django; django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from mentorship.ops.soak.yesterday import MIGRATIONS
executor = MigrationExecutor(connection)
ours = list(MIGRATIONS.items())
leaves = executor.loader.graph.leaf_nodes()
apps = {app.label for app in django.apps.apps.get_app_configs()
        if app.name.startswith("mentorship.") or app.label in MIGRATIONS}
executor.migrate([*ours, *(leaf for leaf in leaves if leaf[0] not in apps)])
"""
COLUMNS = """
    select table_schema || '.' || table_name,
        array_agg(column_name::text order by ordinal_position)
    from information_schema.columns c
    where table_schema in ('public', 'published') and table_name !~ '^(django|auth)_'
    group by 1 order by 1
"""
SUM = """
    select count(*), coalesce(sum(hashtextextended(row({})::text, 0)::numeric), 0)::text
    from {}
"""


class NoHistory(Exception):
    """This copy has no history, or a short one."""


@dataclass
class Tables:
    """A filled database of yesterday's tables, and what each of them held."""

    name: str
    columns: dict[str, list[str]]
    sums: dict[str, tuple]

    @classmethod
    def made(cls, cluster: Postgres, name: str) -> "Tables":
        """Make the database as yesterday's migrations left it, fill it, and count."""
        cluster.provision(name)
        run(["-c", MIGRATE], cluster, name, role="owner")
        with psycopg.connect(cluster.url(name=name)) as database:
            database.execute("set session_replication_role = replica")
            database.execute(ROWS.read_bytes())
            columns = dict(database.execute(COLUMNS).fetchall())
            counted = sums(database, columns)
        held = {table: sum for table, sum in counted.items() if sum[0]}
        return cls(name, {table: columns[table] for table in held}, held)

    @property
    def rows(self) -> int:
        return sum(rows for rows, _checksum in self.sums.values())

    def changed(self, cluster: Postgres) -> list[str]:
        """The tables whose rows of then are not what they were, column by column."""
        with psycopg.connect(cluster.url(name=self.name)) as database:
            now = sums(database, self.columns)
        return [table for table in now if now[table] != self.sums[table]]


def sums(database: psycopg.Connection, of: dict[str, list[str]]) -> dict[str, tuple]:
    """{table: (rows, checksum)} over the given columns alone."""
    found = {}
    for table, names in of.items():
        row = SQL(", ").join(Identifier(name) for name in names)
        query = SQL(SUM).format(row, Identifier(*table.split(".")))
        found[table] = database.execute(query).fetchone() or ()
    return found


def migrate(cluster: Postgres, name: str) -> None:
    """Bring the database to the tables of this version."""
    run(["manage.py", "migrate", "-v0"], cluster, name, role="owner")


def copy(cluster: Postgres, name: str, to: str) -> None:
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        query = SQL("create database {} template {}")
        server.execute(query.format(Identifier(to), Identifier(name)))
    cluster.provision(to)


def run(
    command: list[str],
    cluster: Postgres,
    name: str,
    *,
    role: str = "web",
    code: Path = settings.BASE_DIR,
) -> str:
    """Run Python in the code of either version, on that database; what it printed.
    Raises RuntimeError with what it said when it fails."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=code,
        env=environment(cluster, name, role) | {"PYTHONPATH": str(code)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def environment(cluster: Postgres, name: str, role: str) -> dict[str, str]:
    return {
        **os.environ,
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "mentorship.settings",
        "DATABASE_URL": cluster.url(role, name),
        "PUBLISHER_DATABASE_URL": cluster.url("publisher", name),
        "STEER_DATABASE_URL": cluster.url("steer", name),
        "REDIS_URL": "unix:///nowhere/redis.sock?db=0",
        "ALLOWED_HOSTS": "testserver localhost",
        "PLAIN_STATIC": "1",
    }


def code(to: Path) -> Path:
    """Unpack yesterday's code below `to`. Raises NoHistory."""
    archive = ["git", "-C", str(settings.BASE_DIR), "archive", COMMIT]
    try:
        packed = subprocess.run(archive, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoHistory from error
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(to, filter="data")
    return to
