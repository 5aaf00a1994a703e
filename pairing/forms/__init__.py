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
from .workspace import (
    ChangeForm,
    FileForm,
    LinkForm,
    NoteForm,
    PageForm,
    SafeFileField,
)

__all__ = [
    "TOPICS",
    "ChangeForm",
    "CompareForm",
    "CorrectionForm",
    "DeclineForm",
    "FileForm",
    "LimitsForm",
    "LinkForm",
    "LogForm",
    "NoteForm",
    "NudgeForm",
    "PageForm",
    "PilotForm",
    "PlanForm",
    "RuleForm",
    "SafeFileField",
    "SayForm",
    "UsefulForm",
    "VetoForm",
    "WhatCountsForm",
    "WishesForm",
    "change_form",
    "nearest_length",
]
