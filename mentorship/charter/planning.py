"""The planner: every reminder of one kind in one statement.

Python works out the few moments (beat, zone, day) with zoneinfo; Postgres joins them to
the people, in the millions if need be. What an app reminds of is a queryset whose rows
name these columns:

    reader_id, reader_zone, reader_together   who reads it, where, and in what form
    of_cohort, about                          the cohort, and the subject's id
    on_day                                    the subject's day, or None for every day
    not_before, not_after                     moments that bound it, or None
    days_away                                 a multirange of days on a break, or None
    notice_key, facts                         unique (for every day: with the day, in
                                              the reader's zone); the notice's context
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import (
    DateField,
    DateTimeField,
    F,
    Func,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.urls import reverse

from mentorship.accounts.models import User

from .hours import Beat
from .models import CharterVersion, Cohort, Rhythm

AHEAD = timedelta(hours=48)
NIL = UUID(int=0)
ONE_PLANNER_AT_A_TIME = "select pg_advisory_xact_lock(8317003)"

# Joined to any `subject` that names of_cohort and reader_zone.
TIMES = """
join unnest(%s::uuid[], %s::uuid[], %s::int[], %s::bool[], %s::text[])
    as tempo(cohort_id, program_id, beat, has_digest, facts)
    on tempo.cohort_id = subject.of_cohort
join unnest(%s::int[], %s::text[], %s::date[], %s::date[], %s::timestamptz[])
    as moment(beat, zone, day, falls_on, due_at)
    on moment.beat = tempo.beat and moment.zone = subject.reader_zone
"""

PLANNED = f"""
select subject.reader_id,
    subject.notice_key
        || case when subject.on_day is null then ':' || moment.falls_on else '' end
        as notice_key,
    moment.due_at,
    least(moment.due_at + %s, subject.not_after) as not_after,
    tempo.program_id, tempo.cohort_id, subject.about,
    subject.facts || tempo.facts::jsonb
        || jsonb_build_object('planned_for', moment.due_at) as context
from ({{subjects}}) subject {TIMES}
where (subject.on_day is null or subject.on_day = moment.day)
    and (subject.not_before is null or subject.not_before < moment.due_at)
    and (subject.not_after is null or subject.not_after > moment.due_at)
    and not coalesce(subject.days_away @> moment.falls_on, false)
    and not (%s and subject.reader_together and tempo.has_digest)
"""

# Each row is looked up by its key, and all of them before the first is written: a join
# would be planned for the table as it was before, and read it again for each row.
# A row that was taken back, for a break or a move to another zone, comes back when its
# reason is over; one that has moved goes to its new hour; all others are left alone.
INSERT = """
insert into outbox_notice (
    id, recipient_id, key, due_at, not_after, program_id, cohort_id, about_id, context,
    kind, template, about_kind, channel, state, skipped_because, attempts, last_error,
    created_at
)
select gen_random_uuid(), planned.*, %s, %s, %s, 'email', 'pending', '', 0, '', %s
from ({planned}) planned
where coalesce((
    select there.state = 'canceled' or there.state = 'pending'
        and there.context -> 'planned_for' <> planned.context -> 'planned_for'
    from outbox_notice there where there.key = planned.notice_key
), true)
order by planned.notice_key
on conflict (key) do update set
    due_at = excluded.due_at, not_after = excluded.not_after,
    context = excluded.context, state = 'pending', attempts = 0, trouble = '',
    last_error = '', slot_at = null, folded_into_id = null
where outbox_notice.state in ('pending', 'canceled')
"""


@dataclass(frozen=True)
class Reminder:
    """A kind of reminder. `subjects(first, last)` are querysets of what may be due
    between these moments; `latest` after its moment, nobody needs it any more."""

    kind: Rhythm.Kind
    template: str
    about: type[Model]
    latest: timedelta
    subjects: Callable[[datetime, datetime], list[QuerySet]]
    folds: bool = True  # into the weekly mail of whoever wants one


class Reader(Protocol):
    """Somebody's place in a cohort."""

    user: Any
    cohort: Any


@dataclass(frozen=True)
class Times:
    """The beat of each cohort, and the moments of each beat in each zone."""

    tempos: list[tuple]
    moments: list[tuple]

    @property
    def params(self) -> list[list]:
        """For TIMES: the same, column by column."""
        tempos = [list(column) for column in zip(*self.tempos, strict=True)]
        moments = [list(column) for column in zip(*self.moments, strict=True)]
        return [*(tempos or [[]] * 5), *(moments or [[]] * 5)]


def plan(reminder: Reminder, now: datetime, times: Times | None = None) -> int:
    """Queue what falls due within 48 hours, and what an outage left out while it is
    still of use. Returns how many notices are new or have moved. Safe to repeat."""
    selected = planned(reminder, now, times=times)
    if selected is None:
        return 0
    sql, params = selected
    about = reminder.about._meta.label_lower
    own = reminder.kind, reminder.template, about, now
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(ONE_PLANNER_AT_A_TIME)
        # Whoever was asked a moment ago is not in the statistics yet: Postgres would
        # take a hundred thousand for one, and look for each among all the others.
        cursor.execute("set local enable_nestloop = off")
        cursor.execute(INSERT.format(planned=sql), [*own, *params])
        queued = cursor.rowcount
        cursor.execute("set local enable_nestloop = on")
        return queued


def planned(
    reminder: Reminder,
    now: datetime,
    *,
    ahead: timedelta = AHEAD,
    only: Reader | None = None,
    times: Times | None = None,
) -> tuple[str, list] | None:
    """The statement that selects what is due, and its parameters; `only` to one
    person. None when nothing can be."""
    first, last = now - reminder.latest, now + ahead
    times = times or times_of(reminder.kind, first, last, only)
    if not times.moments:
        return None
    found = [subjects.order_by() for subjects in reminder.subjects(first, last)]
    if only:
        found = [subjects.filter(reader_id=only.user.pk) for subjects in found]
    everyone = reduce(lambda one, other: one.union(other, all=True), found)
    try:
        subjects, params = everyone.query.sql_with_params()
    except EmptyResultSet:
        return None
    sql = PLANNED.format(subjects=subjects)
    return sql, [reminder.latest, *params, *times.params, reminder.folds]


def times_of(
    kind: str, first: datetime, last: datetime, only: Reader | None = None
) -> Times:
    """When a kind is due between two moments, in each cohort that is not over and has
    it switched on; in the zones that people live in."""
    beats: dict[Beat, int] = {}
    tempos = []
    caps = dict(
        CharterVersion.objects.in_force().values_list("program", "reminders_a_week")
    )
    cohorts = rhythms_of_cohorts(
        kind, Rhythm.Kind.DIGEST, only=only.cohort if only else None
    )
    for cohort, rhythms in cohorts.items():
        rhythm, has_digest = rhythms[kind], rhythms[Rhythm.Kind.DIGEST].is_on
        if not rhythm.is_on:
            continue
        number = beats.setdefault(beat_of(rhythm, cohort), len(beats))
        facts = json.dumps(facts_of(rhythm, caps.get(cohort.program_id)))
        tempos.append((cohort.pk, cohort.program_id, number, has_digest, facts))
    everywhere = User.objects.order_by().values_list("zone", flat=True).distinct()
    zones = [only.user.zone] if only else everywhere
    moments = [
        (number, zone, *moment)
        for zone in zones
        for beat, number in beats.items()
        for moment in beat.moments(first, last, ZoneInfo(zone))
    ]
    return Times(tempos, moments)


def rhythms_of_cohorts(
    *kinds: str, only: Cohort | None = None
) -> dict[Cohort, dict[str, Rhythm]]:
    """The rhythm of each kind that counts in each cohort that is not over: its own,
    else its program's, else the usual one; two queries."""
    own = {
        (rhythm.cohort_id or rhythm.program_id, rhythm.kind): rhythm
        for rhythm in Rhythm.objects.filter(kind__in=kinds)
    }
    usual = {kind: Rhythm.usual(kind) for kind in kinds}
    return {
        cohort: {
            kind: own.get((cohort.pk, kind))
            or own.get((cohort.program_id, kind))
            or usual[kind]
            for kind in kinds
        }
        for cohort in ([only] if only else Cohort.objects.not_over().order_by("pk"))
    }


def beat_of(rhythm: Rhythm, cohort: Cohort) -> Beat:
    """Weeks are counted from the one in which the cohort becomes active."""
    if not rhythm.is_weekly:
        return Beat(rhythm.at, shift=rhythm.shift)
    anchor = cohort.active_on or cohort.pilot_on or cohort.created_at.date()
    return Beat.weekly(rhythm.at, rhythm.weekday, rhythm.every_weeks, anchor)


def facts_of(rhythm: Rhythm, most_a_week: int | None) -> dict:
    """What a mail says about why it comes, its own words, and the weekly cap."""
    why: dict = {"kind": rhythm.kind, "at": rhythm.at.isoformat("minutes")}
    if rhythm.is_weekly:
        why |= {"weekday": rhythm.weekday, "every_weeks": rhythm.every_weeks}
    else:
        why |= {"days": rhythm.days}
    return {"rhythm": why, "wording": rhythm.words, "reminders_a_week": most_a_week}


# Columns without a value.
NO_DAY = Cast(Value(None), DateField())
NO_MOMENT = Cast(Value(None), DateTimeField())
ALWAYS = {"on_day": NO_DAY, "not_before": NO_MOMENT, "not_after": NO_MOMENT}


def path_to(view: str, field: str = "pk") -> Func:
    """The address of a page about a row, as an expression."""
    before, after = reverse(view, args=[NIL]).split(str(NIL))
    parts = Value(before), F(field), Value(after)
    return Func(*parts, function="concat", output_field=TextField())


def key_of(first: str, *fields: str) -> Func:
    """A notice's key: a word and fields with colons between, as an expression."""
    parts = Value(":"), Value(first), *map(F, fields)
    return Func(*parts, function="concat_ws", output_field=TextField())


def local_day(moment: str, zone: str) -> Cast:
    """The day that a moment is, by a clock, both fields: an expression."""
    local = Func(F(zone), F(moment), function="timezone", output_field=DateTimeField())
    return Cast(local, DateField())
