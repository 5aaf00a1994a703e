from .cohort import (
    CohortHasMoved,
    NameIsTaken,
    StageIsBlocked,
    change_cohort,
    create_cohort,
    move_cohort,
    set_rhythm,
)
from .program import (
    HasThatRole,
    LastCoordinator,
    create_program,
    give_role,
    take_role,
)
from .version import (
    CharterIsIncomplete,
    CharterNotInForce,
    DraftHasChanged,
    acknowledge,
    publish_charter,
    save_draft,
    start_draft,
    what_is_missing,
)

__all__ = [
    "CharterIsIncomplete",
    "CharterNotInForce",
    "CohortHasMoved",
    "DraftHasChanged",
    "HasThatRole",
    "LastCoordinator",
    "NameIsTaken",
    "StageIsBlocked",
    "acknowledge",
    "change_cohort",
    "create_cohort",
    "create_program",
    "give_role",
    "move_cohort",
    "publish_charter",
    "save_draft",
    "set_rhythm",
    "start_draft",
    "take_role",
    "what_is_missing",
]
