from .breaks import HasLeftAlready, come_back, take_break
from .declared import declare, declared_by
from .import_undo import TooLateToUndo, undo_import
from .imports import (
    AlreadyImported,
    SomebodyElseChangedIt,
    choose_columns,
    choose_reading,
    commit_import,
    forget_old_imports,
    start_import,
)
from .joining import (
    CharterIsMissing,
    InvitationIsUsed,
    accept_invitation,
    invite,
    remind,
    write_to,
)
from .people import (
    AlreadyInCohort,
    HasLeft,
    add_participant,
    change_place,
    complete_orientation,
    finish_places,
    waive_orientation,
    withdraw,
)
from .profile import save_manner, save_skills, save_times, set_limits
from .training import say_whether_it_helped

__all__ = [
    "AlreadyImported",
    "AlreadyInCohort",
    "CharterIsMissing",
    "HasLeft",
    "HasLeftAlready",
    "InvitationIsUsed",
    "SomebodyElseChangedIt",
    "TooLateToUndo",
    "accept_invitation",
    "add_participant",
    "change_place",
    "choose_columns",
    "choose_reading",
    "come_back",
    "commit_import",
    "complete_orientation",
    "declare",
    "declared_by",
    "finish_places",
    "forget_old_imports",
    "invite",
    "remind",
    "save_manner",
    "save_skills",
    "save_times",
    "say_whether_it_helped",
    "set_limits",
    "start_import",
    "take_break",
    "undo_import",
    "waive_orientation",
    "withdraw",
    "write_to",
]
