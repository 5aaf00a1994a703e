from .change import RuleForm, change_form
from .compare import CompareForm
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
from .what_counts import WhatCountsForm

__all__ = [
    "TOPICS",
    "CompareForm",
    "CorrectionForm",
    "LogForm",
    "NudgeForm",
    "PilotForm",
    "PlanForm",
    "RuleForm",
    "UsefulForm",
    "WhatCountsForm",
    "change_form",
    "nearest_length",
]
