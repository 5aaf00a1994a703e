"""A process of the site that does one deed a line: what it is told, when it is told.

A line is a deed in JSON, such as `{"do": "sweep", "ahead": 60}`; the answer is a line
as well. `ahead` moves the moment that is handed to the deed, `shift` the whole clock
of the process.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from datetime import timedelta


class Hand:
    """The process as its owner sees it."""

    def __init__(self, site, **env: str):
        self.process = site.python(
            *("-m", __name__),
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.process.stdout.readline()  # it is ready

    def begin(self, do: str, **deed) -> None:
        self.process.stdin.write(json.dumps({"do": do, **deed}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict:
        """Wait for the deed that was begun. A killed hand answers nothing."""
        line = self.process.stdout.readline()
        return json.loads(line) if line else {}

    def do(self, do: str, **deed) -> dict:
        self.begin(do, **deed)
        return self.answer()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()


@contextlib.contextmanager
def hands(site, count: int = 1, **env: str):
    """So many of them, ready, and gone afterwards."""
    made = [Hand(site, **env) for _ in range(count)]
    try:
        yield made
    finally:
        for hand in made:
            hand.kill()


def be_impatient(seconds: float) -> dict:
    """Wait no longer than that for a mail server."""
    from django.conf import settings

    settings.EMAIL_TIMEOUT = seconds
    return {}


def sweep(ahead: float = 0) -> dict:
    """Deliver what is due so many seconds ahead of now."""
    from django.utils import timezone

    from mentorship.outbox.actions import sweep

    return {"sent": sweep(timezone.now() + timedelta(seconds=ahead))}


def sweep_task(shift: float) -> dict:
    """What the worker does at a tick, by a clock that is wrong by `shift` seconds."""
    import time_machine

    from mentorship.outbox.tasks import sweep

    with time_machine.travel(time.time() + shift, tick=True):
        sweep.run()
    return {}


def drain() -> dict:
    """Deliver until nothing is due; how many went out, and how long that took."""
    from django.utils import timezone

    from mentorship.outbox.actions import sweep

    began, cpu, sent = time.monotonic(), time.process_time(), 0
    while more := sweep(timezone.now()):
        sent += more
    return {
        "sent": sent,
        "seconds": time.monotonic() - began,
        "cpu": time.process_time() - cpu,
    }


def solve(ahead: float = 0) -> dict:
    """Work out the rounds that nobody works on, so many seconds ahead of now."""
    from django.utils import timezone

    from pairing.actions import sweep_rounds

    return {
        "solved": sweep_rounds(clock=lambda: timezone.now() + timedelta(seconds=ahead))
    }


def import_roster(id: str) -> dict:
    """Commit an import that waits."""
    from django.utils import timezone

    from mentorship.participants.actions.imports import commit_import
    from mentorship.participants.models import Import

    waiting = Import.objects.get(pk=id)
    commit_import(import_=waiting, by=waiting.by, at=timezone.now())
    return {"counts": waiting.result["counts"]}


DEEDS = {
    deed.__name__: deed
    for deed in (be_impatient, sweep, sweep_task, drain, solve, import_roster)
}


def listen() -> None:
    """Answer every line with what its deed returned, or with what went wrong."""
    from django.db import close_old_connections

    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever else is printed is no answer
    print("{}", file=answers)
    for line in sys.stdin:
        told = json.loads(line)
        close_old_connections()
        try:
            answer = DEEDS[told.pop("do")](**told)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    import django

    django.setup()
    listen()
