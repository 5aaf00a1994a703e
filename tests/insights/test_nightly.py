"""Figures as of a day: from facts, again harmless, restated openly."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentorship.insights.actions import compute_metrics
from mentorship.insights.metrics.definitions import KEPT
from mentorship.insights.metrics.nightly import counted_pairs
from mentorship.insights.metrics.told import told
from mentorship.insights.models import DailyMetric
from tests.factories import MilestoneFactory, SessionFactory
from tests.insights.scene import START, a_spring, meet

pytestmark = pytest.mark.django_db
DAY = START + timedelta(days=40)


def figures(whose, day=DAY):
    """{name, with its part if it has one: (value, count)} of a day."""
    rows = DailyMetric.objects.of(whose).filter(as_of=day)
    return {
        " ".join(filter(None, [row.name, row.part])): (row.value, row.count)
        for row in rows
    }


def test_a_day_is_told_from_the_facts_of_its_pairs():
    scene = a_spring(pairs=4)
    meet(scene.pairs[0], 10, 27, 39, state="written")
    meet(scene.pairs[1], 20)
    meet(scene.pairs[2], 1)
    for pair, done in zip(scene.pairs, (30, None, 50, 20), strict=True):
        MilestoneFactory(
            pair=pair,
            due_on=DAY,
            state="tried" if done else "planned",
            done_on=done and START + timedelta(days=done),
        )
    MilestoneFactory(pair=scene.pairs[0], due_on=DAY + timedelta(days=1))
    MilestoneFactory(pair=scene.pairs[0], due_on=DAY, state="dropped")
    compute_metrics(DAY)
    assert figures(scene.cohort) == {
        "participation": (2, 4),  # within 21 days
        "rhythm": (1, 4),  # within 14 days
        "frequency": (5, 12),  # 48 days plan three for each; 3, 1, 1 and none held
        "sessions": (1, 4),  # in the last seven days
        "milestones": (2, 4),  # 30 and 20; what was done on day 50 was not done yet
        "reflections": (2, 3),  # asked since day 13: 27 and 39 written, 20 not
        "reciprocity": (0, 1),  # only one mentee wrote
        "days_to_meet": (17, 3),  # 17, 27 and 8 days after the pair began
        "waiting_to_meet": (1, 4),
    }


def test_a_program_counts_the_things_of_all_its_cohorts():
    scene, other = a_spring(pairs=2), a_spring(pairs=3)
    other.cohort.program = scene.program
    other.cohort.name = "Autumn"
    other.cohort.save()
    meet(scene.pairs[0], 1)
    meet(other.pairs[0], 3)
    meet(other.pairs[1], 4)
    compute_metrics(DAY)
    told = figures(scene.program)
    assert told["frequency"] == (3, 15)
    assert told["waiting_to_meet"] == (2, 5)
    assert told["days_to_meet"] == (10, 3), "8, 10 and 11 days: no mean of medians"
    assert figures(other.cohort)["days_to_meet"] == (10.5, 2)


def test_again_changes_nothing_and_a_correction_keeps_what_was_said_first():
    scene = a_spring(pairs=2)
    meet(scene.pairs[0], 39)
    compute_metrics(DAY)
    assert compute_metrics(DAY) == 0
    assert not DailyMetric.objects.filter(restated_at__isnull=False).exists()
    meet(scene.pairs[1], 38)
    assert compute_metrics(DAY) > 0
    restated = DailyMetric.objects.of(scene.cohort).exclude(restated_at=None)
    assert {row.name: (row.was_value, row.was_count) for row in restated} == {
        "participation": (1, 2),
        "rhythm": (1, 2),
        "frequency": (1, 6),
        "sessions": (1, 2),
        "reflections": (0, 1),
        "days_to_meet": (46, 1),
        "waiting_to_meet": (1, 2),
    }
    meet(scene.pairs[1], 37)
    compute_metrics(DAY)
    (sessions,) = told(restated.filter(name="sessions"))
    assert (sessions.figure, sessions.was_figure) == (1.5, 0.5), "the first stays"
    assert sessions.restated_at


def test_a_figure_with_nothing_left_behind_it_heals_to_none():
    scene = a_spring(pairs=1)
    meet(scene.pairs[0], 39)
    compute_metrics(DAY)
    scene.pairs[0].started_on = DAY + timedelta(days=1)
    scene.pairs[0].save()
    compute_metrics(DAY)
    for whose in (scene.cohort, scene.program):
        (row,) = told(DailyMetric.objects.of(whose).filter(name="participation"))
        assert (row.value, row.count, row.figure) == (0, 0, None)
        assert (row.was_figure, row.reading) == (1, "")
        assert row.restated_at
    assert compute_metrics(DAY) == 0


def test_a_changed_formula_says_so(monkeypatch):
    scene = a_spring(pairs=1)
    compute_metrics(DAY)
    newer = replace(KEPT["participation"], version=2)
    monkeypatch.setitem(KEPT, "participation", newer)
    assert compute_metrics(DAY) == 2
    row = DailyMetric.objects.of(scene.cohort).get(name="participation")
    assert (row.definition, row.was_definition) == (2, 1)


def test_what_comes_later_does_not_count_for_an_earlier_day():
    scene = a_spring(pairs=1)
    SessionFactory(pair=scene.pairs[0], held_on=DAY + timedelta(days=1))
    compute_metrics(DAY)
    assert figures(scene.cohort)["participation"] == (0, 1)


def test_a_day_ends_at_midnight_where_the_program_is():
    """In Honolulu ten hours later than in UTC: what was written at eight in the evening
    there is of that day, though UTC calls it the next; in Auckland it is the next."""
    evening = datetime.combine(DAY + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    evening += timedelta(hours=6)
    told = {}
    for zone in ("Pacific/Honolulu", "Pacific/Auckland"):
        scene = a_spring(pairs=1, zone=zone)
        (session,) = meet(scene.pairs[0], 30)
        session.reflections.update(state="written", answered_at=evening)
        compute_metrics(DAY, [scene.program])
        told[zone] = figures(scene.cohort)["reflections"]
    assert told == {"Pacific/Honolulu": (1, 1), "Pacific/Auckland": (0, 1)}


def test_pairs_count_only_while_they_run_and_cohorts_once_their_pilot_began():
    scene = a_spring(pairs=2)
    waiting = a_spring(pairs=2)
    waiting.cohort.stage = "pairing"
    waiting.cohort.save()
    scene.pairs[0].started_on = DAY + timedelta(days=1)
    scene.pairs[0].save()
    compute_metrics(DAY)
    rows = DailyMetric.objects.filter(name="rhythm", cohort__isnull=False)
    assert list(rows.values_list("cohort", "count")) == [(scene.cohort.pk, 1)]
    assert counted_pairs(DAY).count() == 1, "the words of the apps below agree"


def test_only_the_programs_asked_for_are_worked_out_and_healed():
    scene, other = a_spring(pairs=1), a_spring(pairs=1)
    compute_metrics(DAY)
    meet(scene.pairs[0], 39)
    meet(other.pairs[0], 39)
    compute_metrics(DAY, [scene.program])
    assert figures(scene.cohort)["sessions"] == (1, 1)
    assert figures(other.cohort)["sessions"] == (0, 1)


def test_figures_of_the_same_things_take_one_statement(
    django_assert_num_queries,
):
    a_spring(pairs=1)
    a_spring(pairs=6)
    kinds = {(metric.rows, metric.whose) for metric in KEPT.values()}
    assert len(kinds) < len(KEPT) * 2 / 3
    with django_assert_num_queries(len(kinds) + 3):  # a savepoint, and the memory
        compute_metrics(DAY)


def test_a_trend_is_the_last_days_up_to_the_newest():
    scene = a_spring(pairs=1)
    for back in (0, 1, 2, 9):
        compute_metrics(DAY - timedelta(days=back))
    trend = DailyMetric.objects.trend(scene.cohort, "rhythm", 3)
    assert [(DAY - row.as_of).days for row in trend] == [2, 1, 0]
    assert len(DailyMetric.objects.trend(scene.program, "rhythm", 10)) == 4
    newest = DailyMetric.objects.newest(scene.cohort)
    assert {row.as_of for row in newest} == {DAY}
    assert len({row.name for row in newest}) == len(newest)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"part": "a"},
        {"was_value": 1, "was_count": 2, "was_definition": 1},
    ],
)
def test_the_database_refuses_a_figure_of_nobody_or_of_no_past(wrong):
    scene = a_spring(pairs=1)
    whose = {"cohort": scene.cohort} if wrong else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        DailyMetric.objects.create(
            name="rhythm", as_of=date(2026, 4, 1), value=1, count=2, **whose, **wrong
        )
