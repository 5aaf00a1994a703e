from .metric import DailyMetric
from .period import FrozenPlace, Period, PublicationRule
from .published import PublishedFigure, PublishedPeriod

__all__ = [
    "DailyMetric",
    "FrozenPlace",
    "Period",
    "PublicationRule",
    "PublishedFigure",
    "PublishedPeriod",
]
