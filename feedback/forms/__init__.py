from .check_in import CheckInForm
from .concern import ConcernForm, ConcernWordsForm
from .reflection import CLARITY, CONFIDENCE, SCALES, TOGETHER, ReflectionForm

__all__ = [
    "CLARITY",
    "CONFIDENCE",
    "SCALES",
    "TOGETHER",
    "CheckInForm",
    "ConcernForm",
    "ConcernWordsForm",
    "ReflectionForm",
]
