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
from .growth import (
    AskingIsClosed,
    NotYourAsking,
    answer_asking,
    ask_growth,
    forget_askings,
    skip_asking,
)
from .guided import keep_answers
from .mutual import (
    FeedbackIsGiven,
    NotYourFeedback,
    PairHasEnded,
    ask_feedback,
    decline_feedback,
    forget_requests,
    give_feedback,
)
from .observations import (
    LinkIsOver,
    answer_invitation,
    find_invitation,
    invite_observer,
    observe_oneself,
)
from .packs import LicenseNotConfirmed, PackIsThere, load_pack, switch_pack
from .reflections import (
    NotYourReflection,
    add_to_reflection,
    ask_reflections,
    forget_reflections,
    forget_to_ask,
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
    "CONCERN_STEPS",
    "AskingIsClosed",
    "ConcernHasMoved",
    "FeedbackIsGiven",
    "LicenseNotConfirmed",
    "LinkIsOver",
    "NotYourAsking",
    "NotYourCheckIn",
    "NotYourFeedback",
    "NotYourReflection",
    "PackIsThere",
    "PairHasEnded",
    "ReviewHasChanged",
    "ReviewIsDone",
    "add_to_reflection",
    "answer_asking",
    "answer_check_in",
    "answer_invitation",
    "ask_check_ins",
    "ask_feedback",
    "ask_growth",
    "ask_reflections",
    "climb_concerns",
    "decline_feedback",
    "find_invitation",
    "forget_askings",
    "forget_check_ins",
    "forget_reflections",
    "forget_requests",
    "forget_to_ask",
    "give_feedback",
    "invite_observer",
    "keep_answers",
    "load_pack",
    "move_concern",
    "observe_oneself",
    "open_midpoints",
    "raise_concern",
    "skip_asking",
    "skip_reflection",
    "switch_pack",
    "write_in_concern",
    "write_reflection",
    "write_review",
]
