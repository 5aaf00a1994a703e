from .metric import DailyMetric
from .period import FrozenPlace, Period
from .published import (
    BETWEEN,
    DraftFigure,
    Figure,
    PublishedFigure,
    PublishedPeriod,
)
from .rule import PublicationRule, Region, every_breakdown
from .story import PublishedStory
from .workforce import WorkforceTotal

__all__ = [
    "BETWEEN",
    "DailyMetric",
    "DraftFigure",
    "Figure",
    "FrozenPlace",
    "Period",
    "PublicationRule",
    "PublishedFigure",
    "PublishedPeriod",
    "PublishedStory",
    "Region",
    "WorkforceTotal",
    "every_breakdown",
]
