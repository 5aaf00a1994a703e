from .check_ins import (
    NotYourCheckIn,
    answer_check_in,
    ask_check_ins,
    forget_check_ins,
)
from .guided import keep_answers
from .reflections import (
    NotYourReflection,
    add_to_reflection,
    ask_reflections,
    skip_reflection,
    write_reflection,
)

__all__ = [
    "NotYourCheckIn",
    "NotYourReflection",
    "add_to_reflection",
    "answer_check_in",
    "ask_check_ins",
    "ask_reflections",
    "forget_check_ins",
    "keep_answers",
    "skip_reflection",
    "write_reflection",
]
