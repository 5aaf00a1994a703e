from .nudge import nudged
from .offer import offers_made, pair_started
from .pilot import pilot_asked, pilot_continues, pilot_reminder, pilot_switched
from .session import session_canceled, session_moved, session_planned

__all__ = [
    "nudged",
    "offers_made",
    "pair_started",
    "pilot_asked",
    "pilot_continues",
    "pilot_reminder",
    "pilot_switched",
    "session_canceled",
    "session_moved",
    "session_planned",
]
