"""A server process that outlives its supervisor, and what it takes to find it again."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from .addresses import socket_folder


class ServerFailed(Exception):
    """A server could not be started; the message says what to do."""


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

    def start(self) -> Self:
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
