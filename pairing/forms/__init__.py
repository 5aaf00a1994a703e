from .nudge import NudgeForm
from .pilot import PilotForm
from .rule import RuleForm
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
    "nearest_length",
]
