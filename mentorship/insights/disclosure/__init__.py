"""What may be said about groups so that nobody in them can be counted out.

Pure functions and values: no database, no clock, no chance. Why ranges and not noise:
docs/decisions/ranges.md.
"""

from .audit import Seen
from .releasing import release
from .shapes import (
    ANY,
    BREAKDOWNS,
    OTHER,
    Answered,
    Counted,
    Metric,
    Place,
    Release,
    Row,
    Rule,
)
from .telling import (
    FEWEST,
    FEWEST_FOR_MEANS,
    Range,
    count_range,
    count_ranges,
    size_range,
    told_count,
    told_mean,
)

__all__ = [
    "ANY",
    "BREAKDOWNS",
    "FEWEST",
    "FEWEST_FOR_MEANS",
    "OTHER",
    "Answered",
    "Counted",
    "Metric",
    "Place",
    "Range",
    "Release",
    "Row",
    "Rule",
    "Seen",
    "count_range",
    "count_ranges",
    "release",
    "size_range",
    "told_count",
    "told_mean",
]
