from .declared import SelfDeclared
from .participant import (
    ORIENTATION,
    TAKING_PART,
    UNANSWERED,
    OrientationStep,
    Participant,
    place_of,
)
from .pause import Pause, PauseReason
from .profile import Availability, OfferedSkill, Profile, Skill, WantedSkill
from .roster import Import
from .training import TrainingAnswer

__all__ = [
    "ORIENTATION",
    "TAKING_PART",
    "UNANSWERED",
    "Availability",
    "Import",
    "OfferedSkill",
    "OrientationStep",
    "Participant",
    "Pause",
    "PauseReason",
    "Profile",
    "SelfDeclared",
    "Skill",
    "TrainingAnswer",
    "WantedSkill",
    "place_of",
]
