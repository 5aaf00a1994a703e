"""How fast mail may go out: for all together, and to one mail domain.

A token bucket kept as one moment, the one from which on the next mail is free (the
generic cell rate algorithm, ITU-T I.371): each mail moves it on by 1/rate, and it never
lags more than a second's worth behind.
"""

from datetime import datetime, timedelta

from django.conf import settings

from ..models import Channel, DomainPace, Gate, Notice
from ..models.gate import PAUSE
from .fate import Fate

FURTHEST = timedelta(days=2)


class NotYet(Exception):
    """Mail is due, and may go in so many `seconds`."""

    def __init__(self, seconds: float):
        self.seconds = seconds


def room(rate: float) -> timedelta:
    """How far the free moment may lag behind: a second, or one mail."""
    return timedelta(seconds=max(1, 1 / rate))


def start(free_at: datetime | None, now: datetime, rate: float) -> datetime:
    """The free moment as it counts. One further ahead than a mail takes was written by
    a clock that has been put back."""
    earliest = now - room(rate)
    if free_at is None or free_at > now + room(rate):
        return earliest
    return max(free_at, earliest)


def allowed(gate: Gate, now: datetime, most: int) -> int:
    """How many mails may be taken now, `most` at most."""
    rate = settings.MAIL_PER_SECOND
    if not rate:
        return most
    free = (now - start(gate.free_at, now, rate)).total_seconds() * rate
    return min(most, int(free + 1e-3))  # moments are whole microseconds


def wait_unless_idle(gate: Gate, now: datetime, *, idle: bool) -> None:
    """Raise NotYet unless nothing is due anyway."""
    if not idle:
        rate = settings.MAIL_PER_SECOND
        passed = now - start(gate.free_at, now, rate)
        raise NotYet(1 / rate - passed.total_seconds())


def passed(gate: Gate, sending: list[Notice], now: datetime) -> None:
    """Count what is being sent, and begin the pause during which one mail probes."""
    changes = {}
    if rate := settings.MAIL_PER_SECOND:
        took = timedelta(seconds=len(sending) / rate)
        changes["free_at"] = start(gate.free_at, now, rate) + took
    if gate.is_probing:
        changes["closed_until"] = now + PAUSE
    if changes:
        Gate.objects.update(**changes)


class DomainPaces:
    """The paces of a batch's mail domains, when there is a limit for each. Every mail
    gets one moment, may go then, and asks for none again."""

    def __init__(self, batch: list[Notice], now: datetime):
        self.rate, self.now = settings.MAIL_PER_SECOND_AND_DOMAIN, now
        self.free: dict[str, datetime] = {}
        if self.rate:
            domains = {domain_of(notice) for notice in batch} - {""}
            rows = DomainPace.objects.filter(domain__in=domains)
            self.free = dict(rows.values_list("domain", "free_at"))

    def later(self, notice: Notice) -> Fate | None:
        """The fate of a mail whose domain has had enough for now, or None."""
        domain = domain_of(notice)
        if not self.rate or not domain or notice.slot_at:
            return None
        earliest = self.now - room(self.rate)
        free = self.free.get(domain, earliest)
        free = earliest if free > self.now + FURTHEST else max(free, earliest)
        self.free[domain] = free + timedelta(seconds=1 / self.rate)
        return Fate(due_at=free, slot_at=free) if free > self.now else None

    def save(self) -> None:
        DomainPace.objects.bulk_create(
            [DomainPace(domain=name, free_at=at) for name, at in self.free.items()],
            update_conflicts=True,
            unique_fields=["domain"],
            update_fields=["free_at"],
        )


def domain_of(notice: Notice) -> str:
    """The mail domain of a notice's reader; nothing when it is no mail."""
    if notice.channel != Channel.EMAIL or notice.recipient is None:
        return ""
    return notice.recipient.email.rpartition("@")[2].lower()
