"""From the last day of a period to figures that nobody can change.

open → closed → checked → published, or withheld as a whole. The night, or a
coordinator, closes a period. A worker works out what may be told, has it attacked and
keeps it as drafts. A coordinator may look at exactly these, publish or withhold them;
the next night publishes what still waits. `publisher` does all of it but the closing:
a row lock lets one worker at a time, and one killed half-way leaves nothing behind, so
that the next one begins anew.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from mentorship.accounts.models import audit
from mentorship.charter.models import Program
from mentorship.insights.disclosure import Row, Rule, release
from mentorship.insights.disclosure.apart import told_apart
from mentorship.insights.disclosure.checking import violations_in, wrong_apart
from mentorship.insights.metrics.nightly import DEFINITION
from mentorship.insights.metrics.of_period import PUBLISHER, metrics_of, roster_of
from mentorship.insights.metrics.of_year import tallies_of
from mentorship.insights.models import (
    BETWEEN,
    DraftFigure,
    FrozenPlace,
    Period,
    PublicationRule,
    PublishedFigure,
    PublishedPeriod,
    ThemeSource,
)

from .opening import months_later, open_periods
from .telling import tell_everyone
from .themes import PeriodHasMovedOn, release_themes

logger = logging.getLogger(__name__)

KEEP_ROSTERS = timedelta(days=90)
State, Withheld = Period.State, Period.Withheld


@dataclass(frozen=True)
class Told:
    """A release with why it is withheld, if it is, and how many seconds it took."""

    rows: tuple[Row, ...]
    dropped: tuple[tuple[str, str], ...]
    because: str
    seconds: float


class TooEarly(Exception):
    """A period lasts a month at least."""


# ------------------------------------------------------------------------- closing
def close_periods(now: datetime) -> int:
    """Close every period whose last day has passed in its program's zone, and open the
    next ones, until none is left behind; returns how many were closed."""
    closed = 0
    while over := Period.objects.over(now):
        ids = [period.pk for period in over]
        ours = Period.objects.open().filter(pk__in=ids)
        closed += ours.update(state=State.CLOSED, closed_at=now)
        open_periods(now)
    return closed


@transaction.atomic
def close_period(period: Period, *, by, at: datetime) -> None:
    """End an open period with yesterday, by hand; a month at the earliest. Raises
    TooEarly, or PeriodHasMovedOn where the night was faster."""
    Program.objects.select_for_update(no_key=True).get(pk=period.program_id)
    if not may_close(period, at):
        raise TooEarly
    yesterday = period.program.today(at) - timedelta(days=1)
    ends_on = min(period.ends_on, yesterday)
    ours = Period.objects.open().filter(pk=period.pk)
    if not ours.update(state=State.CLOSED, closed_at=at, ends_on=ends_on):
        raise PeriodHasMovedOn
    audit("closed a period", period, by=by, program_id=period.program_id)


def may_close(period: Period, now: datetime) -> bool:
    """Whether a month has passed since its first day."""
    return period.program.today(now) >= months_later(period.starts_on, 1)


@transaction.atomic
def narrate(period: Period, words: str, *, by) -> None:
    """Keep what the report begins with. Raises PeriodHasMovedOn once it is settled."""
    ours = Period.objects.unsettled().filter(pk=period.pk)
    if not ours.update(narrative=words):
        raise PeriodHasMovedOn
    audit("wrote the report's first words", period, by=by, program_id=period.program_id)


# -------------------------------------------------------------------- working it out
def sweep_periods(now: datetime) -> int:
    """Work out every closed period that no other worker has in hand, and tell whom it
    concerns what became of those that are settled; returns how many were worked out."""
    done = 0
    closed = Period.objects.closed().order_by("starts_on")
    for pk in list(closed.values_list("pk", flat=True)):
        try:
            done += work_out(pk, now)
        except Exception:  # it stays closed; the others must not wait for it
            logger.exception("Period %s could not be worked out", pk)
    tell_everyone(now)
    return done


def work_out(period_id, now: datetime) -> bool:
    """Work out, check and keep what may be told of a closed period, or withhold it all.
    False when another worker has it or has been here."""
    with transaction.atomic(using=PUBLISHER):
        period = locked(period_id, State.CLOSED, skip_locked=True)
        if period is None:
            return False
        settle(period, told_of(period), now)
    return True


def told_of(period: Period) -> Told:
    """What may be told of a period: worked out and attacked, then looked at once more
    by other means; and beside it what is about no roster."""
    began = monotonic()
    places, metrics = roster_of(period), metrics_of(period)
    rule = rule_for(period.rule)
    made = release(places, metrics, rule)
    because = Withheld.AUDIT if made.withheld else ""
    beside = [(tally, told_apart(tally)) for tally in tallies_of(period)]
    wrong = violations_in(places, metrics, made.rows, rule)
    wrong += [why for tally, row in beside for why in wrong_apart(tally, row)]
    if not because and wrong:
        # How many and no more: the rows themselves may say too much.
        logger.error("Period %s: %s rows break a rule", period.pk, len(wrong))
        because = Withheld.FAILED
    rows = (*made.rows, *(row for _tally, row in beside))
    return Told(rows, made.dropped, because, monotonic() - began)


def locked(period_id, state, skip_locked: bool = False) -> Period | None:
    """The period, held until the publisher's transaction ends, if it is in that state
    and, with `skip_locked`, nobody else holds it."""
    periods = Period.objects.using(PUBLISHER).filter(pk=period_id, state=state)
    periods = periods.select_for_update(of=("self",), skip_locked=skip_locked)
    return periods.select_related("rule", "program").first()


def rule_for(rule: PublicationRule) -> Rule:
    """A program's rule as the engine takes it."""
    return Rule(rule.minimum, rule.minimum_answers, tuple(rule.breakdowns))


def settle(period: Period, told: Told, now: datetime) -> None:
    """Keep the drafts of a release, or say that it is withheld."""
    if told.because:
        logger.error("Period %s is withheld: %s", period.pk, told.because)
        period.state, period.withheld_because = State.WITHHELD, told.because
    else:
        period.state = State.AUDITED
        DraftFigure.objects.using(PUBLISHER).bulk_create(drafts(period, told.rows))
    period.audited_at, period.audit_seconds = now, told.seconds
    period.dropped = [list(one) for one in told.dropped]
    period.save(
        using=PUBLISHER,
        update_fields=[
            "state",
            "audited_at",
            "audit_seconds",
            "dropped",
            "withheld_because",
        ],
    )


def drafts(period: Period, rows: tuple[Row, ...]) -> list[DraftFigure]:
    """A release's rows, unsaved, in their order."""
    return [
        DraftFigure(
            period=period,
            metric=row.metric,
            breakdown=row.breakdown,
            part=BETWEEN.join(row.part),
            position=position,
            size_low=row.size and row.size[0],
            size_high=row.size and row.size[1],
            low=row.value and row.value[0],
            high=row.value and row.value[1],
            definition=DEFINITION,
        )
        for position, row in enumerate(rows)
    ]


# ----------------------------------------------------------------------- publishing
def publish_waiting(now: datetime) -> int:
    """Publish what was checked before today and nobody has published or withheld;
    returns how many."""
    audited = Period.objects.audited().select_related("program")
    return sum(
        insert_rows(period.pk, now) for period in audited if period.publishes_at <= now
    )


def publish(period: Period, *, by, at: datetime) -> None:
    """Publish a checked period now. Raises PeriodHasMovedOn."""
    with transaction.atomic():
        audit("published a period", period, by=by, program_id=period.program_id)
        if not insert_rows(period.pk, at):
            raise PeriodHasMovedOn
    tell_everyone(at)


def withhold(period: Period, *, by, at: datetime) -> None:
    """Withhold a checked period as a whole, for good. Raises PeriodHasMovedOn."""
    with transaction.atomic():
        audit("withheld a period", period, by=by, program_id=period.program_id)
        with transaction.atomic(using=PUBLISHER):
            ours = locked(period.pk, State.AUDITED)
            if ours is None:
                raise PeriodHasMovedOn
            ours.drafts.using(PUBLISHER).all().delete()
            ours.state, ours.withheld_because = State.WITHHELD, Withheld.COORDINATOR
            ours.save(using=PUBLISHER, update_fields=["state", "withheld_because"])
    tell_everyone(at)


def insert_rows(period_id, now: datetime) -> bool:
    """Copy a checked period's drafts, as they are, into the published schema and take
    them away, and tell its themes, in one transaction. False when somebody else was
    faster."""
    with transaction.atomic(using=PUBLISHER):
        period = locked(period_id, State.AUDITED)
        if period is None:
            return False
        shown = published_row(period, now)
        shown.save(using=PUBLISHER, force_insert=True)
        waiting = DraftFigure.objects.using(PUBLISHER).filter(period=period.pk)
        PublishedFigure.objects.using(PUBLISHER).bulk_create(
            PublishedFigure(**row, period=shown) for row in waiting.values(*COPIED)
        )
        waiting.delete()
        release_themes(period)
        period.state = State.PUBLISHED
        period.save(using=PUBLISHER, update_fields=["state"])
    return True


def published_row(period: Period, at: datetime) -> PublishedPeriod:
    """The period as the steering group reads it, unsaved."""
    return PublishedPeriod(
        id=period.pk,
        program_id=period.program_id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        rule_number=period.rule.number,
        minimum=period.rule.minimum,
        minimum_answers=period.rule.minimum_answers,
        narrative=period.narrative,
        published_at=at,
    )


COPIED = [
    field.name for field in PublishedFigure._meta.fields if field.name != "period"
]


def forget_rosters(now: datetime) -> int:
    """Delete who belonged to periods that closed 90 days ago and are settled, and which
    lessons their themes drew on; returns how many rows."""
    settled = Period.objects.settled().filter(closed_at__lt=now - KEEP_ROSTERS)
    sources = ThemeSource.objects.filter(theme__period__in=settled).delete()[0]
    return FrozenPlace.objects.filter(period__in=settled).delete()[0] + sources
