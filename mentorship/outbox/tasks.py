import multiprocessing
from datetime import datetime

from celery import shared_task
from celery.signals import worker_shutting_down
from django.db import connection

from . import actions

# Shared with the worker's children, which are forked after this module is read.
STOPPING = multiprocessing.Event()


@worker_shutting_down.connect
def finish_the_mail_in_hand(**kwargs):
    """A worker that is asked to leave waits for its tasks; a sweep may take minutes."""
    STOPPING.set()


@shared_task(name="outbox.sweep")
def sweep():
    actions.sweep(time_of_the_database(), stop=STOPPING.is_set)


def time_of_the_database() -> datetime:
    """One clock for all senders: that of a worker's machine may be wrong, and then
    reminders would be early."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]
