"""The steering group's rows: what the page, its charts, CSV, PDF and mail all show.

Figures are read as `steer`, which can read the published schema and nothing else. The
drafts of a checked period are told by the same code, for the coordinator who looks at
them before they are published.
"""

from ..metrics.of_period import CORE, MEAN, WEEKLY
from .reading import STEER, drafted_rows, published_periods, rows_of
from .rows import ASKED, SIDES, Row, export_head
from .sentences import how_many_met, sentences
from .shifts import Shift, shifts_in
from .tables import Table, tables_in

__all__ = [
    "ASKED",
    "CORE",
    "MEAN",
    "SIDES",
    "STEER",
    "WEEKLY",
    "Row",
    "Shift",
    "Table",
    "drafted_rows",
    "export_head",
    "how_many_met",
    "published_periods",
    "rows_of",
    "sentences",
    "shifts_in",
    "tables_in",
]
