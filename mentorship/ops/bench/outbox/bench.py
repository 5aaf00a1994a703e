"""Many mails due in one minute, drained by a few senders."""

import json
import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings

from mentorship.demo import embedded
from mentorship.demo.processes import die_with_parent, free_port

PEOPLE = """
    insert into accounts_user (id, email, password, given_name, family_name, called,
        language, zone, theme, manager_email, external_id, is_staff, is_active,
        is_superuser, joined_at)
    select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid,
        'person' || n || '@bench' || n %% 7 || '.example', '!', 'Given' || n, 'Family',
        '', 'en', 'Europe/Lisbon', '', '', '', false, true, false, now()
    from generate_series(1, %(count)s) n
"""
# All due within one minute, as when a program's questions go out at nine.
NOTICES = """
    insert into outbox_notice (id, recipient_id, kind, channel, template, context, key,
        due_at, not_after, state, skipped_because, attempts, last_error, about_kind,
        created_at)
    select gen_random_uuid(), ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))
        ::uuid, 'check-in', 'email', 'feedback/check_in', %(context)s,
        'check-in:' || n, now() - interval '5 minutes' + n %% 60 * interval '1 second',
        now() + interval '36 hours', 'pending', '', 0, '', '', now()
    from generate_series(1, %(count)s) n
"""
CONTEXT = {
    "path": "/check-in/00000000-0000-4000-9000-000000000001/",
    "log_path": "/log/",
    "partner": "Rosa",
    "program": "A program to measure",
    "reminders_a_week": 2,
}
# So that two benches beside each other do not take one for free.
OWN_PORTS = 20_000 + os.getpid() % 10_000
# A sender's work by the names in mentorship/outbox/actions/delivering.py.
STEPS = {
    "claim": "claiming twenty",
    "is_stopped": "a last look whether somebody has pressed stop",
    "written": "writing one",
    "send": "handing one over, most of it waiting for the server",
    "settle": "marking one",
}
SENT = "select count(*) from outbox_notice where state = 'sent'"


@dataclass
class Found:
    """What a run showed; rates in mails a second, times in milliseconds."""

    mails: int
    milliseconds: float
    senders: int
    seconds: float = 0  # when to stop, or 0: when nothing is due any more
    sent: int = 0
    figures: dict[str, str] = field(default_factory=dict)


class OutboxBench:
    """Brings a server of its own, and leaves nothing behind."""

    def __init__(self, say, on=None):
        self.say, self.on = say, on or site

    def run(
        self, mails: int, milliseconds: float, senders: int, seconds: float = 0
    ) -> Found:
        found = Found(mails, milliseconds, senders, seconds)
        with self.on(milliseconds) as (env, url):
            with psycopg.connect(url) as database:
                fill(database, mails)
            self.say(f"{mails} mails are due; the server takes each {milliseconds} ms")
            own = self.own_pace(env, min(mails, 2_000), senders)
            before, busy = time.perf_counter(), busy_so_far(env)
            ran = side_by_side(env, senders, "drain", str(seconds))
            took, busy = time.perf_counter() - before, busy_so_far(env) - busy
            with psycopg.connect(url) as database:
                found.sent = next(database.execute(SENT))[0]
        found.figures = figures(found, own, ran, took) | {
            "time in which the server was taking mail": f"{busy / most(ran):.1%}"
        }
        for name, value in found.figures.items():
            self.say(f"{name:44} {value}")
        return found

    def own_pace(self, env: dict, mails: int, senders: int) -> float:
        """Mails a second when nobody writes, claims or marks any."""
        with tempfile.NamedTemporaryFile(suffix=".eml") as letter:
            letter.write(a_letter())
            letter.flush()
            each = str(max(1, mails // senders))
            ran = side_by_side(env, senders, "bare", letter.name, each)
        return sum(one["sent"] / one["seconds"] for one in ran)


def a_letter() -> bytes:
    """A mail of the same kind and length as those that are due."""
    from mentorship.accounts.models import User
    from mentorship.outbox.letter import compose
    from mentorship.outbox.models import Kind, Notice

    reader = User(email="person1@bench.example", given_name="Given")
    notice = Notice(
        recipient=reader,
        kind=Kind.CHECK_IN,
        template="feedback/check_in",
        context=CONTEXT,
        key="check-in:1",
    )
    return compose(notice).message().as_bytes()


def busy_so_far(env: dict) -> float:
    """Seconds in which the mail server has been taking mail."""
    with smtplib.SMTP("127.0.0.1", int(env["EMAIL_URL"].rpartition(":")[2])) as server:
        return float(server.docmd("BUSY")[1])


def most(ran: list[dict]) -> float:
    """Seconds that the slowest sender took."""
    return max(one["seconds"] for one in ran)


def figures(found: Found, own: float, ran: list[dict], took: float) -> dict[str, str]:
    pace = found.sent / most(ran)
    cpu = sum(one["cpu"] for one in ran)
    return {
        "mails sent": f"{found.sent:,} of {found.mails:,}",
        "the server's own pace, mails a second": f"{own:.1f}",
        "the senders' pace, mails a second": f"{pace:.1f}",
        "senders' pace as a share of the server's": f"{pace / own:.1%}",
        "seconds": f"{most(ran):.0f} ({took:.0f} with starting up)",
        "CPU in Python for one mail, milliseconds": f"{1000 * cpu / found.sent:.1f}",
        **dict(step_figures(ran)),
    }


def step_figures(ran: list[dict]) -> Iterator[tuple[str, str]]:
    """What each step of sending takes, and its share of the senders' time."""
    whole = sum(one["seconds"] for one in ran)
    for name, words in STEPS.items():
        times, seconds = map(
            sum, zip(*(one["steps"][name] for one in ran), strict=True)
        )
        each = 1000 * seconds / max(times, 1)
        yield (
            f"{words}, milliseconds",
            f"{each:.1f} ({seconds / whole:.1%} of the time)",
        )


def fill(database: psycopg.Connection, count: int) -> None:
    database.execute(PEOPLE, {"count": count})
    database.execute(NOTICES, {"count": count, "context": json.dumps(CONTEXT)})
    database.commit()
    database.autocommit = True
    database.execute("analyze")


def side_by_side(env: dict, senders: int, *words: str) -> list[dict]:
    """Run so many senders at once; what each said."""
    command = [sys.executable, "-m", "mentorship.ops.bench.outbox.sender", *words]
    started = [
        subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE
        )
        for _sender in range(senders)
    ]
    said = [process.communicate()[0] for process in started]
    return [json.loads(words.splitlines()[-1]) for words in said]


@contextmanager
def site(milliseconds: float) -> Iterator[tuple[dict, str]]:
    """A migrated database that keeps what it says it keeps, and a mail server: the
    environment of a process that uses them, and the owner's address."""
    with tempfile.TemporaryDirectory(prefix="outbox-") as folder:
        Path(folder).chmod(0o755)
        postgres, port = embedded.Postgres(Path(folder)), free_port(OWN_PORTS)
        postgres.start()
        sink = None
        try:
            postgres.provision()
            env = environment(postgres, port, Path(folder))
            run(env | {"DATABASE_URL": postgres.url("owner", "reciprocal")}, "migrate")
            sink = start_sink(port, milliseconds)
            yield env, postgres.url("postgres", "reciprocal")
        finally:
            if sink:
                sink.kill()
                sink.wait()
            postgres.stop()


def environment(postgres, port: int, folder: Path) -> dict:
    return {
        **os.environ,
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "mentorship.settings",
        "DATABASE_URL": postgres.url("web", "reciprocal"),
        "RECIPROCAL_STATE": str(folder),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_PER_SECOND": "0",
        "MAIL_PER_SECOND_AND_DOMAIN": "0",
        "PLAIN_STATIC": "1",
        "LOG_LEVEL": "WARNING",
    }


def run(env: dict, *command: str) -> None:
    words = [sys.executable, "manage.py", *command, "-v0"]
    subprocess.run(words, cwd=settings.BASE_DIR, env=env, check=True)


def start_sink(port: int, milliseconds: float) -> subprocess.Popen:
    """The sink, once it listens."""
    module = "mentorship.ops.bench.outbox.sink"
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(port), str(milliseconds)],
        cwd=settings.BASE_DIR,
        preexec_fn=die_with_parent,
    )
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return process
        time.sleep(0.05)
    raise RuntimeError("The mail sink did not start.")
