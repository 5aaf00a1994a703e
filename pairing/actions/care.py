"""The night's look at every pair: the pair hears first, coordinators a week later."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction

from mentorship.charter.models import BusyTime, Program
from mentorship.outbox.models import Notice
from pairing import notices
from pairing.health import facts_of
from pairing.models import HealthReason
from pairing.models.health import COORDINATORS_AFTER, GRAVEST_FIRST


@transaction.atomic
def look_after_pairs(now: datetime) -> dict[str, int]:
    """Keep the reasons of every pair true: settle what is over, tell pairs what is new
    and coordinators what has stayed a week. In a cohort's busy weeks nobody hears of
    anything. Returns how many of each; safe to repeat."""
    counts: Counter = Counter()
    # Locked, so that of two nights the second finds what the first one said.
    for program in Program.objects.order_by("pk").select_for_update(no_key=True):
        counts.update(look_after(program, now))
    return dict(counts)


def look_after(program: Program, now: datetime) -> dict[str, int]:
    """The same for one program, which is locked. Rules look at how things are now, so
    a night of the past that is run once more changes nothing."""
    if HealthReason.objects.of(program).filter(pair_told_at__gt=now).exists():
        return {}
    today = program.today(now)
    facts = facts_of(program, today)
    reasons = HealthReason.objects.of(program).open()
    known = {reason.key: reason for reason in reasons}
    over = [reason for key, reason in known.items() if key not in facts]
    settle(over, now)
    new = HealthReason.objects.bulk_create(
        HealthReason(
            pair_id=fact.pair_id,
            participant_id=fact.participant_id,
            reason=fact.reason,
            since_on=fact.since_on,
        )
        for key, fact in facts.items()
        if key not in known
    )
    return {
        "new": len(new),
        "over": len(over),
        "told to pairs": tell_pairs(program, today, now),
        "told to coordinators": tell_coordinators(program, today, now),
    }


def settle(reasons: list[HealthReason], now: datetime) -> None:
    """Close reasons that hold no longer, and take back what was still to be said."""
    ids = [reason.pk for reason in reasons]
    HealthReason.objects.filter(pk__in=ids).update(over_at=now)
    Notice.objects.filter(
        about_kind=HealthReason._meta.label_lower, about_id__in=ids
    ).cancel()


def in_peace(today: date):
    """Cohorts that have their hands full."""
    busy = BusyTime.objects.filter(starts_on__lte=today, ends_on__gte=today)
    return busy.values("cohort")


def tell_pairs(program: Program, today: date, now: datetime) -> int:
    """Show what is new to whom it concerns, and send each person one mail about the
    gravest of it."""
    untold = HealthReason.objects.of(program).open().filter(pair_told_at=None)
    untold = untold.exclude(pair__cohort__in=in_peace(today)).with_people()
    reasons = sorted(untold, key=lambda reason: GRAVEST_FIRST.index(reason.reason))
    most = program.in_force.reminders_a_week if program.in_force else None
    mails: dict = {}
    for reason in reasons:
        for place in reason.readers:
            if place.user_id:
                mail = notices.care(reason, place, most_a_week=most, at=now)
                mails.setdefault(place.user_id, mail)
    Notice.objects.queue(list(mails.values()))
    ids = [reason.pk for reason in reasons]
    return HealthReason.objects.filter(pk__in=ids).update(pair_told_at=now)


def tell_coordinators(program: Program, today: date, now: datetime) -> int:
    """Show to coordinators what the pair has known for a week."""
    waiting = (
        HealthReason.objects.of(program)
        .open()
        .filter(coordinator_told_at=None, pair_told_at__lte=now - COORDINATORS_AFTER)
    )
    waiting = waiting.exclude(pair__cohort__in=in_peace(today))
    return waiting.update(coordinator_told_at=now)
