from .check_in import CheckInForm
from .concern import ConcernForm, ConcernWordsForm
from .reflection import SCALES, ReflectionForm

__all__ = [
    "SCALES",
    "CheckInForm",
    "ConcernForm",
    "ConcernWordsForm",
    "ReflectionForm",
]
