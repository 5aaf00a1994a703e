"""Senders that are killed or asked to stop in the middle of their work."""

import os
import random
import signal
import time
from collections.abc import Callable

from mentorship.outbox.models import Notice

from .faults import Finding, fault, unmet
from .ground import Child, Ground, eventually, ground
from .hand import hands
from .people import queue_mails

SWEEP = "outbox.sweep"
A_SEND = 0.02  # seconds that the sink takes for each mail
LATER = 3600  # seconds after which every lease has run out
WHOLE = 10  # of so many kills, one takes the whole worker and not one of its pool


@fault(
    "F1",
    "kill -9 of a worker, 50 times during 2,000 mails",
    demand="0 lost; at most as many repeats as kills, each with the same Message-ID",
)
def killed(*, seed: int, short: bool) -> Finding:
    dice = random.Random(seed)
    kills, mails = (6, 200) if short else (50, 2000)
    with ground(short) as site:
        before(site, mails)
        worker = site.worker()
        for number in range(1, kills + 1):
            in_full_swing(site, worker)
            time.sleep(dice.uniform(0.2, 0.5))
            if number % WHOLE == 0:
                worker.kill()
                worker.start()
            else:
                os.kill(dice.choice(worker.workers()), signal.SIGKILL)
        worker.terminate()
        return after(site, mails, kills, lambda repeats: repeats <= kills)


@fault(
    "F2",
    "a worker is asked to stop (TERM), 50 times during 2,000 mails",
    demand="0 lost, 0 repeats, it ends within 20 s",
)
def asked_to_stop(*, seed: int, short: bool) -> Finding:
    dice = random.Random(seed)
    stops, mails = (2, 200) if short else (50, 2000)
    seconds = []
    with ground(short) as site:
        before(site, mails)
        worker = site.worker()
        for _ in range(stops):
            in_full_swing(site, worker)
            time.sleep(dice.uniform(0.2, 0.5))
            seconds.append(worker.terminate(60))
            worker.start()
        worker.terminate()
        finding = after(site, mails, stops, lambda repeats: repeats == 0)
    finding.figures["slowest end, s"] = round(max(seconds), 1)
    finding.broken.extend(unmet({"it ends within 20 s": max(seconds) < 20}))
    return finding


def before(site: Ground, mails: int) -> None:
    site.sink.behave("slow", seconds=A_SEND)
    queue_mails(mails)


def in_full_swing(site: Ground, worker: Child) -> None:
    """Wake the worker, and wait until a mail of now is out or none is left."""
    if not Notice.objects.due(now()).exists():
        return
    arrived = len(site.sink.mails())
    eventually(worker.workers, 60, "the worker's pool")
    site.wake(SWEEP, times=2)

    def busy() -> bool:
        return len(site.sink.mails()) > arrived or not waiting()

    eventually(busy, 60, "the next mail")


def now():
    from django.utils import timezone

    return timezone.now()


def waiting() -> bool:
    return Notice.objects.filter(state=Notice.State.PENDING).exists()


def after(
    site: Ground, mails: int, times: int, allowed: Callable[[int], bool]
) -> Finding:
    """Let the leases run out, deliver the rest, and count."""
    site.sink.behave("ok")
    left_over = Notice.objects.exclude(state=Notice.State.SENT).count()
    with hands(site) as (hand,):
        while hand.do("sweep", ahead=LATER).get("sent"):
            pass
    taken = site.sink.mails()
    ids = {(mail["to"], mail["id"]) for mail in taken}
    lost, repeats = mails - len({to for to, _id in ids}), site.sink.repeats()
    unsent = Notice.objects.exclude(state=Notice.State.SENT).count()
    return Finding(
        {
            "mails": mails,
            "times": times,
            "left over for later": left_over,
            "lost": lost,
            "repeats": repeats,
        },
        unmet(
            {
                "no mail is lost": lost == 0,
                "every notice is marked as sent": unsent == 0,
                f"{repeats} repeats are too many": allowed(repeats),
                "a repeat has the same Message-ID": len(ids) == mails,
            }
        ),
    )
