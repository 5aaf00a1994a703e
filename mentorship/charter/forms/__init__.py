from .cohort import BusyForm, CohortForm, MoveForm, RhythmForm
from .draft import DraftForms
from .program import ProgramForm, RoleForm, VideoRoomForm
from .rhythm import RhythmForms

__all__ = [
    "BusyForm",
    "CohortForm",
    "DraftForms",
    "MoveForm",
    "ProgramForm",
    "RhythmForm",
    "RhythmForms",
    "RoleForm",
    "VideoRoomForm",
]
