"""Check-ins: asked on each person's own clock, answered in one tap."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, Q

from feedback import notices
from feedback.hours import days_around, instant, is_check_in_day
from feedback.models import CheckIn
from mentorship.charter.models import CharterVersion, Cohort, Program, Rhythm
from mentorship.outbox.models import Notice
from mentorship.participants.models import Pause
from pairing.models import Pair

AHEAD = timedelta(hours=48)


class NotYourCheckIn(Exception):
    """Somebody else was asked."""


@dataclass(frozen=True)
class Due:
    """One question to one person: the row, the partner and the moment."""

    check_in: CheckIn
    partner: object
    program: Program
    at: datetime
    most_a_week: int | None


@transaction.atomic
def ask_check_ins(now: datetime) -> int:
    """Ask everybody in a running pair whose day comes within 48 hours, and those whom
    an outage left out no longer than 36 hours ago; nobody is asked on a break. Returns
    how many were due.

    Safe to repeat: rows and notices are unique by local day. Whoever has moved to
    another zone since is written to at the new hour.
    """
    due = all_due(now)
    CheckIn.objects.bulk_create([one.check_in for one in due], ignore_conflicts=True)
    stored = {
        (row.pair_id, row.participant_id, row.asked_for): row.pk
        for row in CheckIn.objects.filter(
            pair__in={one.check_in.pair_id for one in due},
            asked_for__in={one.check_in.asked_for for one in due},
        )
    }
    wanted = []
    for one in due:
        row = one.check_in
        row.pk = stored[row.pair_id, row.participant_id, row.asked_for]
        wanted.append(
            notices.check_in(
                row,
                partner=one.partner,
                program=one.program,
                most_a_week=one.most_a_week,
                due_at=one.at,
            )
        )
    Notice.objects.queue(wanted)
    move_unsent(wanted)
    return len(due)


def all_due(now: datetime) -> list[Due]:
    """What is due to everybody around now, but for those on a break that day."""
    breaks = breaks_since(now - notices.LATEST)
    return [
        one
        for pair, rhythm in pairs_with_rhythm()
        for one in asked(pair, rhythm, now)
        if not any(
            pause.covers(one.check_in.asked_for)
            for pause in breaks[one.check_in.participant_id]
        )
    ]


def pairs_with_rhythm() -> list[tuple[Pair, Rhythm]]:
    """Every running pair with the check-in rhythm of its cohort, else its program."""
    rhythms = list(Rhythm.objects.filter(kind=Rhythm.Kind.CHECK_IN))
    of_cohort = {rhythm.cohort_id: rhythm for rhythm in rhythms}
    of_program = {rhythm.program_id: rhythm for rhythm in rhythms}
    served = Q(cohort__in=[c for c in of_cohort if c]) | Q(
        cohort__program__in=[p for p in of_program if p]
    )
    pairs = Pair.objects.running().filter(served).with_people()
    pairs = pairs.exclude(cohort__stage=Cohort.Stage.ALUMNI)
    charter = CharterVersion.objects.in_force().filter(
        program=OuterRef("cohort__program")
    )
    pairs = pairs.annotate(most_a_week=charter.values("reminders_a_week"))
    return [
        (pair, of_cohort.get(pair.cohort_id) or of_program[pair.cohort.program_id])
        for pair in pairs.select_related("cohort__program")
    ]


def breaks_since(moment: datetime) -> dict:
    """{place: breaks} that lasted at `moment` or come later; one query."""
    found = defaultdict(list)
    for pause in Pause.objects.not_over_on(moment.date() - timedelta(days=1)):
        found[pause.participant_id].append(pause)
    return found


def asked(pair: Pair, rhythm: Rhythm, now: datetime) -> list[Due]:
    """What is due to the two of one pair around now."""
    first, last = now - notices.LATEST, now + AHEAD
    anchor = pair.cohort.active_on or pair.started_on
    found = []
    for place, partner in ((pair.mentor, pair.mentee), (pair.mentee, pair.mentor)):
        if place.user is None:
            continue
        for day in days_around(first, last, place.user.tz):
            at = instant(day, rhythm.at, place.user.tz)
            if first < at <= last and is_check_in_day(
                day,
                weekday=rhythm.weekday,
                every_weeks=rhythm.every_weeks,
                anchor=anchor,
                started_on=pair.started_on,
            ):
                row = CheckIn(pair=pair, participant=place, asked_for=day)
                program, most = pair.cohort.program, pair.most_a_week
                found.append(Due(row, partner, program, at, most))
    return found


def move_unsent(wanted: list[Notice]) -> None:
    """Put what is not sent yet to the hour it is due now."""
    hours = {notice.key: notice for notice in wanted}
    late = []
    for notice in Notice.objects.unsent().filter(key__in=hours):
        newest = hours[notice.key]
        if notice.due_at != newest.due_at:
            notice.due_at, notice.not_after = newest.due_at, newest.not_after
            late.append(notice)
    Notice.objects.bulk_update(late, ["due_at", "not_after"])


@transaction.atomic
def answer_check_in(check_in: CheckIn, *, by, answer: str, at: datetime) -> CheckIn:
    """Keep an answer, which coordinators can read; a later one replaces it. Raises
    NotYourCheckIn."""
    if check_in.participant.user_id != by.pk:
        raise NotYourCheckIn
    check_in.answer, check_in.answered_at = answer, at
    check_in.save(update_fields=["answer", "answered_at"])
    Notice.objects.about(check_in).cancel()
    return check_in


def forget_check_ins(pairs) -> None:
    """Take back the questions to pairs that have ended, as far as they are unsent."""
    asked = CheckIn.objects.filter(pair__in=pairs, answered_at=None)
    Notice.objects.filter(
        about_kind=CheckIn._meta.label_lower, about_id__in=asked.values("pk")
    ).cancel()
