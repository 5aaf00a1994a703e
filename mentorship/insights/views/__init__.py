from .insight import behind, funnel, health, insight_csv, patterns, waiting
from .learning import learning
from .periods import period, periods, preview
from .report import protects, report, report_csv, report_pdf
from .rules import regions, rule
from .stories import publishing, stories, told
from .themes import theme, theme_new
from .workforce import workforce

__all__ = [
    "behind",
    "funnel",
    "health",
    "insight_csv",
    "learning",
    "patterns",
    "period",
    "periods",
    "preview",
    "protects",
    "publishing",
    "regions",
    "report",
    "report_csv",
    "report_pdf",
    "rule",
    "stories",
    "theme",
    "theme_new",
    "told",
    "waiting",
    "workforce",
]
