from .change import RuleForm, change_form
from .decline import DeclineForm
from .nudge import NudgeForm
from .pilot import PilotForm
from .say import LimitsForm, SayForm, VetoForm, WishesForm
from .session import (
    TOPICS,
    CorrectionForm,
    LogForm,
    PlanForm,
    UsefulForm,
    nearest_length,
)

__all__ = [
    "TOPICS",
    "CorrectionForm",
    "DeclineForm",
    "LimitsForm",
    "LogForm",
    "NudgeForm",
    "PilotForm",
    "PlanForm",
    "RuleForm",
    "SayForm",
    "UsefulForm",
    "VetoForm",
    "WishesForm",
    "change_form",
    "nearest_length",
]
