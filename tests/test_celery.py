"""THE schedule names tasks that exist, and each only reads the clock and acts."""

from fnmatch import fnmatch

import pytest

from mentorship.celery import app


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled <= set(app.tasks)


def test_all_that_works_out_plans_goes_where_the_setting_says(settings):
    app.loader.import_default_modules()
    [pattern] = settings.CELERY_TASK_ROUTES
    matched = {name for name in app.tasks if fnmatch(name, pattern)}
    assert matched == {"pairing.work_out", "pairing.sweep_rounds"}


@pytest.mark.django_db(transaction=True, databases=["default", "publisher", "steer"])
def test_the_night_runs_as_a_task():
    app.loader.import_default_modules()
    assert app.tasks["ops.night"].run() is None
    assert app.tasks["home.plan_reminders"].run() is None
