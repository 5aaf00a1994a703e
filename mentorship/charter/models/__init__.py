from .cohort import BusyTime, Cohort, StageChange
from .program import Program, Role
from .rhythm import Rhythm
from .version import (
    Acknowledgment,
    CharterText,
    CharterVersion,
    CoreOutcome,
    EscalationStep,
    Side,
    fetch_words,
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
    "fetch_words",
]
