"""Send what was claimed, each by itself, and mark it."""

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from time import monotonic, sleep

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F

from .. import chat
from ..letter import DIGEST, NothingLeft, compose
from ..models import Channel, Gate, Notice
from .bounces import bounced, refused_for_good
from .claiming import LEASE, claim
from .pacing import NotYet, domain_of
from .post import Post, is_away, is_for_now, said

logger = logging.getLogger(__name__)

LONGEST_SWEEP = 240  # seconds; the next tick goes on
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
TRIES_OF_A_BROKEN_MAIL = 5
TRIES = 48  # about two days of "try again later"
AFTER_A_SLOW_ONE = timedelta(minutes=1)

Skipped, State, Trouble = Notice.Skipped, Notice.State, Notice.Trouble


class Unwritable(Exception):
    """The template or the context of a mail is broken."""


def sweep(now: datetime, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Deliver everything that is due at `now`; returns how many mails went out. Once
    `stop` says so, the mail in hand is the last.

    Many sweepers may run at once. A killed one loses nothing: its leases run out and
    what was not marked is sent again, with the same Message-ID.
    """
    sent, clock = 0, Clock(now)
    with closing(Post()) as post:
        while clock.passed < LONGEST_SWEEP and not post.down and not stop():
            leased_at = clock.now
            try:
                batch = claim(leased_at)
            except NotYet as pace:
                sleep(min(pace.seconds, 1))
                continue
            if not batch:
                break
            sent += deliver_all(batch, post, clock, stop)
    return sent


def deliver_all(batch: list[Notice], post: Post, clock: "Clock", stop) -> int:
    """Deliver the leased ones of a batch; returns how many went out. What cannot be
    tried in time is given back for others to take."""
    waiting = [notice for notice in batch if notice.state == State.SENDING]
    until = clock.now + LEASE / 2
    sent, proven = 0, False
    while waiting and clock.now < until and not post.down and not stop():
        notice = waiting.pop(0)
        if domain_of(notice) in post.slow:
            give_back([notice], due_at=clock.now + AFTER_A_SLOW_ONE)
        elif deliver(notice, post, clock):
            sent += 1
            if notice.channel == Channel.EMAIL and not proven:
                proven = True
                Gate.objects.worked()
    give_back(waiting)
    return sent


def deliver(notice: Notice, post: Post, clock: "Clock") -> bool:
    """Send one leased notice and mark it, or put it off; whether it was sent. Whoever
    has pressed stop since it was leased gets it no more."""
    if notice.is_stopped():
        leave_out(notice)
        return False
    try:
        if notice.channel == Channel.CHAT:
            chat.send(notice)
        else:
            mail = written(notice, clock.now)
            post.send(mail, domain_of(notice), clock.now)
    except NothingLeft:
        settle(notice, state=State.CANCELED)
        return False
    except Exception as error:  # whatever it is, it must not stop the others
        put_off(notice, error, clock.now)
        return False
    settle(notice, state=State.SENT, sent_at=clock.now, last_error="", trouble="")
    return True


@transaction.atomic
def leave_out(notice: Notice) -> None:
    """Its reader does not want it any more; the lines of a digest come one by one."""
    if notice.template != DIGEST:
        settle(notice, state=State.SKIPPED, skipped_because=Skipped.PREFERENCE)
    elif settle(notice, state=State.CANCELED):
        notice.folded.unfold()


def written(notice: Notice, at: datetime) -> EmailMultiAlternatives:
    """The mail of a notice. Raises NothingLeft, or Unwritable for whatever else: that
    is the mail's own fault, not the mail server's. Coordinators read what it says, and
    the words of a template's error may hold all that the mail knows."""
    try:
        return compose(notice, at=at)
    except NothingLeft:
        raise
    except Exception as error:
        raise Unwritable(f"{type(error).__name__} in {notice.template}") from error


def put_off(notice: Notice, error: Exception, at: datetime) -> None:
    """Try again later, or give up: at once when it is refused for good, after two days
    of "try again later", after five tries when the mail itself is broken. A server that
    is away is not the mail's fault, and only the mail's time limit ends the waiting."""
    logger.warning(
        "Notice %s was not sent: %s",
        notice.pk,
        type(error).__name__,
        extra={"notice": str(notice.pk)},
    )
    words = said(error)[:300]
    bounced(notice, error, words=words, at=at)
    why = {"last_error": words, "trouble": trouble_of(notice, error)}
    if is_hopeless(notice, error):
        settle(notice, state=State.DEAD, **why)
    else:
        wait = BACK_OFF[min(notice.attempts, len(BACK_OFF)) - 1]
        settle(notice, state=State.PENDING, due_at=at + wait, slot_at=None, **why)


def trouble_of(notice: Notice, error: Exception) -> str:
    """What went wrong, as one of the few things a coordinator can tell apart."""
    if isinstance(error, Unwritable):
        return Trouble.BROKEN
    if notice.channel == Channel.CHAT:
        return Trouble.CHAT
    if is_away(error):
        return Trouble.AWAY
    refused = isinstance(error, SMTPRecipientsRefused)
    return Trouble.ADDRESS if refused else Trouble.SERVER


def is_hopeless(notice: Notice, error: Exception) -> bool:
    """Whether trying again is of no use."""
    if refused_for_good(error) or isinstance(error, chat.Refused):
        return True
    if is_away(error):
        return False
    tries = TRIES if is_for_now(error) else TRIES_OF_A_BROKEN_MAIL
    return notice.attempts >= tries


def settle(notice: Notice, **changes) -> bool:
    """Mark a notice, unless its lease has run out and somebody else holds it now;
    whether it was still ours."""
    ours = Notice.objects.filter(
        pk=notice.pk, state=State.SENDING, lease_until=notice.lease_until
    )
    return bool(ours.update(lease_until=None, **changes))


def give_back(notices: Iterable[Notice], **changes) -> None:
    """Untried, for another claim; it counts as no attempt."""
    for notice in notices:
        attempts = F("attempts") - 1
        settle(notice, state=State.PENDING, attempts=attempts, **changes)


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
