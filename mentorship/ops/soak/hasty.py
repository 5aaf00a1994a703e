"""The Celery app with a beat that does not let a short fault wait for half a minute."""

from mentorship.celery import app

EVERY = 2.0  # seconds; the site's own is 30
app.conf.beat_schedule = {"sweep": {"task": "outbox.sweep", "schedule": EVERY}}
