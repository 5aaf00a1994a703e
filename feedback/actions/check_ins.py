"""Check-ins: asked on each person's own clock, answered in one tap."""

from datetime import datetime

from django.db import connection, transaction

from feedback.models import CheckIn
from feedback.reminding import CHECK_IN, pairs_to_ask
from mentorship.charter.planning import (
    AHEAD,
    ONE_PLANNER_AT_A_TIME,
    TIMES,
    plan,
    times_of,
)
from mentorship.outbox.models import Notice

ASK = f"""
insert into feedback_checkin (id, pair_id, participant_id, asked_for, answer)
select gen_random_uuid(), subject.of_pair, subject.about, moment.falls_on, ''
from ({{subjects}}) subject {TIMES}
where moment.falls_on >= subject.first_day
    and not coalesce(subject.days_away @> moment.falls_on, false)
order by subject.of_pair, subject.about
on conflict do nothing
"""


class NotYourCheckIn(Exception):
    """Somebody else was asked."""


@transaction.atomic
def ask_check_ins(now: datetime) -> int:
    """Ask everybody in a running pair whose day comes within 48 hours, and those whom
    an outage left out no longer than 36 hours ago; nobody is asked on a break. Returns
    how many mails are new or have moved.

    Safe to repeat: rows and notices are unique by local day. Whoever has moved to
    another zone since is written to at the new hour.
    """
    times = times_of(CHECK_IN.kind, now - CHECK_IN.latest, now + AHEAD)
    if not times.moments:
        return 0
    subjects, params = pairs_to_ask().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(ONE_PLANNER_AT_A_TIME)
        cursor.execute(ASK.format(subjects=subjects), [*params, *times.params])
    return plan(CHECK_IN, now, times)


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
