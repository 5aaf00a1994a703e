from .lesson import LessonForm, ShareForm
from .measure import MeasureForm, ValuesForm
from .road import (
    WORDS,
    MilestoneForm,
    OutcomeForm,
    PromiseForm,
    PromiseFormSet,
)
from .words import EvidenceForm, ProgressForm

__all__ = [
    "WORDS",
    "EvidenceForm",
    "LessonForm",
    "MeasureForm",
    "MilestoneForm",
    "OutcomeForm",
    "ProgressForm",
    "PromiseForm",
    "PromiseFormSet",
    "ShareForm",
    "ValuesForm",
]
