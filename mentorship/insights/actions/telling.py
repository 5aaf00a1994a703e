"""Telling coordinators and the steering group what has become of a period."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.models import User
from mentorship.charter.models import Role
from mentorship.insights import notices
from mentorship.insights.models import Period
from mentorship.outbox.models import Notice

STEERING = [Role.Kind.STEERING, Role.Kind.SPONSOR]


def tell_everyone(now: datetime) -> int:
    """Queue the mails about every period that has moved since anybody was told: one to
    each person and state, however often this runs; returns how many periods."""
    untold = Period.objects.untold().values_list("pk", flat=True)
    return sum(tell(pk, now) for pk in untold)


@transaction.atomic
def tell(period_id, now: datetime) -> bool:
    """Queue the mails about one period's state; False when somebody else does."""
    waiting = Period.objects.untold().select_for_update(of=("self",), skip_locked=True)
    period = waiting.filter(pk=period_id).select_related("program", "rule").first()
    if period is None:
        return False
    coordinators = people_of(period, [Role.Kind.COORDINATOR])
    if period.state == Period.State.PUBLISHED:
        readers = people_of(period, STEERING)
        Notice.objects.queue(notices.digest(period, readers, at=now))
        if period.themes.drafts().exists():
            Notice.objects.queue(notices.themes_left(period, coordinators, at=now))
    else:
        Notice.objects.queue(notices.settled(period, coordinators, at=now))
    period.told = period.state
    period.save(update_fields=["told"])
    return True


def people_of(period: Period, kinds: list):
    """Whoever has one of these roles in the period's program."""
    found = User.objects.filter(
        roles__program=period.program_id, roles__kind__in=kinds, is_active=True
    )
    return found.distinct()
