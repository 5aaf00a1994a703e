from .cohort import BusyForm, CohortForm, MoveForm, RhythmForm
from .draft import DraftForms
from .program import ProgramForm, RoleForm, VideoRoomForm

__all__ = [
    "BusyForm",
    "CohortForm",
    "DraftForms",
    "MoveForm",
    "ProgramForm",
    "RhythmForm",
    "RoleForm",
    "VideoRoomForm",
]
