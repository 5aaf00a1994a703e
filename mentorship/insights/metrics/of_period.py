"""A closed period's figures for its frozen roster, told in ranges.

Everything is read as `publisher`, who may see facts and no words. Every figure is
about the same group, all pairs of the roster, so that no two figures differ by a few
people: a pair that had nothing due counts as not having done it.
"""

from datetime import date, timedelta

from django.db import connections
from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Least

from feedback.models import Reflection
from mentorship.insights.disclosure import (
    Figure,
    Group,
    size_range,
    told_count,
    told_mean,
)
from mentorship.insights.models import FrozenPlace, Period
from milestones.models import Milestone
from pairing.models import Pair, Session

PUBLISHER = "publisher"
WEEK = timedelta(days=7)
MEAN, WEEKLY = "sessions_per_pair", "met_in_week"
SAY, SAY_SCALE = "had_a_say", (1, 5)


def figures_of(period: Period) -> tuple[list[Figure], Group]:
    """What may be told about a period, in reading order, and its group.

    Which rows there are depends on the period's days alone; whether they hold a range
    depends on the size of the roster alone, or on how many of it answered a survey;
    never on what people did or said.
    """
    group, shortest_rhythm = roster_of(period)
    if group.size < period.rule.minimum:
        return nothing_told(period), group
    pairs = Pair.objects.using(PUBLISHER).filter(
        pk__in=FrozenPlace.objects.filter(period=period.pk).values("pair")
    )
    size = size_range(group.pairs)
    counts = [
        Figure(metric, told_count(doing(pairs, period).count(), group.pairs), size)
        for metric, doing in COUNTS.items()
    ]
    weekly = [
        Figure(WEEKLY, told_count(met, group.pairs), size, part=start.isoformat())
        for start, met in met_by_week(pairs, period).items()
    ]
    most = 2 * planned_sessions(period, shortest_rhythm)
    mean = told_mean(mean_sessions(pairs, period, most), group.size, (0, most))
    sessions = Figure(MEAN, mean, mean and size, scale=(0, most))
    return [*counts, sessions, had_a_say(period), *weekly], group


def nothing_told(period: Period) -> list[Figure]:
    """The same rows as always, each "not shown"."""
    return [
        *(Figure(metric) for metric in (*COUNTS, MEAN, SAY)),
        *(Figure(WEEKLY, part=start.isoformat()) for start in weeks_of(period)),
    ]


def roster_of(period: Period) -> tuple[Group, int]:
    """The group that was frozen, and the shortest rhythm in it, in days."""
    person = Coalesce("participant__user", "participant")
    found = (
        FrozenPlace.objects.using(PUBLISHER)
        .filter(period=period.pk)
        .aggregate(
            people=Count(person, distinct=True),
            pairs=Count("pair", distinct=True),
            shortest=Min("pair__rhythm_days"),
        )
    )
    return Group(found["people"], found["pairs"]), found["shortest"] or 1


def days_of(period: Period) -> tuple[date, date]:
    """The first and the last day, both counted."""
    return period.starts_on, period.ends_on


def length_of(period: Period) -> int:
    """How many days a period has."""
    return (period.ends_on - period.starts_on).days + 1


def planned_sessions(period: Period, rhythm_days: int) -> int:
    """How many sessions a rhythm plans in the period; one at least."""
    return max(length_of(period) // rhythm_days, 1)


def weeks_of(period: Period) -> list[date]:
    """The first days of the whole weeks in a period, counted from its own first day."""
    return [
        period.starts_on + WEEK * number for number in range(length_of(period) // 7)
    ]


def held_in(period: Period):
    """Sessions held on a day of the period."""
    return Session.objects.held_between(*days_of(period))


def with_sessions(pairs, period: Period):
    """Pairs with `held`, how many sessions they held in the period."""
    held = Q(sessions__in=held_in(period))
    return pairs.annotate(held=Count("sessions", filter=held))


def met(pairs, period: Period):
    """Pairs that met at least once."""
    return pairs.filter(Exists(held_in(period).filter(pair=OuterRef("pk"))))


def kept_rhythm(pairs, period: Period):
    """Pairs that met at least as often as their rhythm plans."""
    length = Value(length_of(period), IntegerField())
    planned = Greatest(length / F("rhythm_days"), 1)
    return with_sessions(pairs, period).filter(held__gte=planned)


def reached_something(pairs, period: Period):
    """Pairs that reached or tried at least one milestone."""
    done = Milestone.objects.done().filter(done_on__range=days_of(period))
    return pairs.filter(Exists(done.filter(pair=OuterRef("pk"))))


def reached_all_due(pairs, period: Period):
    """Pairs with milestones due, every one of them reached or tried by the end."""
    due = Milestone.objects.on_the_road().filter(
        pair=OuterRef("pk"), due_on__range=days_of(period)
    )
    open_still = due.exclude(done_on__lte=period.ends_on)
    return pairs.filter(Exists(due)).exclude(Exists(open_still))


def reflected(pairs, period: Period):
    """Pairs in which somebody wrote a reflection on a session of the period."""
    return pairs.filter(Exists(written_in(period)))


def both_reflected(pairs, period: Period):
    """Pairs in which both sides wrote one."""
    written = written_in(period)
    return pairs.filter(
        Exists(written.filter(author=OuterRef("mentor"))),
        Exists(written.filter(author=OuterRef("mentee"))),
    )


def written_in(period: Period):
    """Reflections that an outer pair wrote on its sessions of the period."""
    return Reflection.objects.written().filter(
        session__in=held_in(period), session__pair=OuterRef("pk")
    )


def mean_sessions(pairs, period: Period, most: int) -> float:
    """Sessions per pair; whatever a pair held beyond `most` does not count."""
    found = with_sessions(pairs, period).aggregate(
        total=Sum(Least("held", most)), pairs=Count("pk")
    )
    return found["total"] / found["pairs"]


def had_a_say(period: Period) -> Figure:
    """The mean of "I had a say in who I was paired with", 1 to 5, over whoever of the
    roster was counted for the first time and has answered. The answers stay where they
    are: the database tells how many there are and their mean."""
    with connections[PUBLISHER].cursor() as cursor:
        cursor.execute("select * from says_of_period(%s)", [period.pk])
        people, pairs, mean = cursor.fetchone() or (0, 0, 0.0)
    answered = Group(people, pairs)
    told = told_mean(mean, answered.size, SAY_SCALE) if answered.size else None
    if told is None or answered.size < period.rule.minimum:
        return Figure(SAY)
    size = size_range(people)
    return Figure(SAY, told, size, scale=SAY_SCALE, answered=answered)


def met_by_week(pairs, period: Period) -> dict[date, int]:
    """For each whole week, by its first day: how many pairs met."""
    weeks = weeks_of(period)
    if not weeks:
        return {}
    found = (
        held_in(period)
        .using(PUBLISHER)
        .filter(pair__in=pairs)
        .aggregate(
            **{
                f"week{number}": Count(
                    "pair",
                    distinct=True,
                    filter=Q(held_on__range=(start, start + timedelta(days=6))),
                )
                for number, start in enumerate(weeks)
            }
        )
    )
    return dict(zip(weeks, found.values(), strict=True))


COUNTS = {
    "met": met,
    "kept_rhythm": kept_rhythm,
    "reached_something": reached_something,
    "reached_all_due": reached_all_due,
    "reflected": reflected,
    "both_reflected": both_reflected,
}
