"""Cohort health: figures with their weeks, and the pairs behind them."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from mentorship.insights.actions import compute_metrics
from mentorship.insights.health import SECTIONS, WEEKS, Health
from mentorship.insights.metrics.definitions import METRICS
from mentorship.insights.metrics.nightly import pairs_behind
from mentorship.insights.models import DailyMetric
from pairing.models import Pair
from tests import factories as make
from tests.insights.scene import BEFORE, START, a_spring, meet
from tests.insights.test_learning import text_of

pytestmark = pytest.mark.django_db
DAY = START + timedelta(days=40)
BEHIND = [name for name, metric in METRICS.items() if metric.behind]


def a_measured_spring(*back):
    """Five pairs of which two have been quiet, with the figures of some days."""
    scene = a_spring(pairs=5)
    meet(scene.pairs[0], 39)
    meet(scene.pairs[1], 30)
    meet(scene.pairs[2], 38, state="written")
    meet(scene.pairs[3], 2)
    make.MilestoneFactory(pair=scene.pairs[0], due_on=DAY)
    make.MilestoneFactory(pair=scene.pairs[0], due_on=DAY, state="tried", done_on=DAY)
    for days in back or (0,):
        compute_metrics(DAY - timedelta(days=days), [scene.program])
    return scene


def page_of(client, program, name="health", *parts, kind="coordinator", **query):
    client.force_login(make.RoleFactory(program=program, kind=kind).user)
    return client.get(reverse(f"insights:{name}", args=[program.pk, *parts]), query)


def test_every_metric_a_coordinator_may_read_is_on_the_page():
    shown = [name for _, _, names in SECTIONS for name in names]
    told = {name for name, metric in METRICS.items() if not metric.only_published}
    assert sorted(shown) == sorted(told)


def test_a_week_is_told_by_its_newest_day_and_a_week_without_figures_is_a_gap():
    scene = a_measured_spring(0, 3, 8, 10, 22, 90)
    days = Health(scene.program, scene.cohort).days
    assert len(days) == WEEKS
    assert [day and (DAY - day).days for day in days[-5:]] == [None, 22, None, 8, 0]
    assert not any(days[:-5]), "90 days ago is no part of twelve weeks"


def test_the_page_says_value_number_behind_and_formula(client):
    scene = a_measured_spring(0, 7)
    words = text_of(page_of(client, scene.program, cohort=scene.cohort.pk))
    assert "60 % 3 of 5" in words, "in rhythm"
    assert "50 % 1 of 2" in words, "milestones"
    for name, metric in METRICS.items():
        said = escape(str(metric.formula)) in words
        assert said == (name in {row.name for row in DailyMetric.objects.all()}), name


def test_a_corrected_figure_is_marked_and_says_what_it_said_first(client):
    scene = a_measured_spring(0, 7)
    words = text_of(page_of(client, scene.program))
    assert "Corrected on" not in words
    meet(scene.pairs[4], 39)
    compute_metrics(DAY, [scene.program])
    answer = page_of(client, scene.program)
    assert "It said 60 % first." in text_of(answer)
    cards = {
        card.metric.name: card
        for *_, cards in answer.context["sections"]
        for card in cards
    }
    assert [spot["marked"] for spot in cards["rhythm"].chart["spots"]] == [False, True]


def test_a_program_tells_core_outcomes_by_their_statements(client):
    scene = a_measured_spring()
    scene.program.versions.update(published_at=BEFORE)
    core = make.CoreOutcomeFactory(charter=scene.program.in_force, statement="Speaks")
    for pair in scene.pairs[:2]:
        make.OutcomeFactory(pair=pair, core_outcome=core, created_at=BEFORE)
    compute_metrics(DAY, [scene.program])
    words = text_of(page_of(client, scene.program))
    assert "Speaks 40 %, 2 of 5" in words
    words = text_of(page_of(client, scene.program, cohort=scene.cohort.pk))
    assert "Speaks" not in words, "only the program has figures by core outcome"


def test_before_the_first_night_the_page_says_so(client):
    program = a_spring(pairs=1).program
    assert "after the first night" in text_of(page_of(client, program))
    assert page_of(client, program, "behind", "rhythm").status_code == 200


@pytest.mark.parametrize("name", BEHIND)
def test_the_pairs_behind_a_figure_are_those_it_counts_as_not_there(name):
    scene, other = a_measured_spring(), a_measured_spring()
    other.cohort.program = scene.program
    other.cohort.name = "Autumn"
    other.cohort.save()
    compute_metrics(DAY, [scene.program])
    for whose, cohorts in ((scene.cohort, 1), (scene.program, 2)):
        row = DailyMetric.objects.of(whose).get(name=name, as_of=DAY)
        pairs = Pair.objects.filter(pk__in=pairs_behind(METRICS[name], DAY, whose))
        is_waiting = name == "waiting_to_meet"
        assert pairs.count() == (row.value if is_waiting else row.count - row.value)
        assert pairs.count() in {cohorts, 2 * cohorts}
        assert {pair.cohort_id for pair in pairs} <= {scene.cohort.pk, other.cohort.pk}


def test_they_are_listed_by_name_and_never_by_how_quiet_they_are(client):
    scene = a_measured_spring()
    for pair, name in zip(
        scene.pairs, ("Ada", "Ben", "Cem", "Yan", "Dov"), strict=True
    ):
        pair.mentor.user.family_name = name
        pair.mentor.user.save()
    answer = page_of(client, scene.program, "behind", "rhythm")
    assert [pair.mentor.user.family_name for pair in answer.context["pairs"]] == [
        "Dov",
        "Yan",
    ]


@pytest.mark.parametrize("unknown", ["reflections", "spread", "nothing"])
def test_behind_other_figures_nobody_looks(client, unknown):
    program = a_spring(pairs=1).program
    assert page_of(client, program, "behind", unknown).status_code == 404


@pytest.mark.parametrize("asked", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_cohort_of_nobody_does_not_exist(client, asked):
    program = a_spring(pairs=1).program
    for name in ("health", "funnel"):
        assert page_of(client, program, name, cohort=asked).status_code == 404


def test_another_programs_cohort_does_not_exist_either(client):
    program, other = a_spring(pairs=1).program, a_spring(pairs=1)
    assert page_of(client, program, cohort=other.cohort.pk).status_code == 404


def test_the_file_has_what_the_page_shows(client):
    scene = a_measured_spring(0, 7)
    answer = page_of(client, scene.program, "insight_csv", "health")
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[:4] == ["Figure", "Of", "As of", "In words"]
    rhythm = [row[2:6] for row in rows if row[0] == "Meeting in rhythm"]
    assert rhythm[-1] == [DAY.isoformat(), "60 %", "3.0", "5"]
    assert len(rhythm) == 2
    assert page_of(client, scene.program, "insight_csv", "other").status_code == 404


@pytest.mark.parametrize("pairs", [1, 3])
def test_pages_take_as_many_queries_for_three_pairs_as_for_one(client, pairs):
    scene = a_spring(pairs=pairs)
    compute_metrics(DAY, [scene.program])
    client.force_login(make.RoleFactory(program=scene.program).user)
    found = {}
    for name, parts in (("health", ()), ("behind", ("rhythm",))):
        url = reverse(f"insights:{name}", args=[scene.program.pk, *parts])
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        found[name] = len(queries)
    assert found == {"health": 9, "behind": 8}
