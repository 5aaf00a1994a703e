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
from .theme import FEWEST_LESSONS, PublishedTheme, Theme, ThemeSource
from .workforce import WorkforceTotal

__all__ = [
    "BETWEEN",
    "FEWEST_LESSONS",
    "DailyMetric",
    "DraftFigure",
    "Figure",
    "FrozenPlace",
    "Period",
    "PublicationRule",
    "PublishedFigure",
    "PublishedPeriod",
    "PublishedStory",
    "PublishedTheme",
    "Region",
    "Theme",
    "ThemeSource",
    "WorkforceTotal",
    "every_breakdown",
]
