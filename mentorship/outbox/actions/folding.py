"""One mail instead of many when reminders have piled up."""

import uuid
from collections import defaultdict
from datetime import datetime

from ..letter import DIGEST
from ..models import Channel, Kind, Notice
from ..signals import looking_for_reasons_to_wait

MANY = 2  # as many overdue reminders still come one by one

Skipped, State = Notice.Skipped, Notice.State


def fold(batch: list[Notice], now: datetime) -> set:
    """Fold what is overdue for the readers of this batch who have more than two such
    reminders: each gets one mail that lists theirs. Returns the ids of folded rows.

    Reminders that are unwanted, too late or held back by an app above stay by
    themselves; whoever switched the digest off gets them one by one.
    """
    if not any(notice.is_overdue(now) for notice in batch):
        return set()
    folded = set()
    for rows in piles({notice.recipient_id for notice in batch}, now):
        if len(rows) > MANY:
            into = digest_of(rows)
            Notice.objects.queue([into])
            ids = [row.pk for row in rows]
            Notice.objects.filter(pk__in=ids).fold(into)
            folded.update(ids)
    for notice in batch:
        if notice.pk in folded:
            notice.state = State.SKIPPED
    return folded


def take_apart(batch: list[Notice]) -> set:
    """Where somebody has switched the digest off since theirs was made, its lines come
    one by one, under their own wishes. Returns the ids of such digests, canceled."""
    apart = [one for one in batch if one.is_unwanted and one.template == DIGEST]
    ids = {digest.pk for digest in apart}
    if ids:
        Notice.objects.filter(pk__in=ids).update(state=State.CANCELED)
        Notice.objects.filter(folded_into__in=ids).unfold()
    for digest in apart:
        digest.state = State.CANCELED
    return ids


def piles(people: set, now: datetime) -> list[list[Notice]]:
    """The foldable overdue reminders of each of these people, oldest first."""
    overdue = list(
        Notice.objects.overdue(now)
        .filter(recipient__in=people - {None}, recipient__is_active=True)
        .wanting(Kind.DIGEST)
        .with_wishes()
        .in_line()
        .select_for_update(skip_locked=True, of=("self",))
    )
    answers = looking_for_reasons_to_wait.send(Notice, notices=overdue, now=now)
    waiting = {pk for _receiver, found in answers for pk in found}
    found = defaultdict(list)
    for row in overdue:
        if not row.is_unwanted and row.pk not in waiting:
            found[row.recipient_id].append(row)
    return list(found.values())


def digest_of(rows: list[Notice]) -> Notice:
    """The unsaved mail that stands for these reminders of one person. What it says is
    found in them when it is sent."""
    first, programs = rows[0], {row.program_id for row in rows}
    limits = [row.context.get("reminders_a_week") for row in rows]
    pk = uuid.uuid4()  # a reminder may be folded, taken back, and folded again
    return Notice(
        pk=pk,
        recipient=first.recipient,
        kind=Kind.DIGEST,
        channel=Channel.EMAIL,
        template=DIGEST,
        context={
            "path": "/",
            "program": first.context.get("program", ""),
            "reminders_a_week": min(filter(None, limits), default=None),
            # A question that no cap keeps back is not lost for being in company.
            "beyond_cap": any(row.kind not in Kind.reminders() for row in rows),
        },
        key=f"digest:{pk}",
        due_at=first.due_at,
        not_after=max(row.not_after for row in rows if row.not_after),
        program_id=first.program_id if len(programs) == 1 else None,
    )
