from .lesson import Lesson, LessonWords, SharedLesson
from .measure import FEWEST_PEOPLE, BusinessMeasure, MeasureValue
from .milestone import Evidence, Milestone
from .outcome import Outcome, Progress
from .promise import ActionItem, ActionWords, fetch_work

__all__ = [
    "FEWEST_PEOPLE",
    "ActionItem",
    "ActionWords",
    "BusinessMeasure",
    "Evidence",
    "Lesson",
    "LessonWords",
    "MeasureValue",
    "Milestone",
    "Outcome",
    "Progress",
    "SharedLesson",
    "fetch_work",
]
