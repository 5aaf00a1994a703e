"""The figures of a day, for coordinators; from facts alone."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from mentorship.charter.models import Program
from mentorship.insights.metrics.nightly import store


@transaction.atomic
def compute_metrics(day: date, programs: Iterable[Program] | None = None) -> int:
    """Write the figures as of the end of `day`, of all programs or of some; returns how
    many rows are new or changed. Again is harmless."""
    return store(day, programs)
