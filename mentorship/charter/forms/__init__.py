from .cohort import BusyForm, CohortForm, MoveForm, RhythmForm
from .draft import DraftForms
from .program import ProgramForm, RoleForm

__all__ = [
    "BusyForm",
    "CohortForm",
    "DraftForms",
    "MoveForm",
    "ProgramForm",
    "RhythmForm",
    "RoleForm",
]
