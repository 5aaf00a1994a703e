from .declared import SelfDeclared
from .participant import ORIENTATION, OrientationStep, Participant
from .pause import Pause, PauseReason
from .profile import Availability, OfferedSkill, Profile, Skill, WantedSkill
from .roster import Import
from .training import TrainingAnswer

__all__ = [
    "ORIENTATION",
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
]
