"""The figures of a day, for coordinators; from facts alone."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from mentorship.charter.models import Program
from mentorship.insights.metrics.nightly import METRICS, counted_pairs, store


@transaction.atomic
def compute_metrics(day: date, programs: Iterable[Program] | None = None) -> int:
    """Write every cohort's figures as of the end of `day`, of all programs or of some;
    returns how many rows changed. Again is harmless."""
    pairs = counted_pairs(day)
    if programs is not None:
        pairs = pairs.filter(cohort__program__in=programs)
    return sum(store(name, figure(pairs, day), day) for name, figure in METRICS.items())
