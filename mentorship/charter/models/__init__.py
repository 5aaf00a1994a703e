from .cohort import BusyTime, Cohort, Rhythm, StageChange
from .program import Program, Role
from .version import (
    Acknowledgment,
    CharterText,
    CharterVersion,
    CoreOutcome,
    EscalationStep,
    Side,
)

__all__ = [
    "Acknowledgment",
    "BusyTime",
    "CharterText",
    "CharterVersion",
    "Cohort",
    "CoreOutcome",
    "EscalationStep",
    "Program",
    "Rhythm",
    "Role",
    "Side",
    "StageChange",
]
