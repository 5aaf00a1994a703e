"""A cohort's figures as of a day: from facts, for any past day, again harmless."""

from datetime import timedelta

import pytest

from mentorship.insights.actions import compute_metrics
from mentorship.insights.models import DailyMetric
from tests.factories import MilestoneFactory, SessionFactory
from tests.insights.scene import START, a_spring, meet

pytestmark = pytest.mark.django_db
DAY = START + timedelta(days=40)


def figures(day=DAY):
    return {
        name: (value, count)
        for name, value, count in DailyMetric.objects.filter(as_of=day).values_list(
            "name", "value", "count"
        )
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
    assert figures() == {
        "participation": (2, 4),  # within 21 days
        "rhythm": (1, 4),  # within 14 days
        "sessions": (1, 4),  # in the last seven days
        "milestones": (2, 4),  # 30 and 20; what was done on day 50 was not done yet
        "reflections": (2, 3),  # asked since day 13: 27 and 39 written, 20 not
    }


def test_again_changes_nothing_and_a_correction_says_when():
    scene = a_spring(pairs=2)
    meet(scene.pairs[0], 39)
    compute_metrics(DAY)
    assert compute_metrics(DAY) == 0
    assert not DailyMetric.objects.filter(restated_at__isnull=False).exists()
    meet(scene.pairs[1], 38)
    assert compute_metrics(DAY) == 4
    restated = DailyMetric.objects.exclude(restated_at=None)
    assert set(restated.values_list("name", flat=True)) == {
        "participation",
        "rhythm",
        "sessions",
        "reflections",
    }


def test_what_comes_later_does_not_count_for_an_earlier_day():
    scene = a_spring(pairs=1)
    SessionFactory(pair=scene.pairs[0], held_on=DAY + timedelta(days=1))
    compute_metrics(DAY)
    assert figures()["participation"] == (0, 1)


def test_pairs_count_only_while_they_run_and_cohorts_once_their_pilot_began():
    scene = a_spring(pairs=2)
    waiting = a_spring(pairs=2)
    waiting.cohort.stage = "pairing"
    waiting.cohort.save()
    scene.pairs[0].started_on = DAY + timedelta(days=1)
    scene.pairs[0].save()
    compute_metrics(DAY)
    counts = DailyMetric.objects.filter(name="rhythm").values_list("cohort", "count")
    assert list(counts) == [(scene.cohort.pk, 1)]


def test_it_takes_five_statements_however_many_pairs_there_are(
    django_assert_num_queries,
):
    a_spring(pairs=1)
    a_spring(pairs=6)
    with django_assert_num_queries(5 + 2):  # and a savepoint
        compute_metrics(DAY)
