"""What a closed period tells of the whole year before it: concerns answered in time.

Concerns are nobody's place on a roster, so their row stands beside the release. They
are counted once, while the period is closed; what becomes of one later moves no figure.
"""

from datetime import date

from django.db import connections

from mentorship.insights.disclosure.apart import Tally
from mentorship.insights.models import Period

from .definitions.concerns import FEWEST_CONCERNS
from .of_period import PUBLISHER

CONCERNS = "concerns_in_time"


def tallies_of(period: Period) -> list[Tally]:
    """The year's concerns where the period tells of a year, else nothing. Whether there
    is a tally depends on the period's days alone."""
    year = year_told(period)
    return [] if year is None else [concerns_of(period, year)]


def year_told(period: Period) -> int | None:
    """The year before the 31 January that lies in the period: by that day December's
    answers have settled."""
    for year in range(period.starts_on.year, period.ends_on.year + 1):
        if period.starts_on <= date(year, 1, 31) <= period.ends_on:
            return year - 1
    return None


def concerns_of(period: Period, year: int) -> Tally:
    """How many concerns of a program's year were answered in time; the database tells
    nothing below ten."""
    with connections[PUBLISHER].cursor() as cursor:
        cursor.execute(
            "select in_time, raised from concerns_answered(%s, %s)",
            [period.program_id, year],
        )
        in_time, raised = cursor.fetchone() or (0, 0)
    return Tally(concerns_in(year), in_time, raised, fewest_concerns(period))


def concerns_in(year: int) -> str:
    """The name of a year's metric."""
    return f"{CONCERNS}:{year}"


def fewest_concerns(period: Period) -> int:
    """How many concerns must stand behind the row; a rule only raises it."""
    return max(FEWEST_CONCERNS, period.rule.minimum)
