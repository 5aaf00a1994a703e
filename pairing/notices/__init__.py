from .agreement import agreement_proposed, agreement_settled
from .care import care
from .closing import closing_asked, closing_begun, pair_completed
from .nudge import nudged
from .offer import offers_closed, offers_made, pair_started
from .pilot import (
    pair_ended,
    partner_left,
    pilot_asked,
    pilot_continues,
    pilot_switched,
)
from .say import say_opened, say_reminders
from .session import (
    how_did_it_go,
    proposal_dropped,
    session_canceled,
    session_moved,
    session_off,
    session_planned,
    time_proposed,
)

__all__ = [
    "agreement_proposed",
    "agreement_settled",
    "care",
    "closing_asked",
    "closing_begun",
    "how_did_it_go",
    "nudged",
    "offers_closed",
    "offers_made",
    "pair_completed",
    "pair_ended",
    "pair_started",
    "partner_left",
    "pilot_asked",
    "pilot_continues",
    "pilot_switched",
    "proposal_dropped",
    "say_opened",
    "say_reminders",
    "session_canceled",
    "session_moved",
    "session_off",
    "session_planned",
    "time_proposed",
]
