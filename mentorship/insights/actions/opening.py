"""Opening a period: its days, its rule and who belongs to it are settled."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from mentorship.accounts.models import audit
from mentorship.charter.models import Program
from mentorship.insights.metrics.nightly import counted_pairs
from mentorship.insights.models import FrozenPlace, Period, PublicationRule
from pairing.models import Pair

from .rules import rule_of


class NothingToCount(Exception):
    """A period is open already, or no pair is under way."""


@dataclass(frozen=True)
class Opening:
    """What a period would be if it opened now."""

    rule: PublicationRule
    starts_on: date
    ends_on: date
    pairs: list[Pair]


def open_periods(now: datetime) -> int:
    """Open a period for every program whose pairs are under way and that has none
    open; returns how many."""
    closed = Program.objects.exclude(periods__in=Period.objects.open())
    return sum(open_period(program, now) is not None for program in closed)


@transaction.atomic
def open_period(program: Program, now: datetime, by=None) -> Period | None:
    """Open the program's next period and freeze who belongs to it: the pairs running on
    its first day. None when one is open already or no pair runs; NothingToCount when
    somebody asked for it."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    opening = opening_of(program, now)
    if program.periods.open().exists() or not opening.pairs:
        if by:
            raise NothingToCount
        return None
    period = Period.objects.create(
        program=program,
        rule=opening.rule,
        starts_on=opening.starts_on,
        ends_on=opening.ends_on,
        opened_at=now,
    )
    FrozenPlace.objects.bulk_create(frozen(period, opening.pairs))
    if by:
        days = f"{period.starts_on.isoformat()}/{period.ends_on.isoformat()}"
        audit("opened a period", period, by=by, program_id=program.pk, days=days)
    return period


def opening_of(program: Program, now: datetime) -> Opening:
    """The days, the rule and the pairs of the period that would open now."""
    starts_on, pairs = first_day(program, program.today(now))
    rule = rule_of(program)
    ends_on = months_later(starts_on, rule.months) - timedelta(days=1)
    return Opening(rule, starts_on, ends_on, pairs)


def first_day(program: Program, today: date) -> tuple[date, list[Pair]]:
    """Where the next period starts and its pairs: the day after the last one, or today
    when nobody was under way then."""
    last = program.periods.order_by("-ends_on").first()
    after = last.ends_on + timedelta(days=1) if last else today
    pairs: list[Pair] = []
    for day in sorted({after, today}):
        running = counted_pairs(day).filter(cohort__program=program)
        pairs = list(running.select_related("mentor", "mentee", "cohort"))
        if pairs:
            return day, pairs
    return today, pairs


def frozen(period: Period, pairs: list[Pair]) -> list[FrozenPlace]:
    """Both places of every pair, with what breakdowns look at, unsaved."""
    counted = FrozenPlace.objects.filter(cohort__program=period.program)
    before = set(counted.values_list("participant", flat=True))
    regions = dict(period.program.regions.values_list("site", "name"))
    return [
        FrozenPlace(
            period=period,
            cohort_id=pair.cohort_id,
            cohort_name=pair.cohort.name,
            participant=place,
            pair=pair,
            side=side,
            function=place.function,
            site=place.site,
            region=regions.get(place.site, place.site),
            is_first=place.pk not in before,
        )
        for pair in pairs
        for side, place in (("mentor", pair.mentor), ("mentee", pair.mentee))
    ]


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
