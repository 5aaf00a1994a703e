"""What the workbench shows of a cohort's plan."""

from .bench import Workbench
from .cards import Card
from .meanwhile import Meanwhile
from .mending import Mending
from .others import Others
from .search import Search

__all__ = ["Card", "Meanwhile", "Mending", "Others", "Search", "Workbench"]
