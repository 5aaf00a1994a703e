"""Ground to try faults on: servers and processes of its own, gone afterwards.

Everything is in one temporary folder: PostgreSQL (with fsync), Redis, a mail sink, and
the site's own processes as children. Nobody's data is touched, and nothing of it needs
Docker or root.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections

from mentorship.demo import embedded
from mentorship.demo.processes import die_with_parent, free_port
from mentorship.settings import database

from .nursery import Forked, nursery
from .sink import Sink

OURS, PLACE = "reciprocal-soak-", embedded.SHORT
EMPTY = "empty"  # migrated, and nobody in it
CELERY = ("-m", "celery", "--quiet", "-A", "mentorship")
QUIET = ("--loglevel=WARNING", "--without-gossip", "--without-mingle")


class NotInTime(Exception):
    """What was waited for did not happen."""


def eventually(happened: Callable, within: float, what: str = ""):
    """Ask until the answer is true, and return it. Raise NotInTime after `within`
    seconds."""
    deadline = time.monotonic() + within
    while not (answer := happened()):
        if time.monotonic() > deadline:
            raise NotInTime(f"{what or happened} took more than {within:g} s")
        time.sleep(0.05)
    return answer


class Child:
    """A process of the site, in a group of its own, its words in a file."""

    def __init__(
        self, site: "Ground", name: str, command: tuple[str, ...], env: dict, log: Path
    ):
        self.site, self.env, self.log = site, env, log
        self.name, self.command = name, command
        self.start()

    def start(self) -> None:
        with open(self.log, "ab") as log:
            self.process = self.site.python(
                *self.command, env=self.env, stdout=log, stderr=subprocess.STDOUT
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def lives(self) -> bool:
        return self.process.poll() is None

    def workers(self) -> list[int]:
        """The processes that it has forked, such as a pool's."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        try:
            return [int(pid) for pid in children.read_text().split()]
        except OSError:
            return []

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def terminate(self, patience: float = 30) -> float:
        """Ask it to finish; the seconds it took. Raise NotInTime if it does not."""
        began = time.monotonic()
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            raise NotInTime(f"{self.name} did not end in {patience:g} s") from None
        return time.monotonic() - began

    def kill(self) -> None:
        """End it and all it has forked, without a word."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()


class Ground:
    """The servers, and what the site's processes are told about them."""

    def __init__(self, folder: Path, short: bool = False, database: str = "reciprocal"):
        self.folder, self.short, self.database = folder, short, database
        self.postgres = embedded.Postgres(folder)
        self.redis = embedded.Redis(folder)
        self.sink = Sink(folder / "mail", self.python)
        self.port = free_port(self.sink.port + 1)
        self.children: list[Child] = []
        self.kept_settings: dict[str, dict] = {}

    def url(self, role: str = "web") -> str:
        return self.postgres.url(role, self.database)

    @property
    def told(self) -> dict[str, str]:
        return {
            "DEMO": "1",
            "DATABASE_URL": self.url(),
            "PUBLISHER_DATABASE_URL": self.url("publisher"),
            "STEER_DATABASE_URL": self.url("steer"),
            "REDIS_URL": embedded.redis_url(self.folder),
            "EMAIL_URL": self.sink.url,
            "SITE_URL": f"http://localhost:{self.port}",
            "FILES_DIR": str(self.folder / "files"),
            "RECIPROCAL_STATE": str(self.folder),
            "MAIL_PER_SECOND": "0",
            "PLAIN_STATIC": "1",
            "PYTHONUNBUFFERED": "1",
        }

    # --- Processes of the site ---------------------------------------------------

    def python(
        self, *command: str, env: dict, stdin=subprocess.DEVNULL, stdout, stderr
    ) -> subprocess.Popen | Forked:
        """Start Python, with `env` besides what every process here is told. In short it
        comes from the nursery, unless it is told something else."""
        files = {"stdin": stdin, "stdout": stdout, "stderr": stderr}
        told, folder = self.told, str(settings.BASE_DIR)
        if self.short and not env:
            return nursery(os.environ | told, told, folder).start(command, **files)
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env=os.environ | told | env,
            **files,
            text=True,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def spawn(self, name: str, *command: str, **env: str) -> Child:
        log = self.folder / f"{name}-{len(self.children)}.log"
        child = Child(self, name, command, env, log)
        self.children.append(child)
        return child

    def migrate(self) -> None:
        """Raise NotInTime with its words if it fails."""
        owner = {"DATABASE_URL": self.url("owner")}
        child = self.spawn("migrate", "manage.py", "migrate", "-v0", **owner)
        if child.process.wait(300):
            raise NotInTime(f"migrate failed:\n{child.said()[-3000:]}")

    def web(self, port: int = 0, workers: int = 2) -> Child:
        """gunicorn as in production; returns once it answers."""
        port = port or self.port
        child = self.spawn(
            "web",
            *("-m", "gunicorn", "mentorship.wsgi", f"--bind=127.0.0.1:{port}"),
            *(f"--workers={workers}", "--preload", "--no-control-socket"),
        )
        from .client import Client

        visitor = Client(port)
        eventually(lambda: visitor.get("/readyz").status == 200, 60, "the web")
        return child

    def worker(self, concurrency: int = 2) -> Child:
        pool = f"--concurrency={concurrency}"
        return self.spawn("worker", *CELERY, "worker", pool, *QUIET)

    def beat(self) -> Child:
        schedule = f"--schedule={self.folder}/beat-{len(self.children)}"
        app = "mentorship.ops.soak.hasty" if self.short else "mentorship"
        celery = (*CELERY[:-1], app)
        return self.spawn("beat", *celery, "beat", "--pidfile=", schedule)

    def wake(self, task: str, *arguments, times: int = 1) -> None:
        """Put a task on the broker as beat does."""
        from celery import Celery

        broker = embedded.broker_url(embedded.redis_url(self.folder))
        with Celery("soak", broker=broker, set_as_current=False) as app:
            for _ in range(times):
                app.send_task(task, arguments, ignore_result=True)

    # --- Servers -------------------------------------------------------------------

    @property
    def redis_pid(self) -> int:
        return pid_of(self.redis)

    def kill_redis(self) -> None:
        os.kill(self.redis_pid, signal.SIGKILL)
        self.redis.process.wait()

    def start_redis(self, empty: bool = False) -> None:
        if empty:
            shutil.rmtree(self.redis.home / "appendonlydir", ignore_errors=True)
            for file in self.redis.home.glob("*.aof"):
                file.unlink()
        self.redis.start()

    def kill_postgres(self) -> None:
        """As a machine that loses its power, but for the disk."""
        os.kill(pid_of(self.postgres), signal.SIGKILL)
        self.postgres.process.wait()

    def start_postgres(self) -> None:
        """Start it, also while what is left of the killed one still lets go."""

        def started() -> bool:
            with contextlib.suppress(embedded.ServerFailed):
                self.postgres.start()
                return True
            return False

        eventually(started, 30, "PostgreSQL")

    def admin(self) -> psycopg.Connection:
        """A superuser's connection, to look behind the policies and for mischief."""
        return psycopg.connect(self.url("postgres"), autocommit=True)

    def postgres_itself(self) -> psycopg.Connection:
        """The same on the server's own database, to make and drop others."""
        return psycopg.connect(self.postgres.url(), autocommit=True)

    def ask(self, question: str, *values):
        """The first column of the first row, as the superuser."""
        with self.admin() as database:
            row = database.execute(question, values).fetchone()
        return row and row[0]

    # --- Beginning and end -----------------------------------------------------------

    def enter(self) -> None:
        """Let this process's own connections lead here."""
        for alias in ("default", "publisher", "steer"):
            held = connections[alias]
            held.close()
            role = "web" if alias == "default" else alias
            self.kept_settings[alias] = dict(held.settings_dict)
            held.settings_dict |= database(self.url(role))

    def leave(self) -> None:
        for alias, kept in self.kept_settings.items():
            connections[alias].close()
            connections[alias].settings_dict |= kept
        for child in reversed(self.children):
            child.kill()
        self.sink.stop()
        self.postgres.stop_signal = signal.SIGQUIT  # at once; nobody reads it again
        for server in (self.redis, self.postgres):
            with contextlib.suppress(ProcessLookupError):
                if pid := server.pid():
                    os.kill(pid, signal.SIGCONT)
            server.stop()
            server.wipe()


def pid_of(server: embedded.Server) -> int:
    """The process of a server. Raise NotInTime when there is none."""
    pid = server.pid()
    if pid is None:
        raise NotInTime(f"{server.title} does not run")
    return pid


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A short path, because sockets lie in it, that PostgreSQL's account may pass. The
    same each time, so that processes that are ready for one ground are for the next."""
    clear_abandoned()
    folder = PLACE / f"{OURS}{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_abandoned() -> None:
    """Stop and remove what a run left that was killed; its children died with it."""
    for folder in PLACE.glob(f"{OURS}*"):
        pid = folder.name.removeprefix(OURS)
        if pid.isdigit() and not embedded.exists(int(pid)):
            for server in (embedded.Redis(folder), embedded.Postgres(folder)):
                server.stop()
                server.wipe()
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def ground(short: bool, database: str = "reciprocal") -> Iterator[Ground]:
    """A site on servers of its own, with a few pairs or with the `EMPTY` database; this
    process's database connections lead there. Nothing of it is left afterwards,
    whatever happens."""
    from .template import template

    data = template()
    with temporary_folder() as folder:
        site = Ground(folder, short, database)
        try:
            embedded.private_folder(site.postgres.home, site.postgres.uid)
            copy(data, site.postgres.data)
            site.postgres.start()
            site.redis.start()
            site.sink.start()
            site.enter()
            yield site
        finally:
            site.leave()


def copy(data: Path, to: Path) -> None:
    """Copy a data folder with its owners and modes."""
    subprocess.run(["cp", "-a", str(data), str(to)], check=True)
