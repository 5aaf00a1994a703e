"""The sample program with everything it needs, under one supervisor."""

import contextlib
import fcntl
import hashlib
import http.client
import io
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from mentorship.demo.embedded import Postgres, Redis, Server, ServerFailed
from mentorship.demo.mail import start_sink
from mentorship.demo.processes import ChildFailed, Family, free_port, say
from mentorship.demo.sample import nights
from mentorship.environment import database
from mentorship.insights.actions import compute_metrics

STATE = Path(settings.STATE).absolute()
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Run the sample program: databases, web, worker, beat and a mail sink."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--fresh", action="store_true", help="forget all data first"
        )

    def handle(self, *args, port: int, fresh: bool, **options) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.default_int_handler)
        started = time.monotonic()
        try:
            with alone(STATE), embedded_servers(fresh):
                prepare_database()
                serve(free_port(port), started)
        except KeyboardInterrupt:
            say("demo", "everything is stopped")
        except (ChildFailed, ServerFailed) as failure:
            raise CommandError(str(failure)) from failure


@contextlib.contextmanager
def alone(state: Path) -> Iterator[None]:
    """Hold the state folder, so that no second demo runs a second beat on it."""
    state.mkdir(parents=True, exist_ok=True)
    with open(state / "demo.lock", "a+") as held:
        held.seek(0)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"Another demo (process {held.read() or 'unknown'}) already uses "
                f"{state}. Stop that one, or set RECIPROCAL_STATE to another folder."
            ) from None
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        yield


@contextlib.contextmanager
def embedded_servers(fresh: bool) -> Iterator[None]:
    """Run the servers that the environment does not name, and stop them at the end."""
    servers: list[Server] = []
    if not os.environ.get("DATABASE_URL"):
        servers.append(Postgres(STATE))
    if not os.environ.get("REDIS_URL"):
        servers.append(Redis(STATE))
    if fresh:
        forget(servers)
    try:
        for server in servers:
            server.start()
        if servers and isinstance(servers[0], Postgres):
            servers[0].provision()
        yield
    finally:
        ignore_signals()
        for server in reversed(servers):
            server.stop()


def forget(servers: list[Server]) -> None:
    """Stop what a killed demo left running, then remove the demo's own folders."""
    if os.environ.get("DATABASE_URL"):
        raise CommandError("--fresh forgets only embedded data. Unset DATABASE_URL.")
    for server in servers:
        server.stop()
        server.wipe()
    for name in ("mail", "static"):
        shutil.rmtree(STATE / name, ignore_errors=True)
    for schedule in STATE.glob("beat*"):
        schedule.unlink()


def prepare_database() -> None:
    """Migrate as `owner`, then leave the connection to `web` again."""
    web = dict(connection.settings_dict)
    owner = os.environ.get("OWNER_DATABASE_URL")
    connection.close()
    connection.settings_dict |= database(owner) if owner else {"USER": "owner"}
    try:
        say("demo", "bringing the tables up to date")
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict |= web


def serve(port: int, started: float) -> None:
    """Run web, worker and beat until interrupted. Raise ChildFailed if one cannot."""
    sink, email_url = start_sink(STATE / "mail")
    family = Family(environment(port, email_url))
    try:
        if not apps.get_model("charter", "Program").objects.exists():
            say("demo", "loading the sample program")
            family.run("sample", "manage.py", "sample")
        if not apps.get_model("insights", "Period").objects.exists():
            publish_the_past()  # also when an earlier start was stopped before it
        connection.close()
        collect_static()
        family.start("web", "-m", "gunicorn", *web_options(port))
        announce(family, port, started)  # before the others want the processor too
        celery = ("-m", "celery", "--quiet", "-A", "mentorship")
        family.start("worker", *celery, *WORKER_OPTIONS)
        family.start("beat", *celery, *BEAT_OPTIONS)
        while True:
            time.sleep(0.5)
            family.restart_the_dead()
    finally:
        ignore_signals()
        family.stop()
        sink.stop()


def publish_the_past() -> None:
    """Let the nights of the sample's past publish, and work out figures by the week."""
    say("demo", "publishing the past quarters")
    nights.publish_the_past(
        timezone.now(),
        lambda day: call_command("night", date=day, stdout=io.StringIO()),
    )
    for day in nights.measured(timezone.now()):
        compute_metrics(day)
    connections.close_all()


def ignore_signals() -> None:
    """The end has begun; a second Ctrl-C must not leave anything behind."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def environment(port: int, email_url: str) -> dict[str, str]:
    """What the processes are told. Mail always goes to the sink, never out."""
    return {
        "SITE_URL": f"http://localhost:{port}",
        **os.environ,
        "DEMO": "1",
        "EMAIL_URL": email_url,
        "PYTHONUNBUFFERED": "1",
        "RECIPROCAL_STATE": str(STATE),
    }


def web_options(port: int) -> list[str]:
    return [
        "mentorship.wsgi",
        f"--bind=127.0.0.1:{port}",
        "--workers=2",
        "--preload",
        "--graceful-timeout=2",
        "--access-logfile=-",
        "--no-control-socket",
    ]


WORKER_OPTIONS = (
    "worker",
    "--concurrency=2",
    "--loglevel=INFO",
    "--without-gossip",
    "--without-mingle",
)
BEAT_OPTIONS = (
    "beat",
    "--loglevel=INFO",
    "--pidfile=",
    f"--schedule={STATE / 'beat'}",
)


def collect_static() -> None:
    """Collect, hash and compress the static files, unless none has changed."""
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state.update(f"{path} {storage.get_modified_time(path)}".encode())
    stamp = settings.STATIC_ROOT / "collected"
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    say("demo", "collecting static files")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state.hexdigest())


def announce(family: Family, port: int, started: float) -> None:
    """Wait until the site answers, then say where it is."""
    while not answers(port):
        time.sleep(0.1)
        family.restart_the_dead()
    seconds = time.monotonic() - started
    say("demo", f"ready after {seconds:.1f} s: http://localhost:{port}/")
    say("demo", "Ctrl-C stops everything")


def answers(port: int) -> bool:
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        site.request("GET", "/")
        return site.getresponse().status < 500
    except OSError:
        return False
    finally:
        site.close()
