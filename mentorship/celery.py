"""The Celery app and the schedule: everything that runs by itself, in order.

Celery is only the alarm clock. What is due lives in Postgres, so a lost message
costs at most one tick, and a doubled one changes nothing.
"""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import (
    setup_logging,
    task_postrun,
    task_prerun,
    worker_process_init,
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

app = Celery("mentorship")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # Deliver what is due; a row left behind by a killed worker is found here again.
    "sweep": {"task": "outbox.sweep", "schedule": 30.0},
    # Work out plans of large cohorts whose message was lost or whose worker died.
    "plans": {"task": "pairing.sweep_rounds", "schedule": 30.0},
    # Work out the figures of closed periods, and say what became of them.
    "periods": {"task": "insights.sweep_periods", "schedule": 30.0},
    # Queue the reminders that fall due in the next two days. Often, because whoever
    # moves to another zone may be due there at once.
    "reminders": {"task": "home.plan_reminders", "schedule": crontab(minute="*/10")},
    # The night, in the order of mentorship/ops/night.py. Every hour, because midnight
    # comes to each program's zone at its own time; again is harmless.
    "night": {"task": "ops.night", "schedule": crontab(minute=20)},
}


@setup_logging.connect
def keep_our_log(**kwargs):
    """Celery would replace the log of the settings, and what it leaves out."""


@worker_process_init.connect
def refuse_to_serve(**kwargs):
    from mentorship.accounts import trust

    trust.refuse_to_serve()


@task_prerun.connect
@task_postrun.connect
def drop_broken_connections(**kwargs):
    """A worker lives for weeks; the database may be restarted under it."""
    from django.db import close_old_connections

    close_old_connections()
