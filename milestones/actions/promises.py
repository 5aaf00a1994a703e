"""Small promises: made in a session, ticked by whoever made them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mentorship.accounts.acting import acting_as
from milestones.models import ActionItem, ActionWords


class NotYourPromise(Exception):
    """Somebody else made it."""


@dataclass(frozen=True)
class Promised:
    """Words, whose promise it is, and whom it helps: `mentor` or `mentee` each."""

    text: str
    owner: str
    for_side: str
    due_on: date | None = None


@transaction.atomic
def promise(
    pair, promises: Iterable[Promised], *, by, at: datetime, session=None
) -> list[ActionItem]:
    """Keep what was promised; the words are for the pair alone. The same promise twice
    in one session is one."""
    known = promised_in(session, by=by)
    promises = [p for p in promises if (p.text, getattr(pair, p.owner).pk) not in known]
    if not promises:
        return []
    items = [
        ActionItem(
            pair=pair,
            session=session,
            owner=getattr(pair, promised.owner),
            for_side=promised.for_side,
            due_on=promised.due_on,
            created_at=at,
        )
        for promised in promises
    ]
    with acting_as(by):
        ActionItem.objects.bulk_create(items)
        ActionWords.objects.bulk_create(
            ActionWords(item=item, pair=pair, text=promised.text)
            for item, promised in zip(items, promises, strict=True)
        )
    return items


def promised_in(session, *, by) -> set[tuple]:
    """{(words, owner's id)} of what was promised in a session so far."""
    if session is None:
        return set()
    with acting_as(by):
        made = ActionWords.objects.filter(item__session=session)
        made = made.select_related("item")
        return {(words.text, words.item.owner_id) for words in made}


def keep_promises(pair, ids: Iterable, *, by, at: datetime) -> int:
    """Tick some open promises of one's own at once; returns how many."""
    mine = ActionItem.objects.open().filter(pair=pair, owner__user=by, pk__in=ids)
    return mine.update(done_at=at)


def keep_promise(
    item: ActionItem, *, by, at: datetime, kept: bool = True
) -> ActionItem:
    """Tick a promise as kept, or untick it. Raises NotYourPromise."""
    if item.owner.user_id != by.pk:
        raise NotYourPromise
    item.done_at = at if kept else None
    item.save(update_fields=["done_at"])
    return item
