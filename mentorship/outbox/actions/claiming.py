"""Which due notices this sender takes, and what becomes of the others."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from ..models import Gate, Kind, Notice
from ..quiet import quiet_until
from ..signals import looking_for_reasons_to_wait
from . import pacing
from .fate import Fate
from .folding import fold, take_apart

BATCH = 20
# Half of it for the batch; the other half for its last mail, which waits for a slow
# server six times at most: to connect, greet, hear from whom and to whom, take, answer.
LEASE = timedelta(seconds=12 * settings.EMAIL_TIMEOUT)
REMINDERS_A_WEEK = 2

Skipped, State = Notice.Skipped, Notice.State


@transaction.atomic
def claim(now: datetime) -> list[Notice]:
    """The next due notices, decided: leased to us, moved past the reader's quiet hours,
    or skipped. Empty when nothing is due or the gate is shut. Raises pacing.NotYet
    while mail is due and its pace allows none.

    Claims follow one another through the locked gate, so that two senders count one
    person's week, and everybody's pace, alike.
    """
    gate = Gate.objects.select_for_update().get()
    if gate.held_since or gate.is_closed(now):
        return []
    most = pacing.allowed(gate, now, 1 if gate.is_probing else BATCH)
    due = Notice.objects.due(now).with_wishes().in_line()
    if not most:
        pacing.wait_unless_idle(gate, now, idle=not due[:1])
    batch = list(due.select_for_update(skip_locked=True, of=("self",))[:most])
    settled = take_apart(batch) | fold(batch, now)
    single = [notice for notice in batch if notice.pk not in settled]
    sending = write_down(single, fates_of(single, now), now)
    if sending:
        pacing.passed(gate, sending, now)
    return batch


def fates_of(batch: list[Notice], now: datetime) -> dict:
    """{id: Fate} in the order of the batch, because some count those before them."""
    wanted = [notice for notice in batch if notice.room_id is None]
    reminded = reminders_lately([n for n in wanted if n.is_reminder], now)
    waits = reasons_to_wait(wanted, now)
    pace = pacing.DomainPaces(batch, now)
    found = {}
    for notice in batch:
        skipped = reason_to_skip(notice, now)
        found[notice.pk] = (
            Fate(State.SKIPPED, skipped)
            if skipped
            else moved(notice, now, waits.get(notice.pk))
            or capped(notice, reminded)
            or pace.later(notice)
            or Fate(State.SENDING)
        )
        if found[notice.pk].state == State.SENDING:
            reminded[notice.recipient_id] += notice.is_reminder
    pace.save()
    return found


def reminders_lately(reminders: list[Notice], now: datetime) -> Counter:
    """{person: reminders of the last seven days}, those of the batch left out."""
    if not reminders:
        return Counter()
    return Counter(
        Notice.objects.reminding(now)
        .filter(recipient__in={notice.recipient_id for notice in reminders})
        .exclude(pk__in=[notice.pk for notice in reminders])
        .values_list("recipient", flat=True)
    )


def reasons_to_wait(notices: list[Notice], now: datetime) -> dict:
    """{id: moment} of the reminders that an app above holds back until then."""
    reminders = [notice for notice in notices if notice.is_reminder]
    if not reminders:
        return {}
    answers = looking_for_reasons_to_wait.send(Notice, notices=reminders, now=now)
    return {pk: at for _receiver, found in answers for pk, at in found.items()}


def reason_to_skip(notice: Notice, now: datetime) -> str:
    """Why a due notice is not sent at all, or nothing."""
    if notice.not_after and notice.not_after < now:
        return Skipped.LATE
    reader = notice.recipient
    if reader is None:
        return ""
    if not reader.is_active:
        return Skipped.GONE
    if notice.is_unwanted:
        return Skipped.PREFERENCE
    if notice.kind != Kind.ACCOUNT and reader.mail_comes_back(now):
        return Skipped.BOUNCES
    return ""


def moved(notice: Notice, now: datetime, wait: datetime | None) -> Fate | None:
    """To a later moment: because an app above asks for it, which keeps the notice all
    its time, or because its reader has quiet hours."""
    if wait:
        until = notice.not_after and notice.not_after + (wait - notice.due_at)
        return Fate(due_at=wait, not_after=until)
    at_once = notice.kind == Kind.ACCOUNT or notice.context.get("at_once")
    if notice.recipient is None or at_once:
        return None
    quiet = quiet_until(notice.recipient, now)
    return Fate(due_at=quiet) if quiet else None


def capped(notice: Notice, reminded: Counter) -> Fate | None:
    """Not sent, because this person has had enough reminders."""
    if not notice.is_reminder or notice.context.get("beyond_cap"):
        return None
    promised = notice.context.get("reminders_a_week")
    if reminded[notice.recipient_id] < most_a_week(notice.recipient, promised):
        return None
    return Fate(State.SKIPPED, Skipped.CAP)


def most_a_week(reader, promised: int | None) -> int:
    """How many reminders a week somebody gets at most: as many as the charter has
    `promised`, or fewer by their own limit."""
    most, own = promised or REMINDERS_A_WEEK, reader.reminders_a_week
    return most if own is None else min(most, own)


def write_down(batch: list[Notice], fates: dict, now: datetime) -> list[Notice]:
    """Save what was decided, equal fates together; returns those to be sent."""
    alike = defaultdict(list)
    for notice in batch:
        alike[fates[notice.pk]].append(notice)
    for fate, notices in alike.items():
        changes = changes_of(fate, now)
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(
            **changes
            | ({"attempts": F("attempts") + 1} if fate.state == State.SENDING else {})
        )
        for notice in notices:
            notice.attempts += fate.state == State.SENDING
            for name, value in changes.items():
                setattr(notice, name, value)
    return [notice for notice in batch if notice.state == State.SENDING]


def changes_of(fate: Fate, now: datetime) -> dict:
    """The columns that a fate sets."""
    found: dict = {"state": fate.state, "lease_until": None}
    if fate.state == State.SENDING:
        return {**found, "lease_until": now + LEASE, "claimed_at": now}
    if fate.state == State.SKIPPED:
        return {**found, "skipped_because": fate.skipped_because}
    moved_to = {"due_at": fate.due_at, "not_after": fate.not_after}
    moved_to["slot_at"] = fate.slot_at
    return found | {name: value for name, value in moved_to.items() if value}
