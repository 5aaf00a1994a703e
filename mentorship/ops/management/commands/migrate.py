"""Django's migrate, which never makes a running site wait for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

TRIES = 10
# Shorter than a page's own patience (accounts.patience), so that whoever waits behind
# a try is still served.
LOCK_TIMEOUT = "1s"
PAUSE = 1.0  # seconds between two tries, for those who waited behind us


class Command(migrate.Command):
    """A statement that waits for a lock lets every later one wait behind it. So it
    waits one second at most, then makes room and tries again; what was migrated before
    stays, because each migration is a transaction of its own."""

    def handle(self, *args, **options):
        for left in reversed(range(TRIES)):
            try:
                with impatient(options["database"]):
                    return super().handle(*args, **options)
            except OperationalError as error:
                if "lock timeout" not in str(error):
                    raise
                if not left:
                    raise CommandError(
                        f"A table stayed locked through {TRIES} tries. Nothing is "
                        "half done; try again when less goes on."
                    ) from error
                self.stderr.write(f"A table is in use; {left} tries are left.")
                time.sleep(PAUSE)
        return None


@contextmanager
def impatient(alias: str) -> Iterator[None]:
    """Statements of this connection give up when they wait for a lock."""
    with connections[alias].cursor() as cursor:
        cursor.execute("select set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
    yield
    with connections[alias].cursor() as cursor:
        cursor.execute("reset lock_timeout")
