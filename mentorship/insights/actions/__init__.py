from .measuring import compute_metrics
from .opening import NothingToCount, open_period, open_periods, opening_of
from .publishing import (
    TooEarly,
    close_period,
    close_periods,
    forget_rosters,
    may_close,
    narrate,
    publish,
    publish_waiting,
    published_row,
    sweep_periods,
    withhold,
    work_out,
)
from .rules import MinimumsAreNeverLowered, change_rule, group_sites
from .stories import comparable, publish_story, take_down, take_down_left_over
from .telling import tell_everyone
from .themes import PeriodHasMovedOn, drop_theme, write_theme
from .workforce import import_totals

__all__ = [
    "MinimumsAreNeverLowered",
    "NothingToCount",
    "PeriodHasMovedOn",
    "TooEarly",
    "change_rule",
    "close_period",
    "close_periods",
    "comparable",
    "compute_metrics",
    "drop_theme",
    "forget_rosters",
    "group_sites",
    "import_totals",
    "may_close",
    "narrate",
    "open_period",
    "open_periods",
    "opening_of",
    "publish",
    "publish_story",
    "publish_waiting",
    "published_row",
    "sweep_periods",
    "take_down",
    "take_down_left_over",
    "tell_everyone",
    "withhold",
    "work_out",
    "write_theme",
]
