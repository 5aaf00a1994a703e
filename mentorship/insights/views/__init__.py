from .learning import learning
from .report import report, report_csv
from .workforce import workforce

__all__ = ["learning", "report", "report_csv", "workforce"]
