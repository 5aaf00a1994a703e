from .check_in import CheckIn, asked_days, with_questions
from .concern import Concern, ConcernOwner, ConcernWords
from .growth import OPEN_FOR, Answer, Asking, Moment, Pack
from .mutual import FeedbackRequest, FeedbackWords
from .observation import Observation, ObservationRequest
from .reflection import Pulse, Reflection, ReflectionWords
from .review import Review, ReviewWords
from .story import Consent, Story, StoryWords

__all__ = [
    "OPEN_FOR",
    "Answer",
    "Asking",
    "CheckIn",
    "Concern",
    "ConcernOwner",
    "ConcernWords",
    "Consent",
    "FeedbackRequest",
    "FeedbackWords",
    "Moment",
    "Observation",
    "ObservationRequest",
    "Pack",
    "Pulse",
    "Reflection",
    "ReflectionWords",
    "Review",
    "ReviewWords",
    "Story",
    "StoryWords",
    "asked_days",
    "with_questions",
]
