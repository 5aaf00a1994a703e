from .care import care
from .nudge import nudged
from .offer import offers_closed, offers_made, pair_started
from .pilot import (
    pair_ended,
    partner_left,
    pilot_asked,
    pilot_continues,
    pilot_reminder,
    pilot_switched,
)
from .say import say_opened, say_reminders
from .session import session_canceled, session_moved, session_planned

__all__ = [
    "care",
    "nudged",
    "offers_closed",
    "offers_made",
    "pair_ended",
    "pair_started",
    "partner_left",
    "pilot_asked",
    "pilot_continues",
    "pilot_reminder",
    "pilot_switched",
    "say_opened",
    "say_reminders",
    "session_canceled",
    "session_moved",
    "session_planned",
]
