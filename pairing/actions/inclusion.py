"""Counting once how groups of a cohort fared; the database does it, and only tells."""

from datetime import datetime

from django.db import connection, transaction

from mentorship.accounts.models import audit
from mentorship.charter.models import Cohort
from pairing.models import InclusionCheck

TAKE = """
    select count(*) filter (where take_inclusion_check(id, %s))
    from charter_cohort
    where stage in ('pilot', 'active', 'closing', 'alumni')
    and not exists (select from pairing_inclusioncheck where cohort_id = id)
"""


def take_inclusion_checks(now: datetime) -> int:
    """Count every cohort whose pairing is over and that was not counted before;
    returns how many. Again is harmless: a cohort is counted once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE, [now])
        return cursor.fetchone()[0]


@transaction.atomic
def look_at_inclusion(cohort: Cohort, *, by) -> InclusionCheck | None:
    """The cohort's check, or None before it was taken; the look is recorded."""
    audit("looked at the inclusion check", cohort, by=by, program_id=cohort.program_id)
    return InclusionCheck.objects.filter(cohort=cohort).first()
