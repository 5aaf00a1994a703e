from .check_ins import (
    NotYourCheckIn,
    answer_check_in,
    ask_check_ins,
    forget_check_ins,
)
from .concerns import STEPS as CONCERN_STEPS
from .concerns import (
    ConcernHasMoved,
    climb_concerns,
    move_concern,
    raise_concern,
    write_in_concern,
)
from .reflections import (
    NotYourReflection,
    add_to_reflection,
    ask_reflections,
    skip_reflection,
    write_reflection,
)

__all__ = [
    "CONCERN_STEPS",
    "ConcernHasMoved",
    "NotYourCheckIn",
    "NotYourReflection",
    "add_to_reflection",
    "answer_check_in",
    "ask_check_ins",
    "ask_reflections",
    "climb_concerns",
    "forget_check_ins",
    "move_concern",
    "raise_concern",
    "skip_reflection",
    "write_in_concern",
    "write_reflection",
]
