"""THE schedule names tasks that exist, and each only reads the clock and acts."""

import pytest

from mentorship.celery import app


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled <= set(app.tasks)


@pytest.mark.django_db(transaction=True, databases=["default", "publisher", "steer"])
def test_the_night_runs_as_a_task():
    app.loader.import_default_modules()
    assert app.tasks["ops.night"].run() is None
    assert app.tasks["home.plan_reminders"].run() is None
