"""Totals of the workforce, imported by a coordinator."""

from datetime import date, datetime

from django.db import transaction

from mentorship.accounts.models import audit
from mentorship.charter.models import Program
from mentorship.insights.models import WorkforceTotal


@transaction.atomic
def import_totals(
    program: Program,
    totals: list[WorkforceTotal],
    *,
    counted_on: date,
    by,
    at: datetime,
) -> int:
    """Keep totals as of a day, in place of whatever was kept for that day. Returns how
    many there are."""
    Program.objects.select_for_update().get(pk=program.pk)
    WorkforceTotal.objects.filter(program=program, counted_on=counted_on).delete()
    for total in totals:
        total.program, total.counted_on = program, counted_on
        total.imported_by, total.imported_at = by, at
    WorkforceTotal.objects.bulk_create(totals, batch_size=500)
    details = {"count": len(totals), "counted_on": counted_on.isoformat()}
    audit("imported totals", program, by=by, program_id=program.pk, **details)
    return len(totals)
