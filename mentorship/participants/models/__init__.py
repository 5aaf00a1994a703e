from .participant import ORIENTATION, OrientationStep, Participant
from .profile import Availability, OfferedSkill, Profile, Skill, WantedSkill
from .roster import Import

__all__ = [
    "ORIENTATION",
    "Availability",
    "Import",
    "OfferedSkill",
    "OrientationStep",
    "Participant",
    "Profile",
    "Skill",
    "WantedSkill",
]
