from .agreement import AfterwardsForm, AgreementForm
from .change import RuleForm, change_form
from .compare import CompareForm
from .decline import DeclineForm
from .nudge import NudgeForm
from .once import OnceForm
from .pilot import PilotForm
from .say import LimitsForm, SayForm, VetoForm, WishesForm
from .scheduling import SlotForm, length_asked
from .session import (
    LENGTHS,
    TOPICS,
    AnswerForm,
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
    leads_to_a_page,
)

__all__ = [
    "LENGTHS",
    "TOPICS",
    "AfterwardsForm",
    "AgreementForm",
    "AnswerForm",
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
    "OnceForm",
    "PageForm",
    "PilotForm",
    "PlanForm",
    "RuleForm",
    "SafeFileField",
    "SayForm",
    "SlotForm",
    "UsefulForm",
    "VetoForm",
    "WhatCountsForm",
    "WishesForm",
    "change_form",
    "leads_to_a_page",
    "length_asked",
    "nearest_length",
]
