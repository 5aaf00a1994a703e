"""Periods that are reported once.

A period's roster is frozen when it opens. When its last day has passed, `publisher`
works out its figures, checks them and writes them, in one transaction; nobody holds
the right to change them afterwards.
"""

import calendar
import logging
from datetime import date, datetime, timedelta

from django.db import transaction

from mentorship.accounts.models import User
from mentorship.charter.models import Program
from mentorship.insights.disclosure import Figure, violations
from mentorship.insights.metrics.nightly import DEFINITION, counted_pairs
from mentorship.insights.metrics.of_period import PUBLISHER, figures_of
from mentorship.insights.models import (
    FrozenPlace,
    Period,
    PublicationRule,
    PublishedFigure,
    PublishedPeriod,
)
from pairing.models import Pair

logger = logging.getLogger(__name__)

KEEP_ROSTERS = timedelta(days=90)


def open_periods(now: datetime) -> int:
    """Open a period for every program whose pairs are under way and that has none
    open; returns how many."""
    closed = Program.objects.exclude(periods__in=Period.objects.open())
    return sum(open_period(program, now) is not None for program in closed)


@transaction.atomic
def open_period(program: Program, now: datetime) -> Period | None:
    """Open the program's next period and freeze who belongs to it: the pairs running on
    its first day. None when one is open already or no pair runs."""
    Program.objects.select_for_update().get(pk=program.pk)
    if program.periods.open().exists():
        return None
    starts_on, pairs = first_day(program, program.today(now))
    if not pairs:
        return None
    rule = rule_of(program)
    period = Period.objects.create(
        program=program,
        rule=rule,
        starts_on=starts_on,
        ends_on=months_later(starts_on, rule.months) - timedelta(days=1),
        opened_at=now,
    )
    FrozenPlace.objects.bulk_create(frozen(period, pairs))
    return period


def first_day(program: Program, today: date) -> tuple[date, list[Pair]]:
    """Where the next period starts and its pairs: the day after the last one, or today
    when nobody was under way then."""
    last = program.periods.order_by("-ends_on").first()
    after = last.ends_on + timedelta(days=1) if last else today
    pairs: list[Pair] = []
    for day in sorted({after, today}):
        running = counted_pairs(day).filter(cohort__program=program)
        pairs = list(running.select_related("mentor", "mentee"))
        if pairs:
            return day, pairs
    return today, pairs


def rule_of(program: Program) -> PublicationRule:
    """The program's newest rule; the usual one is made when it is first needed."""
    newest = program.publication_rules.order_by("-number").first()
    return newest or PublicationRule.objects.create(
        program=program, number=1, by=User.objects.the_program()
    )


def frozen(period: Period, pairs: list[Pair]) -> list[FrozenPlace]:
    """Both places of every pair, with what breakdowns will need, unsaved."""
    counted = FrozenPlace.objects.filter(cohort__program=period.program)
    before = set(counted.values_list("participant", flat=True))
    return [
        FrozenPlace(
            period=period,
            cohort_id=pair.cohort_id,
            participant=place,
            pair=pair,
            side=side,
            function=place.function,
            site=place.site,
            is_first=place.pk not in before,
        )
        for pair in pairs
        for side, place in (("mentor", pair.mentor), ("mentee", pair.mentee))
    ]


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def close_and_publish(now: datetime) -> int:
    """Publish every period whose last day has passed in its program's zone, and open
    the next ones, until none is left behind; returns how many were settled."""
    settled = 0
    while batch := sum(publish(period, now) for period in Period.objects.over(now)):
        settled += batch
        open_periods(now)
    return settled


def publish(period: Period, now: datetime) -> bool:
    """Close an open period and publish its figures, or withhold them all when one of
    them breaks a rule. False when somebody else closed it first."""
    with transaction.atomic(using=PUBLISHER):
        ours = Period.objects.using(PUBLISHER).filter(pk=period.pk)
        if not ours.open().update(state=Period.State.CLOSED, closed_at=now):
            return False
        figures, group = figures_of(period)
        if wrong := violations(figures, group, period.rule.minimum):
            logger.error("Period %s is withheld: %s", period.pk, "; ".join(wrong))
            ours.update(state=Period.State.WITHHELD)
            return True
        ours.update(state=Period.State.AUDITED)
        write(period, figures, now)
        ours.update(state=Period.State.PUBLISHED)
    return True


def write(period: Period, figures: list[Figure], now: datetime) -> None:
    """Insert a period and its figures into the published schema."""
    shown = PublishedPeriod.objects.using(PUBLISHER).create(
        id=period.pk,
        program_id=period.program_id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        rule_number=period.rule.number,
        minimum=period.rule.minimum,
        published_at=now,
    )
    PublishedFigure.objects.using(PUBLISHER).bulk_create(
        PublishedFigure(
            period=shown,
            metric=figure.metric,
            part=figure.part,
            position=position,
            size_low=figure.size and figure.size[0],
            size_high=figure.size and figure.size[1],
            low=figure.value and figure.value[0],
            high=figure.value and figure.value[1],
            definition=DEFINITION,
        )
        for position, figure in enumerate(figures)
    )


def forget_rosters(now: datetime) -> int:
    """Delete who belonged to periods that closed 90 days ago; returns how many rows."""
    old = FrozenPlace.objects.filter(period__closed_at__lt=now - KEEP_ROSTERS)
    return old.delete()[0]
