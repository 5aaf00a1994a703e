from .check_ins import (
    NotYourCheckIn,
    answer_check_in,
    ask_check_ins,
    forget_check_ins,
)
from .reflections import (
    NotYourReflection,
    add_to_reflection,
    ask_reflections,
    skip_reflection,
    write_reflection,
)
from .reviews import (
    ReviewHasChanged,
    ReviewIsDone,
    open_midpoints,
    write_review,
)

__all__ = [
    "NotYourCheckIn",
    "NotYourReflection",
    "ReviewHasChanged",
    "ReviewIsDone",
    "add_to_reflection",
    "answer_check_in",
    "ask_check_ins",
    "ask_reflections",
    "forget_check_ins",
    "open_midpoints",
    "skip_reflection",
    "write_reflection",
    "write_review",
]
