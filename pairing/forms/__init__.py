from .agreement import AfterwardsForm, AgreementForm
from .change import RuleForm, change_form
from .compare import CompareForm
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
from .what_counts import WhatCountsForm

__all__ = [
    "TOPICS",
    "AfterwardsForm",
    "AgreementForm",
    "CompareForm",
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
    "WhatCountsForm",
    "WishesForm",
    "change_form",
    "nearest_length",
]
