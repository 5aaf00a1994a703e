from .insight import behind, funnel, health, insight_csv, patterns, waiting
from .learning import learning
from .report import report, report_csv
from .workforce import workforce

__all__ = [
    "behind",
    "funnel",
    "health",
    "insight_csv",
    "learning",
    "patterns",
    "report",
    "report_csv",
    "waiting",
    "workforce",
]
