"""What a watcher of the whole site asks: is everything that happens by itself still
happening? Each fact has its limit; past it the fact is late, and so is the site."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import redis
from django.conf import settings
from django.db.models import Max, Min

from mentorship.outbox.models import Notice

from ..models import Heartbeat

HEARTBEATS = {
    Heartbeat.Name.BEAT: timedelta(minutes=3),
    Heartbeat.Name.SWEEP: timedelta(minutes=10),
    Heartbeat.Name.NIGHT: timedelta(hours=3),
    Heartbeat.Name.BACKUP: timedelta(hours=36),
    Heartbeat.Name.DRILL: timedelta(days=40),
}
LONGEST_WAIT = timedelta(minutes=15)  # of a mail that is due
LONGEST_SILENCE = timedelta(hours=1)  # of the mail server, while mail was refused
LEAST_FREE = 0.1  # of the disk


@dataclass(frozen=True)
class Fact:
    """One thing that was asked, with a number, its limit and its unit."""

    name: str
    value: float | None
    limit: float
    unit: str
    ok: bool

    def as_json(self) -> dict:
        state = "ok" if self.ok else "late"
        return {"state": state, "value": self.value, "limit": self.limit} | {
            "unit": self.unit
        }


def facts(now: datetime) -> Iterator[Fact]:
    """Every fact at `now`. Raises DatabaseError when even the database is away."""
    yield of_redis()
    yield of_disk()
    yield of_waiting_mail(now)
    yield of_mail_server(now)
    last = dict(Heartbeat.objects.values_list("name", "at"))
    for name, limit in HEARTBEATS.items():
        age = now - last[name] if name in last else None
        yield in_seconds(f"last {name}", age, limit, age is not None and age <= limit)


def in_seconds(name: str, age: timedelta | None, limit: timedelta, ok: bool) -> Fact:
    seconds = None if age is None else round(age.total_seconds(), 1)
    return Fact(name, seconds, limit.total_seconds(), "seconds", ok)


def of_redis() -> Fact:
    """Without it pages still work; plans and mail start up to half a minute later."""
    try:
        asked = redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2
        )
        answers = bool(asked.ping())
        asked.close()
    except redis.RedisError:
        answers = False
    return Fact("redis", float(answers), 1, "answers", answers)


def of_disk() -> Fact:
    """The part of this machine's disk that is free, where files or state lie."""
    state = Path(settings.STATE)
    place = next(each for each in (state, *state.parents) if each.exists())
    total, _used, free = shutil.disk_usage(place)
    part = round(free / total, 3)
    return Fact("disk free", part, LEAST_FREE, "part", part >= LEAST_FREE)


def of_waiting_mail(now: datetime) -> Fact:
    age = oldest_due(now)
    ok = age is None or age <= LONGEST_WAIT
    return in_seconds("oldest due notice", age, LONGEST_WAIT, ok)


def oldest_due(now: datetime) -> timedelta | None:
    """How long the notice has waited that has waited longest, if any is due."""
    oldest = Notice.objects.due(now).aggregate(oldest=Min("due_at"))["oldest"]
    return oldest and now - oldest


def of_mail_server(now: datetime) -> Fact:
    """How long ago it took a mail. That is too long only while it refuses some: on a
    quiet day nothing is sent."""
    last = Notice.objects.filter(state=Notice.State.SENT).aggregate(last=Max("sent_at"))
    refused = Notice.objects.unsent().filter(attempts__gt=0).exists()
    age = last["last"] and now - last["last"]
    silent = refused and (age is None or age > LONGEST_SILENCE)
    return in_seconds("last mail sent", age, LONGEST_SILENCE, not silent)
