"""The whole night, in order; twice is the same as once."""

import os
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mentorship.insights.models import DailyMetric, PublishedPeriod
from mentorship.ops import night
from mentorship.participants.actions import start_import
from mentorship.participants.models import Import
from tests.factories import (
    CohortFactory,
    MilestoneFactory,
    ProgramFactory,
    RhythmFactory,
    RoleFactory,
    SessionFactory,
)
from tests.insights.dump import dump_all
from tests.insights.scene import AFTER, BEFORE, START, a_spring, meet

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)


def a_scene():
    scene = a_spring(6)
    RhythmFactory(cohort=scene.cohort)
    for pair in scene.pairs:
        meet(pair, 0, 14, 28, 84, 90, state="written")
        MilestoneFactory(pair=pair, due_on=START + timedelta(days=20))
    in_pilot = scene.pairs[0]
    in_pilot.state, in_pilot.pilot_due_on = "pilot", START + timedelta(days=30)
    in_pilot.save()
    return scene


def test_a_night_works_out_publishes_and_asks():
    scene = a_scene()
    for now in (BEFORE, AFTER, AFTER + timedelta(days=1)):
        steps = dict(night.run(now))
    assert list(steps) == [name for name, _step in night.STEPS]
    assert DailyMetric.objects.filter(as_of=AFTER.date() - timedelta(days=1)).exists()
    assert PublishedPeriod.objects.using("steer").count() == 1
    assert scene.pairs[0].pilot_questions.exists()


def test_a_night_forgets_lists_that_nobody_imported():
    coordinator = RoleFactory()
    content = b"Email,First name,Role\nada@kestrel.example,Ada,mentee\n"
    cohort = CohortFactory(program=coordinator.program)
    start_import(
        cohort=cohort, by=coordinator.user, file_name="list.csv", content=content
    )
    list(night.run(timezone.now() + timedelta(days=8)))
    assert not Import.objects.exists()


def test_the_same_night_twice_changes_no_row():
    a_scene()
    list(night.run(BEFORE))
    list(night.run(AFTER))
    before = dump_all()
    list(night.run(AFTER))
    assert dump_all() == before


def test_while_one_night_runs_another_does_nothing():
    with psycopg.connect(os.environ["RECIPROCAL_TEST_ADMIN_URL"]) as other:
        other.execute("select pg_advisory_lock(%s)", [night.LOCK])
        assert list(night.run(AFTER)) == []
        other.execute("select pg_advisory_unlock(%s)", [night.LOCK])
    assert len(list(night.run(AFTER))) == len(night.STEPS)


def test_a_step_that_fails_does_not_stop_the_others_and_is_named(monkeypatch):
    def broken(now):
        raise RuntimeError

    steps = [("break", broken), ("go on", lambda now: 1)]
    monkeypatch.setattr(night, "STEPS", steps)
    done = []
    with pytest.raises(night.NightFailed, match="break"):
        done.extend(night.run(AFTER))
    assert done == [("go on", 1)]
    monkeypatch.setattr(night, "STEPS", steps[1:])
    assert list(night.run(AFTER)) == done, "the lock was given back"


def test_figures_are_of_the_day_that_ended_where_the_program_is():
    east = a_spring(2, zone="Pacific/Auckland")
    west = a_spring(2, zone="Pacific/Honolulu")
    night.figures_of_the_day(datetime(2026, 5, 1, 13, tzinfo=UTC))
    rows = DailyMetric.objects.filter(name="rhythm", cohort__isnull=False)
    assert dict(rows.values_list("cohort", "as_of")) == {
        east.cohort.pk: date(2026, 5, 1),
        west.cohort.pk: date(2026, 4, 30),
    }


def test_figures_are_worked_out_once_and_again_for_a_past_night():
    """What is logged in the morning is no correction of yesterday's figure."""
    scene = a_spring(2)
    now = timezone.now()
    yesterday = now.date() - timedelta(days=1)
    night.figures_of_the_day(now)
    figure = DailyMetric.objects.get(
        cohort=scene.cohort, name="sessions", as_of=yesterday
    )
    SessionFactory(pair=scene.pairs[0], held_on=yesterday)
    assert night.figures_of_the_day(now) == 0
    past = timezone.now() - timedelta(days=3)
    night.figures_of_the_day(past)
    SessionFactory(pair=scene.pairs[0], held_on=past.date() - timedelta(days=1))
    assert night.figures_of_the_day(past) > 0
    figure.refresh_from_db()
    assert (figure.value, figure.restated_at) == (0, None)


def test_the_command_runs_the_night_into_a_day(capsys):
    a_scene()
    call_command("night", "--date", "2026-03-30")
    call_command("night", "--date", "2026-06-30")
    said = capsys.readouterr().out
    assert "close periods: 1" in said
    assert "work closed periods out: 1" in said
    call_command("night", "--date", "2026-07-01")
    assert "publish checked periods: 1" in capsys.readouterr().out
    assert PublishedPeriod.objects.using("steer").count() == 1


def test_a_night_that_has_not_been_is_refused():
    tomorrow = timezone.now().date() + timedelta(days=3)
    with pytest.raises(CommandError, match="has not begun yet"):
        call_command("night", "--date", tomorrow.isoformat())


def test_the_moment_of_a_day_is_when_it_has_begun_everywhere():
    ProgramFactory(zone="Asia/Tokyo")
    ProgramFactory(zone="America/New_York")
    assert night.moment_of(date(2026, 6, 30)) == datetime(2026, 6, 30, 4, tzinfo=UTC)
