"""Concerns: raised to a named person, answered in time, or else one step higher.

No audit entry tells of them, and no notice says what they are about or where.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from feedback import notices
from feedback.models import Concern, ConcernOwner, ConcernWords
from feedback.readers import Reader
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User
from mentorship.outbox.models import Notice
from pairing.models import Pair

State = Concern.State
# What may come after what; the raiser alone takes one back.
STEPS = {
    State.ACKNOWLEDGED: {State.RAISED},
    State.IN_HAND: {State.RAISED, State.ACKNOWLEDGED},
    State.CLOSED: {State.RAISED, State.ACKNOWLEDGED, State.IN_HAND},
    State.WITHDRAWN: {State.RAISED, State.ACKNOWLEDGED, State.IN_HAND},
}


class ConcernHasMoved(Exception):
    """Somebody was faster: it is closed, taken back, or further on."""


@transaction.atomic
def raise_concern(
    reader: Reader,
    *,
    text: str,
    by,
    at: datetime,
    form_id: UUID,
    pair: Pair | None = None,
    urgent: bool = False,
    last: Reader | None = None,
) -> Concern:
    """Bring a concern to one person, and at once to the `last` of the path when
    somebody is at risk. Sent twice, it is there once."""
    readers = [reader, last] if urgent and last and last != reader else [reader]
    with acting_as(by):
        concern, new = Concern.objects.get_or_create(
            raiser=by,
            form_id=form_id,
            defaults={
                "program": reader.program,
                "pair": pair,
                "urgent": urgent,
                "step": reader.step,
                "reply_by": reader.reply_by(at),
                "raised_at": at,
            },
        )
        if new:
            hand_over(concern, readers, text, at)
    return concern


def hand_over(concern: Concern, readers: list[Reader], text: str, at: datetime) -> None:
    """Give a new concern its owners and first words, and write to them."""
    ConcernOwner.objects.bulk_create(
        [
            ConcernOwner(concern=concern, user=reader.user, step=reader.step, since=at)
            for reader in readers
        ]
    )
    ConcernWords.objects.create(
        concern=concern, author=concern.raiser, text=text, at=at
    )
    Notice.objects.queue(
        [notices.concern_brought(concern, reader.user, at=at) for reader in readers]
    )


@transaction.atomic
def write_in_concern(
    concern: Concern,
    *,
    text: str,
    by,
    at: datetime,
    form_id: UUID,
    for_owners: bool = False,
) -> None:
    """Add words: for the raiser and the owners, or of an owner for the others alone.
    An owner's words to the raiser are an answer. Raises ConcernHasMoved when it is
    closed."""
    with acting_as(by):
        concern = locked(concern, {State.RAISED, State.ACKNOWLEDGED, State.IN_HAND})
        words, new = ConcernWords.objects.get_or_create(
            author=by,
            form_id=form_id,
            defaults={
                "concern": concern,
                "text": text,
                "for_owners": for_owners,
                "at": at,
            },
        )
        if new:
            if by.pk != concern.raiser_id and not for_owners:
                note_answered(concern, at)
            Notice.objects.queue(
                [
                    notices.concern_words(words, person, at=at)
                    for person in told(concern, by, for_owners)
                ]
            )


def note_answered(concern: Concern, at: datetime) -> None:
    """Whoever answers has read it, so that it climbs to nobody else."""
    if concern.state == State.RAISED:
        concern.state, concern.acknowledged_at = State.ACKNOWLEDGED, at
        concern.save(update_fields=["state", "acknowledged_at"])


@transaction.atomic
def move_concern(concern: Concern, state: str, *, by, at: datetime) -> Concern:
    """Say that it was read, is in hand, or is over; the other side hears that there is
    news. Raises ConcernHasMoved."""
    with acting_as(by):
        concern = locked(concern, STEPS[State(state)])
        concern.state = state
        if state in {State.CLOSED, State.WITHDRAWN}:
            concern.closed_at = at
        if state != State.WITHDRAWN and concern.acknowledged_at is None:
            concern.acknowledged_at = at
        concern.save(update_fields=["state", "acknowledged_at", "closed_at"])
        if not concern.is_open:
            Notice.objects.about(concern).cancel()
        Notice.objects.queue(
            [
                notices.concern_moved(concern, person, at=at)
                for person in told(concern, by)
            ]
        )
    return concern


def locked(concern: Concern, states: set) -> Concern:
    """The row, locked against the night and the other side. Raises ConcernHasMoved."""
    row = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    if row.state not in states:
        raise ConcernHasMoved
    return row


def told(concern: Concern, by, for_owners: bool = False) -> list[User]:
    """Who hears of news: an owner's are for the raiser, the raiser's for the owners."""
    owners = ConcernOwner.objects.filter(concern=concern).exclude(user=by)
    if by.pk == concern.raiser_id or for_owners:
        return [owner.user for owner in owners.select_related("user")]
    return [concern.raiser]


@transaction.atomic
def climb_concerns(now: datetime) -> int:
    """Bring every concern without an answer in time one step higher and write to who
    owns that; returns how many. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute("select * from climb_concerns(%s)", [now])
        climbed = cursor.fetchall()
    people = User.objects.in_bulk([owner for _concern, owner, _by in climbed])
    Notice.objects.queue(
        [
            notices.concern_climbed(concern, people[owner], reply_by=reply_by, at=now)
            for concern, owner, reply_by in climbed
        ]
    )
    return len(climbed)
