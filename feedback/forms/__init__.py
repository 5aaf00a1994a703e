from .check_in import CheckInForm
from .concern import ConcernForm, ConcernWordsForm
from .reflection import CLARITY, CONFIDENCE, SCALES, TOGETHER, ReflectionForm
from .review import ReviewForm
from .story import StoryForm

__all__ = [
    "CLARITY",
    "CONFIDENCE",
    "SCALES",
    "TOGETHER",
    "CheckInForm",
    "ConcernForm",
    "ConcernWordsForm",
    "ReflectionForm",
    "ReviewForm",
    "StoryForm",
]
