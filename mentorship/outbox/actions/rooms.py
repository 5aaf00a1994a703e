"""Rooms of a program's chat, and what everybody there may hear."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from mentorship.accounts.models import audit

from ..models import Channel, ChatRoom, Kind, Notice

FRESH = timedelta(days=1)  # older news is no news


@transaction.atomic
def add_room(
    *, program_id, label: str, address: str, kinds: list[str], language: str, by, at
) -> ChatRoom:
    """Let a room hear these kinds. Raises IntegrityError when the name is taken."""
    room = ChatRoom(
        program_id=program_id,
        label=label,
        kinds=kinds,
        language=language,
        added_by=by,
        added_at=at,
    )
    room.address = address
    room.save()
    audit("added chat room", room, by=by, program_id=program_id, label=label)
    return room


@transaction.atomic
def drop_room(room: ChatRoom, *, by) -> None:
    """Write there no more, and forget the address and its key."""
    audit("removed chat room", room, by=by, program_id=room.program_id)
    room.forget_key()
    room.delete()


def try_room(room: ChatRoom, *, program: str, at: datetime) -> None:
    """Send a message that says only that it works; once a minute at most."""
    Notice.objects.queue(
        [
            to_room(
                room,
                Kind.ANNOUNCEMENT,
                template="outbox/hello",
                key=f"hello:{room.pk}:{at:%Y-%m-%dT%H:%M}",
                context={"program": program},
                at=at,
            )
        ]
    )


def tell_rooms(program_id, kind: Kind, *, template: str, key: str, context, at) -> None:
    """Tell every room of a program that hears this kind. The context names no person:
    nobody knows who reads in a room."""
    rooms = ChatRoom.objects.of_program(program_id).hearing(kind)
    Notice.objects.queue(
        [
            to_room(
                room,
                kind,
                template=template,
                key=f"{key}:{room.pk}",
                context=context,
                at=at,
            )
            for room in rooms
        ]
    )


def to_room(room: ChatRoom, kind, *, template, key, context, at) -> Notice:
    """An unsaved message to a room, of use for a day."""
    return Notice(
        room=room,
        kind=kind,
        channel=Channel.CHAT,
        template=template,
        context=context,
        key=key,
        due_at=at,
        not_after=at + FRESH,
        program_id=room.program_id,
    )


def tell_of_check_ins(now: datetime) -> int:
    """Tell rooms, once in a week (by the ISO calendar), that check-in questions went
    out in their program; returns how many programs' rooms were told. Again changes
    nothing."""
    asked = Notice.objects.filter(
        kind=Kind.CHECK_IN, state=Notice.State.SENT, sent_at__gt=now - FRESH
    ).filter(program_id=OuterRef("program_id"))
    hearing = ChatRoom.objects.hearing(Kind.CHECK_IN).filter(Exists(asked))
    year, week, _day = now.isocalendar()
    programs = set(hearing.values_list("program_id", flat=True))
    for program_id in programs:
        tell_rooms(
            program_id,
            Kind.CHECK_IN,
            template="outbox/check_ins",
            key=f"check-ins:{year}-{week}",
            context={"path": "/"},
            at=now,
        )
    return len(programs)
