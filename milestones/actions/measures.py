"""Business measures: named by coordinators, filled from the organization's own."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from mentorship.accounts.models import audit
from milestones.models import BusinessMeasure, MeasureValue


class NameIsTaken(Exception):
    """The program has a measure of that name."""


@transaction.atomic
def add_measure(program, *, by, name: str, unit: str, better: str) -> BusinessMeasure:
    """Name a figure of the organization. Raises NameIsTaken."""
    try:
        with transaction.atomic():
            measure = BusinessMeasure.objects.create(
                program=program,
                slug=slugify(name, allow_unicode=True)[:60],
                name=name,
                unit=unit,
                better=better,
            )
    except IntegrityError:
        raise NameIsTaken from None
    audit("added measure", measure, by=by, program_id=program.pk, name=name)
    return measure


@transaction.atomic
def import_values(program, values: list[MeasureValue], *, by, at: datetime) -> int:
    """Keep values; one of the same measure, cohort, group and day is replaced. Returns
    how many there were."""
    for value in values:
        value.imported_by, value.imported_at = by, at
    # Two imports at once take their rows in one order.
    values = sorted(values, key=lambda v: (v.measure_id, v.cohort_id, v.group, v.on))
    MeasureValue.objects.bulk_create(
        values,
        update_conflicts=True,
        unique_fields=["measure", "cohort", "group", "on"],
        update_fields=["value", "people", "imported_by", "imported_at"],
        batch_size=500,
    )
    audit("imported values", program, by=by, program_id=program.pk, count=len(values))
    return len(values)
