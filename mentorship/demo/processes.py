"""Long-running processes under one roof: started, watched, restarted, stopped."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import IO

RESTARTS = 3  # of each process; after that the whole demo ends
PATIENCE = 2.5  # seconds that a process may take to finish what it is doing
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
one_line_at_a_time = threading.Lock()


class ChildFailed(Exception):
    """A process ended too often, or a step of the start went wrong."""


def say(name: str, line: str) -> None:
    """Print `line` behind the name of who says it. A closed pipe ends only the talk."""
    with one_line_at_a_time:
        try:
            sys.stdout.write(f"{name:>7} | {line}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def free_port(wanted: int) -> int:
    """`wanted` if it is free on this machine, else one of the next, else any."""
    for port in (*range(wanted, wanted + 20), 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return probe.getsockname()[1]
    raise ChildFailed("No free port was found.")


def die_with_parent() -> None:
    """Runs in the new process: Linux ends it when the supervisor is killed."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A process that runs `command`, its output prefixed with `name`."""

    def __init__(self, name: str, command: list[str], env: dict[str, str]):
        self.name, self.command, self.env = name, command, env
        self.restarts = 0
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches the supervisor alone
            preexec_fn=die_with_parent,
        )
        output = self.process.stdout
        threading.Thread(target=self.repeat, args=[output], daemon=True).start()

    def repeat(self, output: IO[str]) -> None:
        with output:
            for line in output:
                say(self.name, line.rstrip())

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Family:
    """All processes of the demo, in the order of their start."""

    def __init__(self, env: dict[str, str]):
        self.env = env
        self.children: list[Child] = []

    def start(self, name: str, *arguments: str) -> Child:
        """Start `python <arguments>` and keep it."""
        child = Child(name, [sys.executable, *arguments], self.env)
        self.children.append(child)
        return child

    def run(self, name: str, *arguments: str) -> None:
        """Run one step to its end. Raise ChildFailed if it fails."""
        child = self.start(name, *arguments)
        if code := child.process.wait():
            raise ChildFailed(f"{name} failed with exit code {code}.")
        self.children.remove(child)

    def restart_the_dead(self) -> None:
        """Start again what has ended. Raise ChildFailed at what ended too often."""
        for child in self.children:
            code = child.process.poll()
            if code is None:
                continue
            if child.restarts == RESTARTS:
                raise ChildFailed(f"{child.name} ended again, with exit code {code}.")
            say("demo", f"{child.name} ended with exit code {code}; starting it again")
            child.restarts += 1
            child.start()

    def stop(self) -> None:
        """Ask all to finish, and kill those who still run after PATIENCE seconds."""
        for child in self.children:
            child.process.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            try:
                child.process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                say("demo", f"{child.name} took too long")
            child.kill()  # and whatever it left behind
            child.process.wait()
