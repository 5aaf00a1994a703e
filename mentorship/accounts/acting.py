"""The only door to confidential rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

SWAP = (
    "select current_setting('app.user_id', true), set_config('app.user_id', %s, true)"
)
inside = ContextVar("inside", default=None)
keys: ContextVar[dict | None] = ContextVar("keys", default=None)


@contextmanager
def acting_as(user) -> Iterator[None]:
    """Let the database show and take `user`'s confidential rows inside this block.

    The user id lives in the transaction only, so a pooled connection cannot carry it
    to the next request. A block inside another of the same user changes nothing.
    Evaluate querysets inside the block: afterwards they find nothing. Raises
    ValueError without a user.
    """
    if user is None or user.pk is None or not user.is_authenticated:
        raise ValueError("acting_as needs a signed-in user")
    if inside.get() == user.pk:
        yield
        return
    is_nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SWAP, [str(user.pk)])
        before = cursor.fetchone()[0] or ""
        token, opened = inside.set(user.pk), keys.set({})
        try:
            yield
        finally:
            inside.reset(token)
            keys.reset(opened)
        # The end of a transaction puts the outer id back by itself, and so does a
        # savepoint that is rolled back; one that is released would keep the inner.
        if is_nested:
            cursor.execute(SWAP, [before])


def remembered() -> dict:
    """What may be remembered until the block ends: the keys it has opened. Outside of
    one nothing is."""
    found = keys.get()
    return {} if found is None else found
