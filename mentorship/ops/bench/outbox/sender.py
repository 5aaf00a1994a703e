"""One sender, as a process of its own; it says what it did as JSON.

`sender drain SECONDS` delivers what is due, as a worker does, until nothing is left or
the time is over (0: never). `sender bare FILE N`
hands the mail in FILE over N times and does nothing else: the mail server's own pace.
"""

import json
import smtplib
import sys
import time
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path


def drain(seconds: float) -> dict:
    import django

    django.setup()
    from django.utils import timezone

    from mentorship.outbox import actions
    from mentorship.outbox.actions import delivering
    from mentorship.outbox.models import Notice

    steps = [
        watched(delivering, "claim"),
        watched(Notice, "is_stopped"),
        watched(delivering, "written"),
        watched(delivering.Post, "send"),
        watched(delivering, "settle"),
    ]
    sent, began = 0, time.perf_counter()

    def over() -> bool:
        return bool(seconds) and time.perf_counter() - began > seconds

    while more := actions.sweep(timezone.now(), stop=over):
        sent += more
    return told(sent, began) | {"steps": {step.name: step.times for step in steps}}


@dataclass
class Watched:
    """A step of sending by its name in the code; how often it was taken, and the
    seconds in all."""

    name: str
    times: list = field(default_factory=lambda: [0, 0.0])


def watched(owner, name: str) -> Watched:
    """Measure a function of a module or a class from now on."""
    act, step = getattr(owner, name), Watched(name)

    @wraps(act)
    def timed(*args, **kwargs):
        began = time.perf_counter()
        try:
            return act(*args, **kwargs)
        finally:
            step.times[0] += 1
            step.times[1] += time.perf_counter() - began

    setattr(owner, name, timed)
    return step


def bare(mail: bytes, count: int) -> dict:
    from django.conf import settings

    began = time.perf_counter()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        for _mail in range(count):
            server.sendmail("from@bench.example", ["to@bench.example"], mail)
    return told(count, began)


def told(sent: int, began: float) -> dict:
    took = time.perf_counter() - began
    return {"sent": sent, "seconds": took, "cpu": time.process_time()}


if __name__ == "__main__":
    if sys.argv[1] == "drain":
        found = drain(float(sys.argv[2]))
    else:
        found = bare(Path(sys.argv[2]).read_bytes(), int(sys.argv[3]))
    print(json.dumps(found))
