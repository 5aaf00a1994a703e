"""A broker that stands still, or has lost everything."""

import os
import signal
import time
from datetime import timedelta

from django.utils import timezone

from .client import Client, log_address, log_form
from .crowd import Busy, slowest_of_95
from .faults import Finding, fault, unmet
from .ground import Ground, NotInTime, eventually, ground
from .killing import A_SEND, SWEEP
from .people import PASSWORD, pairs, queue_mails


def to_log(site: Ground, pair):
    """An act: the mentee logs one more session of the pair."""
    client = Client(site.port, pair.mentee.user)
    today = timezone.now().date()

    def act():
        form = log_form(today - timedelta(days=1), same="no")
        answer = client.post(log_address(pair), form)
        return answer

    return act


@fault(
    "F5",
    "Redis stands still for 60 s while people write",
    demand="0 failed writes; 95 of 100 under 3 s; all mails out within 60 s after",
)
def redis_stands_still(*, seed: int, short: bool) -> Finding:
    seconds, mails = (6, 30) if short else (60, 300)
    with ground() as site:
        site.web()
        worker = site.worker()
        site.beat()
        eventually(worker.workers, 60, "the worker's pool")
        redis = site.redis.pid()
        crowd = [to_log(site, pair) for pair in pairs()[:8]]
        os.kill(redis, signal.SIGSTOP)
        with Busy(crowd, pause=0.5) as busy:
            time.sleep(seconds / 2)
            queue_mails(mails)
            signing = sign_in(site)
            time.sleep(seconds / 2)
        os.kill(redis, signal.SIGCONT)
        out = seconds_until_out(site, mails)
    failed = sum(answer.status != 302 for answer in busy.answers)
    slow = slowest_of_95(busy.answers)
    return Finding(
        {
            "still, s": seconds,
            "writes": len(busy.answers),
            "failed": failed,
            "95 of 100 under, s": round(slow, 2),
            "sign-in": f"{signing.status} after {signing.seconds:.1f} s",
            "mails out after, s": out,
        },
        unmet(
            {
                "no write fails": failed == 0 and len(busy.answers) > 0,
                "95 of 100 writes under 3 s": slow < 3,
                "one can sign in": signing.status == 302,
                "all mails are out within 60 s": out is not None,
                "none comes twice": site.sink.repeats() == 0,
            }
        ),
    )


def sign_in(site: Ground):
    """With a password, which the cache counts."""
    form = {"login": "coordinator0@soak.example", "password": PASSWORD}
    return Client(site.port).post("/accounts/login/", form)


def seconds_until_out(site: Ground, mails: int, within: float = 60) -> float | None:
    """How long it takes until the sink has them all; None when it takes too long."""
    began = time.monotonic()
    try:
        eventually(lambda: len(arrived(site)) == mails, within)
    except NotInTime:
        return None
    return round(time.monotonic() - began, 1)


def arrived(site: Ground) -> set[str]:
    return {mail["to"] for mail in site.sink.mails()}


@fault(
    "F6",
    "Redis is killed and comes back empty in the middle of sending",
    demand="0 lost; recovered within 60 s",
)
def redis_is_emptied(*, seed: int, short: bool) -> Finding:
    mails = 150 if short else 1500
    with ground() as site:
        site.sink.behave("slow", seconds=A_SEND)
        queue_mails(mails)
        worker = site.worker()
        site.beat()
        eventually(worker.workers, 60, "the worker's pool")
        site.wake(SWEEP, times=2)
        eventually(lambda: len(arrived(site)) > 10, 60, "the first mails")
        os.kill(site.redis.pid(), signal.SIGKILL)
        site.redis.process.wait()
        queue_mails(20, name="later")
        site.start_redis(empty=True)
        out = seconds_until_out(site, mails + 20, 60 if short else 120)
        lost, repeats = mails + 20 - len(arrived(site)), site.sink.repeats()
    return Finding(
        {
            "mails": mails + 20,
            "lost": lost,
            "repeats": repeats,
            "all out after, s": out,
        },
        unmet(
            {
                "no mail is lost": lost == 0,
                "none comes twice": repeats == 0,
                "it recovers by itself": out is not None,
            }
        ),
    )
