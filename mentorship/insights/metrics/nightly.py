"""A cohort's figures as of the end of a day, from facts alone.

Each function gives a queryset of rows (of_cohort, value, count), a value out of a
count. Facts carry their days, so any past day can be asked for again.
"""

from datetime import date, timedelta

from django.db import connection
from django.db.models import (
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
)

from feedback.models import Reflection
from mentorship.charter.models import Cohort
from milestones.models import Milestone
from pairing.models import Pair, Session

DEFINITION = 1

STORE = """
    insert into insights_dailymetric as was
        (cohort_id, name, as_of, value, count, definition)
    select told.of_cohort, %s, %s, told.value, told.count, %s from ({told}) told
    on conflict (cohort_id, name, as_of) do update set
        value = excluded.value, count = excluded.count,
        definition = excluded.definition, restated_at = now()
    where (was.value, was.count, was.definition)
        is distinct from (excluded.value, excluded.count, excluded.definition)
"""


def store(name: str, told, day: date) -> int:
    """Write a metric of a day for every cohort in one statement; returns how many rows
    changed. A value that changed later says when it was restated."""
    sql, params = told.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(STORE.format(told=sql), [name, day, DEFINITION, *params])
        return cursor.rowcount


def participation(pairs, day: date):
    """Pairs that met within one and a half of their rhythms, of the running ones."""
    return met_within(pairs, day, rhythms=1.5)


def rhythm(pairs, day: date):
    """Pairs that met within their own rhythm, of the running ones."""
    return met_within(pairs, day, rhythms=1)


def met_within(pairs, day: date, rhythms: float):
    """Pairs whose last session lies at most so many of their rhythms back."""
    since = ExpressionWrapper(
        Value(day, DateField()) - F("held_on"), output_field=DurationField()
    )
    allowed = ExpressionWrapper(
        OuterRef("rhythm_days") * Value(timedelta(days=rhythms)),
        output_field=DurationField(),
    )
    recent = (
        Session.objects.held()
        .filter(pair=OuterRef("pk"), held_on__lte=day)
        .annotate(since=since)
        .filter(since__lte=allowed)
    )
    return by_cohort(pairs, "cohort_id").annotate(
        value=Count("pk", filter=Exists(recent)), count=Count("pk")
    )


def sessions(pairs, day: date):
    """Sessions held in the last seven days, and the running pairs behind them."""
    week = Q(
        sessions__state=Session.State.HELD,
        sessions__held_on__range=(day - timedelta(days=6), day),
    )
    return by_cohort(pairs, "cohort_id").annotate(
        value=Count("sessions", filter=week), count=Count("pk", distinct=True)
    )


def milestones(pairs, day: date):
    """Milestones reached or tried, of those that were due."""
    due = Milestone.objects.on_the_road().filter(due_on__lte=day, pair__in=pairs)
    return by_cohort(due, "pair__cohort_id").annotate(
        value=Count("pk", filter=Q(done_on__lte=day)), count=Count("pk")
    )


def reflections(pairs, day: date):
    """Reflections written, of those asked for in the last four weeks."""
    asked = Reflection.objects.filter(
        session__pair__in=pairs,
        asked_at__date__range=(day - timedelta(days=27), day),
    )
    written = Q(state=Reflection.State.WRITTEN, answered_at__date__lte=day)
    return by_cohort(asked, "session__pair__cohort_id").annotate(
        value=Count("pk", filter=written), count=Count("pk")
    )


def by_cohort(rows, path: str):
    """Rows grouped by the cohort that `path` leads to."""
    return rows.order_by().values(of_cohort=F(path))


def counted_pairs(day: date):
    """Pairs that run on `day` in a cohort that has begun its pilot by then."""
    begun = Cohort.objects.begun_by(day)
    return Pair.objects.running_on(day).filter(cohort__in=begun)


METRICS = {
    "participation": participation,
    "rhythm": rhythm,
    "sessions": sessions,
    "milestones": milestones,
    "reflections": reflections,
}
