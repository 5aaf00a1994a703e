"""Where the rows come from."""

from ..models import DraftFigure, PublishedFigure, PublishedPeriod
from .rows import Row

STEER = "steer"


def published_periods(program) -> list[PublishedPeriod]:
    """What the steering group may read of a program, the newest first."""
    periods = PublishedPeriod.objects.using(STEER).filter(program_id=program.pk)
    return list(periods.order_by("-starts_on"))


def rows_of(period) -> list[Row]:
    """Every figure of a published period, in reading order."""
    figures = PublishedFigure.objects.using(STEER).filter(period=period.pk)
    return [Row(figure) for figure in figures.order_by("position")]


def drafted_rows(period) -> list[Row]:
    """Every figure of a checked period as it will be published, in reading order."""
    return [Row(figure) for figure in DraftFigure.objects.filter(period=period.pk)]
