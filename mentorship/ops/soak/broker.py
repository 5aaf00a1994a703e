"""A broker that stands still, or has lost everything."""

import os
import signal
import time

from .client import Answer, Client
from .crowd import Busy, patience, slowest_of_95
from .database import Writer
from .faults import Finding, fault, unmet
from .ground import Ground, NotInTime, eventually, ground
from .killing import A_SEND, SWEEP
from .people import PASSWORD, pairs, queue_mails


@fault(
    "F5",
    "Redis stands still for 60 s while people write",
    demand="0 failed writes; 95 of 100 under 3 s; all mails out within 60 s after",
)
def redis_stands_still(*, seed: int, short: bool) -> Finding:
    seconds, mails = (3, 30) if short else (60, 300)
    longest = patience(short)
    with ground(short) as site:
        site.web()
        worker = site.worker()
        site.beat()
        eventually(worker.workers, 60, "the worker's pool")
        busy, signing = while_still(site, seconds, mails)
        out = seconds_until_out(site, mails)
    failed = sum(answer.status != 302 for answer in busy.answers)
    slow = slowest_of_95(busy.answers)
    figures = {
        "still, s": seconds,
        "writes": len(busy.answers),
        "failed": failed,
        "95 of 100 under, s": round(slow, 2),
        "sign-in": f"{signing.status} after {signing.seconds:.1f} s",
        "mails out after, s": out,
    }
    demands = {
        "no write fails": failed == 0 and len(busy.answers) > 0,
        f"95 of 100 writes under {longest} s": slow < longest,
        "one can sign in": signing.status == 302,
        "all mails are out within 60 s": out is not None,
        "none comes twice": site.sink.repeats() == 0,
    }
    return Finding(figures, unmet(demands))


def while_still(site: Ground, seconds: float, mails: int) -> tuple[Busy, Answer]:
    """Eight people write, one signs in and mails are queued, while Redis stands still;
    what the crowd saw, and the answer to the sign-in."""
    redis = site.redis_pid
    os.kill(redis, signal.SIGSTOP)
    with Busy([Writer(site, pair) for pair in pairs()[:8]], pause=0.5) as busy:
        time.sleep(seconds / 2)
        queue_mails(mails)
        signing = sign_in(site)
        time.sleep(seconds / 2)
    os.kill(redis, signal.SIGCONT)
    return busy, signing


def sign_in(site: Ground):
    """With a password, which the cache counts."""
    form = {"login": "coordinator0@soak.example", "password": PASSWORD}
    return Client(site.port).post("/accounts/login/", form)


def seconds_until_out(site: Ground, mails: int, within: float = 60) -> float | None:
    """How long it takes until the sink has so many; None when it takes too long."""
    began = time.monotonic()
    try:
        eventually(lambda: len(arrived(site)) >= mails, within)
    except NotInTime:
        return None
    return round(time.monotonic() - began, 1)


def arrived(site: Ground) -> set[str]:
    """Whom of `queue_mails` a mail has reached; not the people who write sessions."""
    everybody = {mail["to"] for mail in site.sink.mails()}
    return {to for to in everybody if to.startswith(("mail", "later"))}


@fault(
    "F6",
    "Redis is killed and comes back empty in the middle of sending",
    demand="0 lost; recovered within 60 s",
)
def redis_is_emptied(*, seed: int, short: bool) -> Finding:
    mails, later = 100 if short else 1500, 20
    with ground(short) as site:
        site.sink.behave("slow", seconds=A_SEND)
        queue_mails(mails)
        worker = site.worker()
        site.beat()
        eventually(worker.workers, 60, "the worker's pool")
        site.wake(SWEEP, times=2)
        eventually(lambda: len(arrived(site)) > 10, 60, "the first mails")
        site.kill_redis()
        queue_mails(later, name="later")
        site.start_redis(empty=True)
        out = seconds_until_out(site, mails + later, 60 if short else 120)
        lost = mails + later - len(arrived(site))
    figures = {"mails": mails + later, "lost": lost, "repeats": site.sink.repeats()}
    demands = {
        "no mail is lost": lost == 0,
        "none comes twice": site.sink.repeats() == 0,
        "it recovers by itself": out is not None,
    }
    return Finding({**figures, "all out after, s": out}, unmet(demands))
