from .lesson import LessonForm, ShareForm
from .measure import MeasureForm, ValuesForm
from .road import (
    WORDS,
    KeptForm,
    MilestoneForm,
    OutcomeForm,
    PromiseForm,
    PromiseFormSet,
)
from .words import EvidenceForm, OutcomeReviewForm, ProgressForm

__all__ = [
    "WORDS",
    "EvidenceForm",
    "KeptForm",
    "LessonForm",
    "MeasureForm",
    "MilestoneForm",
    "OutcomeForm",
    "OutcomeReviewForm",
    "ProgressForm",
    "PromiseForm",
    "PromiseFormSet",
    "ShareForm",
    "ValuesForm",
]
