"""Delivery: lease a few notices, send them outside any transaction, mark each."""

import logging
import smtplib
from collections import Counter
from contextlib import closing, suppress
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.utils.encoding import force_str

from mentorship.accounts.models import User, audit

from .letter import compose
from .models import Kind, Notice, Preference
from .quiet import quiet_until
from .signals import looking_for_reasons_to_wait

logger = logging.getLogger(__name__)

BATCH = 20
# What a batch takes when each of its mails runs into the time limit, twice over.
LEASE = timedelta(seconds=2 * BATCH * settings.EMAIL_TIMEOUT)
LONGEST_SWEEP = 240  # seconds; the next tick goes on
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
TRIES_OF_A_BROKEN_MAIL = 5
TRIES = 48  # about two days of a mail server that does not answer
REMINDERS_A_WEEK = 2
ONE_CLAIM_AT_A_TIME = "select pg_advisory_xact_lock(8317002)"

Skipped, State = Notice.Skipped, Notice.State


class NotRetriable(Exception):
    """Only a notice that died, and whose time has not passed, can be tried again."""


def sweep(now: datetime) -> int:
    """Deliver everything that is due at `now`; returns how many mails went out.

    Many sweepers may run at once. A killed one loses nothing: its leases run out and
    what was not marked is sent again, with the same Message-ID.
    """
    sent, clock = 0, Clock(now)
    with closing(Post()) as post:
        while clock.passed < LONGEST_SWEEP and not post.down:
            leased_at = clock.now
            batch = claim(leased_at)
            if not batch:
                break
            for notice in batch:
                # Whatever a slow server leaves too little time for comes back later.
                in_time = clock.now < leased_at + LEASE / 2
                if notice.state == State.SENDING and in_time:
                    sent += deliver(notice, post, clock.now)
    return sent


@transaction.atomic
def claim(now: datetime) -> list[Notice]:
    """The next due notices, decided: leased to us, moved past the reader's quiet hours,
    or skipped because of the weekly cap. Empty when nothing is due.

    Claims follow one another, so that two sweepers count one person's week alike.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE_CLAIM_AT_A_TIME)
    skip_pointless(now)
    batch = list(
        Notice.objects.due(now)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .order_by("due_at", "key")[:BATCH]
    )
    reminded = Counter(
        Notice.objects.reminding(now)
        .filter(recipient__in=[notice.recipient_id for notice in batch])
        .exclude(pk__in=[notice.pk for notice in batch])
        .values_list("recipient", flat=True)
    )
    waits = reasons_to_wait(batch, now)
    for notice in batch:
        decide(notice, reminded, now, waits.get(notice.pk))
    decided = ["state", "skipped_because", "due_at", "lease_until", "attempts"]
    Notice.objects.bulk_update(batch, [*decided, "not_after"])
    return batch


def reasons_to_wait(batch: list[Notice], now: datetime) -> dict:
    """{id: moment} of the reminders that an app above holds back until then."""
    reminders = [notice for notice in batch if notice.kind in Kind.reminders()]
    if not reminders:
        return {}
    answers = looking_for_reasons_to_wait.send(Notice, notices=reminders, now=now)
    return {pk: at for _receiver, found in answers for pk, at in found.items()}


def skip_pointless(now: datetime) -> None:
    """Skip what is due but too late, unwanted, or for somebody who has left."""
    # A join would hide the states from whoever waits for another sender.
    due, gone = Notice.objects.due(now), User.objects.filter(is_active=False)
    due.filter(not_after__lt=now).skip(Skipped.LATE)
    due.filter(recipient__in=gone).skip(Skipped.GONE)
    due.unwanted().skip(Skipped.PREFERENCE)


def decide(
    notice: Notice, reminded: Counter, now: datetime, wait: datetime | None = None
) -> None:
    """Set what becomes of a due notice, unsaved. `reminded` counts each person's
    reminders of the last seven days; the cap, a promise, comes with the notice. One
    that is to `wait` keeps all its time, counted from then."""
    reminder = notice.kind in Kind.reminders()
    cap = notice.context.get("reminders_a_week") or REMINDERS_A_WEEK
    at_once = notice.kind == Kind.ACCOUNT or notice.context.get("at_once")
    quiet = not at_once and quiet_until(notice.recipient, now)
    notice.lease_until = None
    if wait:
        if notice.not_after:
            notice.not_after += wait - notice.due_at
        notice.state, notice.due_at = State.PENDING, wait
    elif quiet:
        notice.state, notice.due_at = State.PENDING, quiet
    elif reminder and reminded[notice.recipient_id] >= cap:
        notice.state, notice.skipped_because = State.SKIPPED, Skipped.CAP
    else:
        notice.state, notice.lease_until = State.SENDING, now + LEASE
        notice.attempts += 1
        reminded[notice.recipient_id] += reminder


def deliver(notice: Notice, post: "Post", at: datetime) -> bool:
    """Send one leased notice and mark it, or put it off; whether it was sent."""
    try:
        post.send(compose(notice))
    except Exception as error:  # whatever it is, it must not stop the others
        put_off(notice, error, at)
        return False
    settle(notice, state=State.SENT, sent_at=at, last_error="")
    return True


def put_off(notice: Notice, error: Exception, at: datetime) -> None:
    """Try again later, or give up: at once when the address is refused for good, after
    five tries when the mail itself is broken, after two days otherwise."""
    tries = TRIES if isinstance(error, OSError) else TRIES_OF_A_BROKEN_MAIL
    logger.warning("Notice %s was not sent: %s", notice.pk, type(error).__name__)
    words = said(error)[:300]
    if is_final(error) or notice.attempts >= tries:
        settle(notice, state=State.DEAD, last_error=words)
    else:
        wait = BACK_OFF[min(notice.attempts, len(BACK_OFF)) - 1]
        settle(notice, state=State.PENDING, due_at=at + wait, last_error=words)


def said(error: Exception) -> str:
    """What went wrong: the mail server's own words where it had any."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers: list = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        answers = [(error.smtp_code, error.smtp_error)]
    else:
        return f"{type(error).__name__}: {error}"
    return "; ".join(f"{code} {force_str(words)}" for code, words in answers)


def is_final(error: Exception) -> bool:
    """Whether the mail server said that this address will never take a mail."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _words in error.recipients.values()
    )


def settle(notice: Notice, **changes) -> None:
    """Mark a notice, unless its lease has run out and somebody else holds it now."""
    Notice.objects.filter(
        pk=notice.pk, state=State.SENDING, lease_until=notice.lease_until
    ).update(lease_until=None, **changes)


@transaction.atomic
def retry(notice: Notice, *, by, at: datetime) -> None:
    """Try a dead notice once more from the start. Raises NotRetriable."""
    dead = Notice.objects.retriable(at).filter(pk=notice.pk)
    if not dead.update(state=State.PENDING, attempts=0, due_at=at):
        raise NotRetriable
    audit("retried mail", notice, by=by, program_id=notice.program_id)


def choose(user, wanted: list[str], *, at: datetime) -> None:
    """Keep which kinds of notice a person wants; every other optional kind is off."""
    Preference.objects.keep(
        [
            Preference(user=user, kind=kind, wanted=kind in wanted, changed_at=at)
            for kind in Kind.optional()
        ]
    )


def turn_off(user, kind: str, *, at: datetime) -> None:
    """Send a person no more notices of this kind, from now on."""
    off = Preference(user=user, kind=kind, wanted=False, changed_at=at)
    Preference.objects.keep([off])


class Clock:
    """Goes on from a given moment, so that a caller may choose the time."""

    def __init__(self, start: datetime):
        self.start, self.began = start, monotonic()

    @property
    def passed(self) -> float:
        return monotonic() - self.began

    @property
    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)


class Post:
    """One connection to the mail server. When it cannot be reached, `down` holds the
    error, and nothing else is tried through this connection."""

    def __init__(self):
        self.connection = get_connection()
        self.down: OSError | None = None

    def send(self, mail: EmailMultiAlternatives) -> None:
        """Raises OSError, of which every SMTP error is a kind."""
        if self.down:
            raise self.down
        try:
            self.connection.open()
        except OSError as error:
            self.down = error
            raise
        try:
            self.connection.send_messages([mail])
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()
