"""Processes of the site that are there at once, for faults in short.

A fault starts and kills many processes, and each spends seconds on loading Python's
modules. In short runs one process loads them once and forks the others: the same
programs with the same environment, each in a group of its own. In full every process
begins from nothing, as it does in production.

    python -m mentorship.ops.soak.nursery <socket>

takes commands, as Python's own command line would, together with the files that stand
for input, output and errors; the process that was forked answers with its number.
"""

import atexit
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from typing import IO, Any

from mentorship.demo.embedded import exists
from mentorship.demo.processes import die_with_parent

MODULES = (
    *("mentorship.urls", "mentorship.celery", "aiosmtpd.smtp", "time_machine"),
    *("gunicorn.app.wsgiapp", "gunicorn.arbiter", "gunicorn.workers.sync"),
    *("celery.bin.celery", "celery.apps.beat", "celery.apps.worker"),
    *("celery.concurrency.prefork", "celery.worker.consumer", "kombu.transport.redis"),
)


class Forked:
    """A process that the nursery has forked, as far as a fault needs one of Popen."""

    def __init__(self, pid: int, stdin: IO | None, stdout: IO | None):
        self.pid, self.stdin, self.stdout = pid, stdin, stdout

    def poll(self) -> int | None:
        """None while it lives. How it ended is not known here."""
        return None if exists(self.pid) else 0

    def wait(self, timeout: float = 600) -> None:
        deadline = time.monotonic() + timeout
        while exists(self.pid):
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.005)

    def send(self, sent: signal.Signals) -> None:
        if exists(self.pid):
            os.kill(self.pid, sent)

    def terminate(self) -> None:
        self.send(signal.SIGTERM)

    def kill(self) -> None:
        self.send(signal.SIGKILL)


class Nursery:
    """The process that has loaded everything, as its owner sees it."""

    def __init__(self, env: dict[str, str], folder: str):
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", __spec__.name, str(theirs.fileno())],
                env=env,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=die_with_parent,
                pass_fds=[theirs.fileno()],
            )

    def start(self, command: tuple[str, ...], stdin, stdout, stderr) -> Forked:
        """Fork a process; the files are as for Popen, text where they are pipes."""
        ours, theirs = {}, []
        for number, file in enumerate((stdin, stdout, stderr)):
            ours[number], end = ends(number, file, theirs)
            theirs.append(end)
        socket.send_fds(self.line, [json.dumps(command).encode()], theirs)
        for end in theirs:
            os.close(end)
        pid = int(self.line.recv(32) or 0)
        if not pid:
            raise RuntimeError("The nursery of processes has ended.")
        return Forked(pid, ours[0], ours[1])

    def stop(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.wait()


def ends(number: int, file: Any, before: list[int]) -> tuple[IO | None, int]:
    """Our end of a pipe, where one is asked for, and the descriptor to hand over."""
    if file == subprocess.PIPE:
        read, write = os.pipe()
        ours, theirs = (write, read) if number == 0 else (read, write)
        return os.fdopen(ours, "w" if number == 0 else "r"), theirs
    if file == subprocess.DEVNULL:
        return None, os.open(os.devnull, os.O_RDWR)
    if file == subprocess.STDOUT:
        return None, os.dup(before[1])
    return None, os.dup(file.fileno())


KEPT: dict[str, Any] = {}


def nursery(env: dict[str, str], told: dict[str, str], folder: str) -> Nursery:
    """The nursery of this run, made anew when what the site is `told` has changed."""
    if KEPT.get("told") != told:
        leave()
        KEPT.update(told=dict(told), nursery=Nursery(env, folder))
    return KEPT["nursery"]


@atexit.register
def leave() -> None:
    if KEPT:
        KEPT.pop("nursery").stop()
        KEPT.clear()


# --- In the nursery -------------------------------------------------------------------


def load() -> None:
    """What processes of the site need, but nothing that they share once it has begun,
    as a worker shares with its children whether it stops."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    import django

    django.setup()
    for module in filter(find_spec, MODULES):
        import_module(module)
    from django.urls import get_resolver

    _ = get_resolver().url_patterns


def fork_on_demand(line: socket.socket) -> list[str]:
    """Fork for each command; returns it in the process that was forked, and nothing
    once there are no more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here asks how they ended
    while True:
        told, files, *_ = socket.recv_fds(line, 65536, 3)
        if not told:
            return []
        if os.fork() == 0:
            begin(line, files)
            return json.loads(told)
        for file in files:
            os.close(file)


def begin(line: socket.socket, files: list[int]) -> None:
    """Let go of what belongs to the nursery, and say that we are there."""
    os.setsid()
    die_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    line.sendall(str(os.getpid()).encode())
    line.close()


def run(command: list[str]) -> None:
    """As `python <command>` does."""
    first, *rest = command
    if first == "-m":
        sys.argv = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    elif first == "-c":
        sys.argv = ["-c", *rest[1:]]
        exec(compile(rest[0], "<command>", "exec"), {"__name__": "__main__"})
    else:
        sys.argv = command
        runpy.run_path(first, run_name="__main__")


if __name__ == "__main__":
    load()
    if asked := fork_on_demand(socket.socket(fileno=int(sys.argv[1]))):
        run(asked)
