"""The only door to confidential rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SWAP = (
    "select current_setting('app.user_id', true), set_config('app.user_id', %s, true)"
)


@contextmanager
def acting_as(user) -> Iterator[None]:
    """Let the database show and take `user`'s confidential rows inside this block.

    The user id lives in the transaction only, so a pooled connection cannot carry it
    to the next request. A released savepoint would keep an inner id, so the outer one
    is put back by hand; a rolled-back one restores it by itself. Evaluate querysets
    inside the block: afterwards they find nothing. Raises ValueError without a user.
    """
    if user is None or user.pk is None or not user.is_authenticated:
        raise ValueError("acting_as needs a signed-in user")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SWAP, [str(user.pk)])
        before = cursor.fetchone()[0] or ""
        yield
        cursor.execute(SWAP, [before])
