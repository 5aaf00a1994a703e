from .change import RuleForm, change_form
from .nudge import NudgeForm
from .pilot import PilotForm
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
    "LogForm",
    "NudgeForm",
    "PilotForm",
    "PlanForm",
    "RuleForm",
    "UsefulForm",
    "change_form",
    "nearest_length",
]
