from .evidence import add_evidence
from .lessons import (
    NotYourLesson,
    ask_lessons,
    share_lesson,
    skip_lesson,
    withdraw_lesson,
    write_lesson,
)
from .measures import NameIsTaken, add_measure, import_values
from .milestones import (
    MilestoneHasChanged,
    add_milestone,
    confirm_milestone,
    drop_milestone,
    edit_milestone,
    forget_steps,
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
from .progress import note_progress, note_reviewed
from .promises import (
    NotYourPromise,
    Promised,
    keep_promise,
    keep_promises,
    promise,
)

__all__ = [
    "MilestoneHasChanged",
    "NameIsTaken",
    "NotYourLesson",
    "NotYourPromise",
    "OutcomeHasChanged",
    "Promised",
    "add_evidence",
    "add_measure",
    "add_milestone",
    "ask_lessons",
    "confirm_milestone",
    "drop_milestone",
    "edit_milestone",
    "edit_outcome",
    "forget_steps",
    "import_values",
    "keep_promise",
    "keep_promises",
    "let_go_of",
    "note_progress",
    "note_reviewed",
    "promise",
    "reach_outcome",
    "replace_outcome",
    "share_lesson",
    "skip_lesson",
    "try_milestone",
    "withdraw_lesson",
    "write_lesson",
    "write_outcome",
]
