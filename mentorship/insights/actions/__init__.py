from .measuring import compute_metrics
from .publishing import (
    close_and_publish,
    forget_rosters,
    months_later,
    open_period,
    open_periods,
    publish,
)
from .workforce import import_totals

__all__ = [
    "close_and_publish",
    "compute_metrics",
    "forget_rosters",
    "import_totals",
    "months_later",
    "open_period",
    "open_periods",
    "publish",
]
