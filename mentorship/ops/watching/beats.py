"""The site's own pulse: each tick of beat, each sweep, each night leaves its time."""

import logging
from urllib.request import urlopen

from celery.signals import after_task_publish, beat_init, task_success
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from ..models import Heartbeat

logger = logging.getLogger(__name__)

TASKS = {"outbox.sweep": Heartbeat.Name.SWEEP, "ops.night": Heartbeat.Name.NIGHT}


@beat_init.connect
def listen_to_beat(**kwargs):
    """Web processes publish tasks too; only what beat publishes is its tick."""
    after_task_publish.connect(beat_ticked)


def beat_ticked(**kwargs):
    close_old_connections()
    remember(Heartbeat.Name.BEAT)


@task_success.connect
def task_done(sender=None, **kwargs):
    name = TASKS.get(getattr(sender, "name", ""))
    if name:
        remember(name)
    if name == Heartbeat.Name.SWEEP and settings.PING_URL:
        ping(settings.PING_URL)


def remember(name) -> None:
    try:
        Heartbeat.objects.beat(name)
    except DatabaseError as error:
        # What has happened has happened, seen or not.
        logger.warning("No heartbeat was kept: %s", type(error).__name__)


def ping(url: str) -> None:
    """Tell somebody outside that mail goes out; who hears nothing raises the alarm."""
    try:
        urlopen(url, timeout=5).close()
    except OSError as error:
        logger.warning("Nobody was told that we live: %s", type(error).__name__)
