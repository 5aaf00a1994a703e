from ctypes import c_bool
from datetime import datetime
from multiprocessing.sharedctypes import RawValue

from celery import shared_task
from celery.signals import worker_shutting_down
from django.db import connection

from . import actions

# Set in a worker's first process and seen by those that it has forked.
STOPPING = RawValue(c_bool, False)


@worker_shutting_down.connect
def stop(**kwargs):
    """A worker that is asked to end must not go on sending for minutes."""
    STOPPING.value = True


@shared_task(name="outbox.sweep")
def sweep():
    actions.sweep(time_of_the_database(), stopping=lambda: STOPPING.value)


def time_of_the_database() -> datetime:
    """One clock for all senders: that of a worker's machine may be wrong, and then
    reminders would be early."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]
