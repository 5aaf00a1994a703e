"""Deploys, migrations under load, the upgrade from before, and a restore."""

import json
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
from django.db import connection
from django.utils import timezone

from mentorship.demo.embedded import Postgres
from mentorship.demo.processes import free_port

from ..backup.rehearse import rehearse
from ..backup.take import take
from . import yesterday
from .client import Answer, Client, log_address, log_form
from .crowd import Busy, patience, slowest_of_95
from .faults import Finding, fault, unmet
from .ground import EMPTY, Child, Ground, eventually, ground
from .people import pairs
from .proxy import Proxy

PEOPLE = 20
SMOKE = Path(__file__).with_name("smoke.py")
NO_HISTORY = f"not tried: the history of this copy lacks {yesterday.COMMIT}"
WELL = {
    **{"sign in": 302, "home": 200, "pair": 200, "log": 302, "logged": 1},
    **{"sign in as coordinator": 302, "programs": 200, "cohort": 200, "people": 200},
    **{"mail": 200, "sign in as steering": 302, "report": 200},
}


def crowd(port: int) -> list[Callable[[], Answer]]:
    """Half of the people read, the other half log sessions."""
    acts = []
    for number, pair in enumerate(pairs()[:PEOPLE]):
        client = Client(port, pair.mentee.user)
        acts.append(writing(client, pair) if number % 2 else reading(client))
    connection.close()
    return acts


def reading(client: Client) -> Callable[[], Answer]:
    return lambda: client.get("/settings/mail/")


def writing(client: Client, pair) -> Callable[[], Answer]:
    address, day = log_address(pair), timezone.now().date()
    return lambda: client.post(address, log_form(day, same="no"))


@fault(
    "F18",
    "a deploy under 20 people: new processes beside the old, switch, TERM the old",
    demand="no request fails; none takes 3 s",
)
def deploys(*, seed: int, short: bool) -> Finding:
    times = 2 if short else 10
    with ground(short) as site, closing(Proxy(site.port)) as proxy:
        old = site.web(workers=2)
        with Busy(crowd(proxy.port), pause=0.5) as busy:
            time.sleep(1)
            for _ in range(times):
                old = deploy(site, proxy, old)
            time.sleep(1)
    failed = [answer for answer in busy.answers if not answer.ok]
    slowest = max(answer.seconds for answer in busy.answers)
    longest = patience(short)
    return Finding(
        {
            "deploys": times,
            "requests": len(busy.answers),
            "failed": len(failed),
            "95 of 100 under, s": round(slowest_of_95(busy.answers), 2),
            "slowest, s": round(slowest, 2),
        },
        unmet(
            {
                "people were served": len(busy.answers) > PEOPLE * times,
                "no request fails": not failed,
                f"none takes {longest} s": slowest < longest,
            }
        ),
    )


def deploy(site: Ground, proxy: Proxy, old: Child) -> Child:
    """As docs/deploy.md says: the old ones end once nobody waits for their answer."""
    new = site.web(port=free_port(18000), workers=2)
    port = int(new.command[3].rpartition(":")[2])
    before = proxy.turn(port)
    eventually(lambda: proxy.open[before] == 0, 20, "the last answer of the old")
    old.terminate()
    return new


LATE_SETTINGS = """
from mentorship.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, "late"]
"""
LATE_COLUMN = """
    select count(*) from information_schema.columns
    where table_name = 'pairing_session' and column_name = 'late'
"""
LATE_MIGRATION = """
from django.db import migrations
class Migration(migrations.Migration):
    operations = [migrations.RunSQL("alter table pairing_session add column late int")]
"""


@fault(
    "F19",
    "a migration while somebody reads the same table for 10 s",
    demand="gives up within 2.5 s each time, then succeeds; 95 of 100 pages under 3 s",
)
def waits(*, seed: int, short: bool) -> Finding:
    held, patient = 3 if short else 10, patience(short)
    with ground(short) as site:
        a_late_migration(site.folder)
        site.web()
        with Busy(crowd(site.port), pause=0.5) as busy, Longest(site) as longest:
            child = migrate_behind_a_reader(site, longest, held)
            code = child.process.wait(60)
        tries = child.said().count("A table is in use")
        there = site.ask(LATE_COLUMN)
    slow = slowest_of_95(busy.answers)
    failed = sum(not answer.ok for answer in busy.answers)
    return Finding(
        {
            "reader held it, s": held,
            "gave up": tries,
            "longest wait of one try, s": round(longest.seconds, 2),
            **{"requests": len(busy.answers), "failed": failed},
            "95 of 100 under, s": round(slow, 2),
        },
        unmet(
            {
                "it gave up and tried again": tries > 0,
                "each try within 2.5 s": longest.seconds <= 2.5,
                "then it succeeds": code == 0 and there == 1,
                "no request fails": failed == 0,
                f"95 of 100 pages under {patient} s": slow < patient,
            }
        ),
    )


def migrate_behind_a_reader(site: Ground, longest: "Longest", held: int) -> Child:
    """Start the migration while somebody reads its table for `held` seconds more."""
    with psycopg.connect(site.url("postgres")) as reader:
        reader.execute("select count(*) from pairing_session")
        child = site.spawn(
            "migrate",
            *("manage.py", "migrate", "late"),
            DATABASE_URL=site.url("owner"),
            DJANGO_SETTINGS_MODULE="late_settings",
            PYTHONPATH=str(site.folder),
        )
        eventually(lambda: longest.seconds > 0, 60, "the migration")
        time.sleep(held)
    return child


def a_late_migration(folder: Path) -> None:
    """An app whose one migration changes a table that everybody uses."""
    app = folder / "late" / "migrations"
    app.mkdir(parents=True)
    (app.parent / "__init__.py").touch()
    (app / "__init__.py").touch()
    (app / "0001_late.py").write_text(LATE_MIGRATION)
    (folder / "late_settings.py").write_text(LATE_SETTINGS)


class Longest:
    """Looks, twenty times a second, how long a migration has waited for its lock."""

    WAITING = """
        select coalesce(extract(epoch from max(clock_timestamp() - query_start)), 0)
        from pg_stat_activity where usename = 'owner' and wait_event_type = 'Lock'
    """

    def __init__(self, site: Ground):
        self.site, self.seconds, self.over = site, 0.0, threading.Event()
        self.thread = threading.Thread(target=self.look)

    def __enter__(self) -> "Longest":
        self.thread.start()
        return self

    def __exit__(self, *error) -> None:
        self.over.set()
        self.thread.join()

    def look(self) -> None:
        with self.site.admin() as database:
            while not self.over.wait(0.05):
                (now,) = database.execute(self.WAITING).fetchone() or (0,)
                self.seconds = max(self.seconds, float(now))


@fault(
    "F20",
    "the upgrade from the version before, and its code on the tables of this one",
    demand="every row is as it was; the older code signs in, shows and logs as before",
)
def upgrade(*, seed: int, short: bool) -> Finding:
    with ground(short, EMPTY) as site:
        cluster = site.postgres
        before = yesterday.Tables.made(cluster, "before")
        began = time.monotonic()
        yesterday.migrate(cluster, "before")
        seconds = time.monotonic() - began
        changed = before.changed(cluster)
        yesterday.copy(cluster, "before", "older")
        today = amiss(yesterday.run(["-P", str(SMOKE)], cluster, "before"))
        older = by_older_code(cluster, sample=not short)
    return Finding(
        {
            "tables with rows": len(before.sums),
            "rows": before.rows,
            "migrated in, s": round(seconds, 1),
            "changed tables": changed,
            "this version, amiss": today,
            "the older code, amiss": older,
        },
        unmet(
            {
                "there is something to upgrade": before.rows > 5000,
                "every row is as it was": not changed,
                "this version serves what it found": not today,
                "the older code works on the new tables": older in ({}, NO_HISTORY),
            }
        ),
    )


def amiss(answers: str) -> dict[str, int]:
    """The acts of smoke.py that were not answered as they should be."""
    got = json.loads(answers.splitlines()[-1])
    return {act: got.get(act) for act, well in WELL.items() if got.get(act) != well}


def by_older_code(cluster: Postgres, sample: bool) -> dict | str:
    """What goes amiss when the version before runs on the tables of this one: everyday
    acts, and where there is time its own sample program, written from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            code = yesterday.code(Path(folder))
        except yesterday.NoHistory:
            return NO_HISTORY
        found = amiss(yesterday.run(["-P", str(SMOKE)], cluster, "older", code=code))
        if sample:
            cluster.provision("fresh")
            yesterday.migrate(cluster, "fresh")
            yesterday.run(["manage.py", "sample"], cluster, "fresh", code=code)
        return found


@fault(
    "F21",
    "a backup, the loss of the cluster, and the restore on a new one",
    demand="counts and checksums are equal; 10,000 people under 60 s; no mail goes out",
)
def restored(*, seed: int, short: bool) -> Finding:
    people = 500 if short else 10_000
    with tempfile.TemporaryDirectory() as place:
        folder, took = backed_up_and_lost(people, Path(place), short)
        began = time.monotonic()
        found = rehearse(folder)
        back = time.monotonic() - began
    return Finding(
        {
            **{"people": people, "rows": found.manifest.rows},
            "backup, s": round(took, 1),
            **{f"{step}, s": seconds for step, seconds in found.seconds.items()},
            "restored in all, s": round(back, 1),
            "differences": found.differences,
        },
        unmet(
            {
                "everybody is in it": found.manifest.rows > 2 * people,
                "counts and checksums are equal, no mail": not found.differences,
                "under 60 s": took + back < 60,
            }
        ),
    )


def backed_up_and_lost(people: int, place: Path, short: bool) -> tuple[Path, float]:
    """A backup of a cluster with so many people, which is gone; the seconds it took."""
    with ground(short) as site:
        with site.admin() as database:
            database.execute(MANY, [people])
        began = time.monotonic()
        folder = take(site.url("postgres"), place, at=timezone.now())
        took = time.monotonic() - began
        site.postgres.stop()
        site.postgres.wipe()
    return folder, took


# Each with a mail that is due.
MANY = """
    with people as (
        insert into accounts_user (id, email, password, given_name, family_name, called,
            language, zone, theme, manager_email, external_id, is_staff, is_active,
            is_superuser, joined_at)
        select gen_random_uuid(), 'restored' || i || '@kestrel.example', '!', 'Given',
            'Family', '', 'en', 'UTC', '', '', '', false, true, false, now()
        from generate_series(1, %s) i
        returning id
    )
    insert into outbox_notice (id, recipient_id, kind, channel, template, context, key,
        due_at, state, skipped_because, attempts, last_error, about_kind, created_at)
    select gen_random_uuid(), id, 'announcement', 'email', 'participants/announcement',
        '{}', 'restored:' || id, now(), 'pending', '', 0, '', '', now()
    from people
"""
