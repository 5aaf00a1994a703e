"""The named rules of health: which pairs may need a hand, and since when.

They read facts and check-ins, never a private word, and give no score. Pairs that are
closing, or of which one is on a break, are left in peace.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from math import ceil
from uuid import UUID

from django.db.models import DateField, Exists, F, OuterRef, Window
from django.db.models.functions import Cast, Coalesce, RowNumber

from mentorship.charter.models import CharterVersion, Program
from pairing.models import Agreement, HealthReason, Pair, Session
from pairing.signals import looking_for_health_facts

Reason = HealthReason.Reason
State = Session.State
# As far back as any rule looks.
NEWEST = 12


@dataclass(frozen=True)
class Fact:
    """A rule that holds for a pair; of a check-in, for its writer alone."""

    pair_id: UUID
    reason: str
    since_on: date
    participant_id: UUID | None = None

    @property
    def key(self) -> tuple:
        return self.pair_id, self.participant_id, self.reason


@dataclass(frozen=True)
class Meeting:
    """How a session that was to be went: held, missed or called off."""

    state: str
    on: date


def facts_of(program: Program, today: date) -> dict[tuple, Fact]:
    """{key: fact} of all rules that hold for the program's pairs today."""
    charter = program.in_force or CharterVersion(program=program)
    pairs = list(looked_after(program, today, charter))
    here = [pair for pair in pairs if not pair.on_break]
    course = courses(here)
    found: list[Fact] = [
        Fact(pair.pk, reason, since)
        for pair in here
        for reason, since in reasons_of(pair, course[pair.pk], charter, today)
    ]
    found += overloaded(pairs)
    ids = [pair.pk for pair in here]
    found += facts_from_above(ids, today)
    return {fact.key: fact for fact in found if fact.pair_id in set(ids)}


def facts_from_above(pairs, today):
    """What the apps above know: whom sessions were for, and what check-ins say."""
    answers = looking_for_health_facts.send(Pair, pairs=pairs, today=today)
    return [fact for _receiver, more in answers for fact in more]


def looked_after(program: Program, today: date, charter: CharterVersion):
    """Running pairs that are not about to end, with what the rules ask."""
    agreed = Agreement.objects.in_force().filter(pair=OuterRef("pk"))
    pairs = Pair.objects.filter(cohort__program=program).running().with_people()
    pairs = pairs.exclude(state=Pair.State.CLOSING)
    pairs = pairs.with_health(today, charter.first_session_days)
    return pairs.annotate(has_agreement=Exists(agreed))


def courses(pairs: Iterable[Pair]) -> dict[UUID, list[Meeting]]:
    """{pair: its last sessions that were held or fell through, the newest first}."""
    ended = Session.objects.filter(
        pair__in=[pair.pk for pair in pairs],
        state__in=[State.HELD, State.MISSED, State.CANCELED],
    )
    day = Coalesce("held_on", Cast("starts_at", DateField()))
    place = Window(
        RowNumber(),
        partition_by="pair",
        order_by=[F("day").desc(nulls_last=True), F("created_at").desc()],
    )
    newest = ended.annotate(day=day).annotate(place=place).filter(place__lte=NEWEST)
    found = defaultdict(list)
    for session in newest.order_by("pair", "place").values("pair", "state", "day"):
        found[session["pair"]].append(Meeting(session["state"], session["day"]))
    return found


def reasons_of(pair, course, charter, today):
    """Yield (reason, since) of the rules on one pair's own sessions."""
    begun = max(filter(None, [pair.last_on or pair.started_on, pair.rested_until]))
    if pair.is_late:
        yield Reason.FIRST_LATE, begun + timedelta(charter.first_session_days + 1)
    if pair.is_stalled:
        yield Reason.QUIET, begun + timedelta(ceil(pair.rhythm_days * 1.5) + 1)
    if len(run_of(State.CANCELED, course)) >= 2:
        yield Reason.CANCELED, min(course[0].on or today, today)
    held = [meeting.on for meeting in course if meeting.state == State.HELD]
    if pair.held >= 2 and not pair.has_agreement:
        yield Reason.NO_AGREEMENT, held[-2] if len(held) >= 2 else today
    long_quiet = begun + timedelta(pair.rhythm_days * charter.exit_quiet_rhythms)
    missed = run_of(State.MISSED, course)
    if today > long_quiet:
        yield Reason.EXIT, long_quiet
    elif len(missed) >= charter.exit_missed:
        yield Reason.EXIT, min(missed[0].on or today, today)


def run_of(state: str, course: list[Meeting]) -> list[Meeting]:
    """The newest meetings, as long as all of them went this way."""
    return list(takewhile(lambda meeting: meeting.state == state, course))


def overloaded(pairs: list[Pair]) -> list[Fact]:
    """Mentors with more running pairs than they offered: a fact of the newest pair,
    for the mentor alone, because a mentee knows of no other pair."""
    running = Counter(pair.mentor_id for pair in pairs)
    newest = {
        pair.mentor_id: pair for pair in sorted(pairs, key=lambda p: p.started_on)
    }
    return [
        Fact(pair.pk, Reason.OVERLOADED, pair.started_on, place)
        for place, pair in newest.items()
        if running[place] > (pair.mentor.capacity or 0)
    ]
