from .metric import DailyMetric
from .period import FrozenPlace, Period, PublicationRule
from .published import PublishedFigure, PublishedPeriod
from .workforce import WorkforceTotal

__all__ = [
    "DailyMetric",
    "FrozenPlace",
    "Period",
    "PublicationRule",
    "PublishedFigure",
    "PublishedPeriod",
    "WorkforceTotal",
]
