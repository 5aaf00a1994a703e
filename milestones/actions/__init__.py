from .milestones import (
    MilestoneHasChanged,
    add_milestone,
    confirm_milestone,
    drop_milestone,
    edit_milestone,
    try_milestone,
)
from .outcomes import (
    OutcomeHasChanged,
    edit_outcome,
    let_go_of,
    reach_outcome,
    replace_outcome,
    write_outcome,
)
from .progress import note_progress
from .promises import NotYourPromise, Promised, keep_promise, promise

__all__ = [
    "MilestoneHasChanged",
    "NotYourPromise",
    "OutcomeHasChanged",
    "Promised",
    "add_milestone",
    "confirm_milestone",
    "drop_milestone",
    "edit_milestone",
    "edit_outcome",
    "keep_promise",
    "let_go_of",
    "note_progress",
    "promise",
    "reach_outcome",
    "replace_outcome",
    "try_milestone",
    "write_outcome",
]
