"""Each metric by hand on a small program; and that none reads a private word."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.translation import override

from mentorship.insights.actions import compute_metrics
from mentorship.insights.metrics.definitions import KEPT, METRICS, Unit
from mentorship.insights.metrics.nightly import parameters, statement
from mentorship.insights.metrics.told import told
from mentorship.insights.models import DailyMetric, WorkforceTotal
from milestones.models import ActionItem
from pairing.models import Pair
from tests import factories as make
from tests.insights.concerns import concerns
from tests.insights.scene import START, a_spring, meet
from tests.insights.test_nightly import DAY, figures

pytestmark = pytest.mark.django_db
BEFORE = datetime.combine(START, datetime.min.time(), tzinfo=UTC)


def at(day: date, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def promises(pair, mentor, mentee):
    for side, number in (("mentor", mentor), ("mentee", mentee)):
        ActionItem.objects.bulk_create(
            ActionItem(pair=pair, owner=pair.mentee, for_side=side, created_at=at(DAY))
            for _ in range(number)
        )


def test_reciprocity_is_what_has_a_counterpart_on_the_other_side():
    scene = a_spring(pairs=4)
    core = make.CoreOutcomeFactory(charter=scene.program.in_force)
    even, lopsided, _silent, old = scene.pairs
    for pair, sides in ((even, ("mentor", "mentee")), (lopsided, ("mentee",))):
        for side in sides:
            make.OutcomeFactory(
                pair=pair, side=side, core_outcome=core, created_at=BEFORE
            )
    promises(even, 1, 3)  # half has a counterpart
    promises(old, 2, 2)
    ActionItem.objects.filter(pair=old).update(created_at=at(DAY - timedelta(days=84)))
    compute_metrics(DAY)
    (row,) = told(DailyMetric.objects.of(scene.cohort).filter(name="reciprocity"))
    assert (row.value, row.count) == (0.75, 2), "(1 + 0.5) / 2 and 0; two said nothing"
    assert row.figure == 0.375
    assert row.reading == "Mostly for one side"


def test_reciprocity_counts_what_both_sides_wrote_and_reached():
    scene = a_spring(pairs=1)
    (pair,) = scene.pairs
    core = make.CoreOutcomeFactory(charter=scene.program.in_force)
    for side in ("mentor", "mentee"):
        make.OutcomeFactory(
            pair=pair,
            side=side,
            core_outcome=core,
            created_at=BEFORE,
            state="reached",
            reached_on=DAY if side == "mentee" else DAY + timedelta(days=1),
        )
    for session in meet(pair, 10, 20, state="written"):
        make.ReflectionFactory(
            session=session, author=pair.mentor, state="written", answered_at=at(START)
        )
    compute_metrics(DAY)
    assert figures(scene.cohort)["reciprocity"] == (0.666667, 1), (
        "set 1, got 0, wrote 1"
    )
    compute_metrics(DAY + timedelta(days=1))
    assert figures(scene.cohort, DAY + timedelta(days=1))["reciprocity"] == (1, 1)


def test_alignment_is_with_the_charter_in_force_that_day():
    scene = a_spring(pairs=3)
    charter = scene.program.in_force
    charter.published_at = BEFORE
    charter.save()
    cores = [make.CoreOutcomeFactory(charter=charter, slug=s) for s in ("grow", "stay")]
    one, two, _three = scene.pairs
    grow = {"core_outcome": cores[0], "created_at": BEFORE}
    make.OutcomeFactory(pair=one, **grow, state="reached", reached_on=DAY)
    make.OutcomeFactory(pair=one, **grow)
    make.OutcomeFactory(pair=two, **grow)
    later = at(DAY + timedelta(days=3))
    newer = make.OutcomeFactory(
        pair=two, core_outcome=cores[1], created_at=later, state="agreed"
    )
    make.OutcomeFactory(pair=two, **grow, state="changed", successor=newer)
    make.OutcomeFactory(
        pair=two, core_outcome=cores[1], created_at=BEFORE, state="let go"
    )
    compute_metrics(DAY)
    assert figures(scene.cohort)["alignment"] == (1, 2)
    told = figures(scene.program)
    assert told["alignment"] == (1, 2)
    assert told["covered grow"] == (2, 3)
    assert told["covered stay"] == (0, 3)
    assert told["reached grow"] == (1, 2)
    assert "reached stay" not in told
    compute_metrics(DAY + timedelta(days=3))
    later = figures(scene.program, DAY + timedelta(days=3))
    assert later["alignment"] == (2, 2)


def people(cohort, number, **fields):
    fields = {"function": "Nursing", "joined_at": BEFORE, "oriented_at": None, **fields}
    return make.ParticipantFactory.create_batch(number, cohort=cohort, **fields)


def total(program, people, kind="function", name="Nursing", on=START):
    return WorkforceTotal.objects.create(
        program=program,
        kind=kind,
        name=name,
        people=people,
        counted_on=on,
        imported_by=make.UserFactory(),
    )


def test_reach_is_told_for_ten_who_take_part_and_ten_who_do_not():
    cohort = make.CohortFactory()
    there = people(cohort, 10, site="Leeds")
    people(cohort, 1, joined_at=at(DAY + timedelta(days=1)))
    people(cohort, 1, state="withdrawn", left_at=at(DAY - timedelta(days=1)))
    people(cohort, 9, function="Ops", site="leeds ")
    again = make.CohortFactory(program=cohort.program)
    for place in there[:3]:
        people(again, 1, user=place.user, site="Leeds", joined_at=at(START, 13))
    for size, kind, name in (
        (20, "function", "nursing"),
        (900, "function", "Ops"),
        (28, "site", "Leeds"),
        (200, "site", "Hull"),
    ):
        total(cohort.program, size, kind, name)
    compute_metrics(DAY)
    told = figures(cohort.program)
    reach = {name: told[name] for name in told if name.startswith("reach")}
    assert reach == {"reach function:nursing": (10, 20)}, (
        "nine of Ops, 19 of 28 in Leeds and nobody in Hull are too few"
    )
    total(cohort.program, 29, "site", "Leeds", on=DAY)
    total(cohort.program, 500, on=DAY + timedelta(days=1))
    compute_metrics(DAY)
    told = figures(cohort.program)
    assert told["reach site:Leeds"] == (19, 29)
    assert told["reach function:nursing"] == (10, 20)


def test_spread_is_what_the_busiest_tenth_carries_and_says_nothing_below_ten():
    scene = a_spring(pairs=9)
    ended = {
        "state": Pair.State.ENDED,
        "ending": "completed",
        "ended_by": make.UserFactory(),
    }
    busy = scene.pairs[0].mentor
    make.PairFactory.create_batch(
        3,
        cohort=scene.cohort,
        mentor=busy,
        started_on=START,
        ended_at=at(START),
        **ended,
    )
    compute_metrics(DAY)
    assert "spread" not in figures(scene.program)
    long_ago = START - timedelta(days=500)
    make.PairFactory(
        cohort=scene.cohort, started_on=long_ago, ended_at=at(long_ago), **ended
    )
    compute_metrics(DAY)
    assert "spread" not in figures(scene.program), "two years ago is no load"
    make.PairFactory(cohort=scene.cohort, started_on=START)
    compute_metrics(DAY)
    (row,) = told(DailyMetric.objects.filter(name="spread"))
    assert (row.value, row.count) == (4, 13)
    assert row.reading == "Some carry more than others"


def test_time_in_a_stage_is_a_median_of_those_who_got_there():
    cohort = make.CohortFactory()
    for days in (1, 2, 9):
        people(cohort, 1, invited_at=BEFORE, joined_at=at(START + timedelta(days=days)))
    people(cohort, 2, invited_at=BEFORE, joined_at=None, state="invited")
    people(cohort, 1, invited_at=BEFORE, joined_at=at(DAY + timedelta(days=1)))
    gone = {"state": "withdrawn", "left_at": at(START)}
    people(cohort, 1, invited_at=BEFORE, joined_at=None, **gone)
    compute_metrics(DAY)
    told = figures(cohort)
    assert told["days_to_join"] == (2, 3)
    assert told["waiting_to_join"] == (3, 7), "who joined later still waited that day"


def test_mentees_wait_for_a_mentor_from_orientation_to_their_first_pair():
    scene = a_spring(pairs=2)
    for pair, oriented in zip(scene.pairs, (3, 8), strict=True):
        ready = at(pair.started_on - timedelta(days=oriented))
        for place in pair.members:
            place.joined_at, place.oriented_at = ready, ready
            place.save()
    people(scene.cohort, 1, oriented_at=BEFORE)
    make.MentorFactory(cohort=scene.cohort, joined_at=BEFORE, oriented_at=BEFORE)
    compute_metrics(DAY)
    told = figures(scene.cohort)
    assert told["days_to_pair"] == (5.5, 2)
    assert told["waiting_to_pair"] == (1, 3)


def answered(program, year):
    """[(raised, in time)] of a year, as who closes a period gets it."""
    with connection.cursor() as cursor:
        cursor.execute("select * from concerns_answered(%s, %s)", [program.pk, year])
        return cursor.fetchall()


def test_concerns_are_told_of_a_whole_year_from_ten():
    program = make.ProgramFactory()
    concerns(program, 12, late=2, climbed=1, unread=1)
    few = make.ProgramFactory()
    concerns(few, 10, unread=1)
    concerns(program, 20, year=2024)
    assert answered(program, 2025) == [(11, 8)]
    assert answered(few, 2025) == []


def test_no_night_keeps_what_exists_as_a_published_row_only():
    program = make.ProgramFactory()
    concerns(program, 12)
    assert answered(program, 2025) == [(12, 12)]
    compute_metrics(DAY)
    assert figures(program) == {}


def test_a_year_that_is_not_over_is_told_to_nobody():
    this_year = datetime.now(UTC).year
    program = make.ProgramFactory()
    concerns(program, 10, year=this_year)
    assert answered(program, this_year) == []


def relations(sql, params) -> set[str]:
    """Every table that a statement reads or writes, as the planner sees it."""
    with connection.cursor() as cursor:
        cursor.execute(f"explain (verbose, format json) {sql}", params)
        (plan,) = cursor.fetchone()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    found, waiting = set(), [plan]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            found |= {node["Relation Name"]} if "Relation Name" in node else set()
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return found


def private_tables() -> set[str]:
    models = apps.get_models()
    return {m._meta.db_table for m in models if hasattr(m, "confidential")}


def read_by(metrics) -> set[str]:
    return relations(statement(metrics), parameters(metrics, DAY, None))


@pytest.mark.parametrize("metric", KEPT.values(), ids=KEPT)
def test_no_statement_touches_a_private_table(metric):
    read = read_by([metric])
    assert "insights_dailymetric" in read
    assert not read & private_tables()


def test_the_look_for_private_tables_would_find_one():
    spy = replace(
        METRICS["participation"],
        rows="select p.* from pairs p where exists (select from feedback_pulse)",
        value="count(*)",
    )
    assert read_by([spy]) & private_tables() == {"feedback_pulse"}


def test_the_night_looks_nowhere_that_it_may_not():
    """Definer functions hide what they read from the planner: the night calls none."""
    with connection.cursor() as cursor:
        cursor.execute("select proname from pg_proc where prosecdef")
        definers = {name for (name,) in cursor.fetchall()}
    assert "concerns_answered" in definers
    called = {
        name: {word for word in definers if f"{word}(" in statement([metric])}
        for name, metric in KEPT.items()
    }
    assert {name: words for name, words in called.items() if words} == {}


def table_of_metrics() -> str:
    with override("en"):
        rows = [
            f"| {m.label} (`{m.name}`, {m.version}) | {m.formula} | {m.unit.words} "
            f"| {m.whose.words} | {m.fewest} |"
            for m in METRICS.values()
        ]
    head = "| figure (name, version) | formula | told as | of | fewest behind it |"
    return "\n".join([head, "|---|---|---|---|---|", *rows])


def test_the_page_about_measures_has_every_definition_word_for_word():
    page = (settings.BASE_DIR / "docs" / "measures.md").read_text()
    assert table_of_metrics() in page, (
        f"docs/measures.md should say\n{table_of_metrics()}"
    )


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_scale_covers_every_share(metric):
    bounds = [least for least, _words in metric.scale]
    assert bounds == sorted(bounds, reverse=True)
    if bounds:
        assert metric.unit is Unit.SHARE
        assert bounds[-1] == 0
    assert metric.reading(None) == ""
