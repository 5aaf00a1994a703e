"""The version before this one: its tables, its rows, and its code where the history of
this copy goes back that far."""

import gzip
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
# What pg_dump said of a site of that version: a program with staff, pairs in every
# state and a row in every private table, sealed with the sample key. Nobody is real.
DUMP = Path(__file__).with_name("before.sql.gz")
# As many sessions, mails and published figures as make a difference.
MORE = """
insert into public.pairing_session
select (jsonb_populate_record(s, jsonb_build_object(
    'id', gen_random_uuid(), 'form_id', gen_random_uuid()))).*
from public.pairing_session s, generate_series(1, 5000)
where s.state = 'held' and s.logged_at is not null;
insert into public.outbox_notice
select (jsonb_populate_record(n, jsonb_build_object(
    'id', gen_random_uuid(), 'key', 'before:' || i))).*
from public.outbox_notice n, generate_series(1, 2000) i
where n.id = (select id from public.outbox_notice order by id limit 1);
insert into published.period
select gen_random_uuid(), id, '2026-07-01', '2026-09-30', 1, 5, '2026-10-01'
from public.charter_program;
insert into published.figure
select gen_random_uuid(), p.id, metric, 'all', '', n, 5, 9, low, low + 0.2, 1
from published.period p, unnest(
    '{met,kept_rhythm,reached_something,reached_all_due,reflected,both_reflected,
      sessions_per_pair,had_a_say}'::text[], '{.4,.4,.4,.4,.4,.4,2,3}'::float8[])
    with ordinality as figures (metric, low, n);
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
        """Make the database as that version left it, with more rows, and count them."""
        cluster.provision(name)
        with psycopg.connect(cluster.url(name=name)) as database:
            database.execute(gzip.decompress(DUMP.read_bytes()))
            database.execute("reset all")
            database.execute(MORE)
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
