"""A database that is restarted, killed, full or busy."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
from django.db import close_old_connections, connection
from django.utils import timezone

from pairing.models import Session

from .client import NO_ANSWER, Answer, Client, log_address, log_form
from .crowd import Busy, slowest_of_95
from .faults import Finding, fault, unmet
from .ground import Ground, eventually, ground
from .people import pairs

PEOPLE = 20


class Writer:
    """A person who logs sessions and remembers which of them the site took."""

    def __init__(self, site: Ground, pair):
        self.pair, self.client = pair, Client(site.port, pair.mentee.user)
        self.acknowledged: list[str] = []
        self.day = timezone.now().date() - timedelta(days=1)

    def __call__(self) -> Answer:
        form = log_form(self.day, same="no")
        answer = self.client.post(log_address(self.pair), form)
        if answer.status == 302:
            self.acknowledged.append(form["form_id"])
        return answer


class Reader:
    """A person who looks at a page that needs nothing of the sessions."""

    def __init__(self, site: Ground, pair):
        self.client = Client(site.port, pair.mentee.user)

    def __call__(self) -> Answer:
        return self.client.get("/settings/mail/")


def lost_of(writers: list[Writer]) -> int:
    """How many acknowledged sessions are not there."""
    close_old_connections()
    told = [form for writer in writers for form in writer.acknowledged]
    kept = set(Session.objects.values_list("form_id", flat=True))
    return sum(form not in {str(id) for id in kept} for form in told)


def interrupted(times: int, short: bool, strike: Callable[[Ground], None]) -> Finding:
    """Let a crowd write while the database goes down and comes back several times."""
    away: list[tuple[float, float]] = []
    with ground(short) as site:
        site.web()
        writers = [Writer(site, pair) for pair in pairs()[: 8 if short else PEOPLE]]
        connection.close()
        with Busy(writers, pause=0.3) as busy:
            for _ in range(times):
                time.sleep(1 if short else 8)
                began = time.monotonic()
                strike(site)
                away.append((began, time.monotonic()))
            time.sleep(6)
        return told(busy, writers, away)


def told(busy: Busy, writers: list[Writer], away: list[tuple[float, float]]) -> Finding:
    """What the crowd saw while the database was away at these times."""
    failed = [(at, answer) for at, answer in busy.seen if answer.status != 302]
    after = sum(not excused(at, answer, away) for at, answer in failed)
    written = sum(len(writer.acknowledged) for writer in writers)
    statuses = sorted({answer.status for _at, answer in failed})
    lost = lost_of(writers)
    figures = {
        "times": len(away),
        "longest away, s": round(max(up - down for down, up in away), 1),
        "written": written,
        "answered that it cannot": len(failed),
        "as": statuses,
        "failed later than 5 s after": after,
        "acknowledged and lost": lost,
    }
    demands = {
        "sessions are written": written > len(away),
        "errors only while it is down and 5 s after": after == 0,
        "every acknowledged session is there": lost == 0,
        "who cannot be served is told so (503)": statuses in ([], [503]),
    }
    return Finding(figures, unmet(demands))


def excused(at: float, answer: Answer, away: list[tuple[float, float]]) -> bool:
    """Whether a failed act lies in or touches a time without a database, or the five
    seconds after it."""
    return any(at + answer.seconds >= down and at <= up + 5 for down, up in away)


@fault(
    "F7",
    "PostgreSQL is restarted 5 times under 20 people who write",
    demand="errors only while it is down and 5 s after; no acknowledged write is lost",
)
def restarts(*, seed: int, short: bool) -> Finding:
    def strike(site: Ground) -> None:
        site.postgres.stop()
        site.start_postgres()

    return interrupted(2 if short else 5, short, strike)


@fault(
    "F8",
    "kill -9 of PostgreSQL, 5 times under 20 people who write",
    demand="every acknowledged session is there",
)
def killed(*, seed: int, short: bool) -> Finding:
    def strike(site: Ground) -> None:
        site.kill_postgres()
        site.start_postgres()

    return interrupted(2 if short else 5, short, strike)


@contextmanager
def small_disk(site: Ground, megabytes: int) -> Iterator[Path]:
    """A disk of this size that the database may write to. Raises OSError where mounting
    is not allowed."""
    disk = site.folder / "small"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "soak", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        raise OSError("mounting is not allowed here")
    try:
        os.chown(disk, site.postgres.uid, -1)
        yield disk
    finally:
        site.postgres.stop()
        subprocess.run(["umount", "-l", str(disk)], check=True)


@fault(
    "F9",
    "the database's disk is full",
    demand="a clear page (503) while it is; works again without a restart",
)
def disk_full(*, seed: int, short: bool) -> Finding:
    with ground(short) as site:
        try:
            with small_disk(site, 64) as disk:
                return fill(site, disk)
        except OSError as error:
            return Finding(not_made=f"A small disk takes root: {error}.")


def fill(site: Ground, disk: Path) -> Finding:
    """Move the sessions to the small disk, fill it, and make room again."""
    site.web()
    writer, ballast = Writer(site, pairs()[0]), disk / "ballast"
    move_sessions_to(site, disk)
    before = writer().status
    with open(ballast, "wb", buffering=0) as file:
        write_until_full(file)
    full = until_it_fails(writer)
    ready = Client(site.port).get("/readyz").status
    full += [writer() for _ in range(3)]
    ballast.unlink()
    after = [writer().status for _ in range(3)]
    statuses, lost = {answer.status for answer in full}, lost_of([writer])
    figures = {
        "before": before,
        "while full": sorted(statuses),
        "readiness": ready,
        "with room again": after,
        "acknowledged and lost": lost,
    }
    demands = {
        "it works before": before == 302,
        "a page with 503": statuses == {503},
        "it is clear": all("may not have been saved" in answer.text for answer in full),
        "it works again without a restart": after == [302] * 3,
        "every acknowledged session is there": lost == 0,
    }
    return Finding(figures, unmet(demands))


def move_sessions_to(site: Ground, disk: Path) -> None:
    connection.close()
    with site.admin() as database:
        database.execute(f"create tablespace small location '{disk}'")
        database.execute("alter table pairing_session set tablespace small")


def write_until_full(file) -> None:
    try:
        while True:
            file.write(b"0" * 65536)
    except OSError:
        return


def until_it_fails(writer: Writer) -> list[Answer]:
    """Write until the last page with room is full; the first answer that fails."""
    for _ in range(300):
        answer = writer()
        if answer.status != 302:
            return [answer]
    return []


@fault(
    "F23",
    "slow statements: six requests wait for a locked table, then no connection is free",
    demand="others are answered, or told so (503), within 10 s; nothing stays stuck",
)
def exhausted(*, seed: int, short: bool) -> Finding:
    with ground(short) as site:
        site.web()
        people = pairs()
        waiting = [Writer(site, pair) for pair in people[:6]]
        others = [Reader(site, pair) for pair in people[6:10]]
        connection.close()
        locked = beside(site, waiting, others, 3 if short else 20)
        crowded = without_connections(site, others, 1.5 if short else 3)
        after = [act().status for act in (*others, *waiting)]
    worst = max(answer.seconds for answer in (*locked, *crowded))
    statuses = sorted({answer.status for answer in (*locked, *crowded)})
    return Finding(
        {
            "answered": len(locked) + len(crowded),
            "as": statuses,
            "95 of 100 under, s": round(slowest_of_95([*locked, *crowded]), 1),
            "slowest, s": round(worst, 1),
            "after": sorted(set(after)),
        },
        unmet(
            {
                "everybody is answered": NO_ANSWER not in statuses,
                "with the page, or 503": set(statuses) <= {200, 302, 503},
                "within 10 s": worst < 10,
                "all is well after": set(after) <= {200, 302},
            }
        ),
    )


def beside(
    site: Ground, waiting: list[Writer], others: Sequence[Callable], seconds: float
) -> list[Answer]:
    """Hold a table that six people need, and see how it goes for the others."""
    with site.admin() as database, database.transaction():
        database.execute("lock table pairing_session in access exclusive mode")
        with Busy(waiting, pause=0.2), Busy(others, pause=0.2) as busy:
            time.sleep(seconds)
    return busy.answers


def without_connections(
    site: Ground, others: Sequence[Callable], seconds: float
) -> list[Answer]:
    """Six connections do nothing but sleep, and there are no more."""
    with site.admin() as database:
        end_all = "select pg_terminate_backend(pid) from pg_stat_activity"
        database.execute("alter role web connection limit 6")
        database.execute(f"{end_all} where usename = 'web'")
        asleep = []

        def all_taken() -> bool:
            try:
                asleep.append(psycopg.connect(site.url(), autocommit=True))
            except psycopg.OperationalError:
                return len(asleep) > 0
            asleep[-1].pgconn.send_query(b"select pg_sleep(60)")
            return False

        eventually(all_taken, 20, "taking every connection")
        with Busy(others, pause=0.2) as busy:
            time.sleep(seconds)
        database.execute("alter role web connection limit -1")
        for held in asleep:
            held.cancel()
            held.close()
    return busy.answers
