import multiprocessing

from celery import shared_task
from celery.signals import worker_shutting_down
from django.utils import timezone

from . import actions

# Shared with the worker's children, which are forked after this module is read.
STOPPING = multiprocessing.Event()


@worker_shutting_down.connect
def finish_the_mail_in_hand(**kwargs):
    """A worker that is asked to leave waits for its tasks; a sweep may take minutes."""
    STOPPING.set()


@shared_task(name="outbox.sweep")
def sweep():
    actions.sweep(timezone.now(), stop=STOPPING.is_set)
