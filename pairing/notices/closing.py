"""What the two hear of their last stretch."""

from datetime import datetime

from mentorship.outbox.models import Notice
from pairing.models import Pair

from .pilot import to_both


def closing_asked(pair: Pair, *, at: datetime) -> list[Notice]:
    """To both: the cohort is closing; begin when it suits you."""
    key = f"closing_asked:{pair.pk}"
    return to_both("closing_asked", pair, key, at=at, page="pairing:close")


def closing_begun(pair: Pair, *, by, at: datetime) -> list[Notice]:
    """To the partner of whoever began it: what the last stretch holds."""
    key = f"closing_begun:{pair.pk}"
    both = to_both("closing_begun", pair, key, at=at, page="pairing:close")
    return [notice for notice in both if notice.recipient != by]


def pair_completed(pair: Pair, *, at: datetime) -> list[Notice]:
    """To both: it is complete, thank you, and what you would like next."""
    key = f"pair_completed:{pair.pk}"
    return to_both("pair_completed", pair, key, at=at, page="pairing:afterwards")
