from .cohort import CohortForm, MoveForm, RhythmForm
from .draft import DraftForms
from .program import ProgramForm, RoleForm

__all__ = [
    "CohortForm",
    "DraftForms",
    "MoveForm",
    "ProgramForm",
    "RhythmForm",
    "RoleForm",
]
