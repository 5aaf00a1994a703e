from .learning import learning
from .periods import period, periods, preview
from .report import protects, report, report_csv, report_pdf
from .rules import regions, rule
from .workforce import workforce

__all__ = [
    "learning",
    "period",
    "periods",
    "preview",
    "protects",
    "regions",
    "report",
    "report_csv",
    "report_pdf",
    "rule",
    "workforce",
]
