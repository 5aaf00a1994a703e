"""Who may do what on a pair's road. Every function is a question."""

from pairing.permissions import can_work_in


def can_write(user, pair) -> bool:
    """Outcomes and milestones: either of the two, until the pair has ended."""
    return can_work_in(user, pair)


def can_keep(user, promise) -> bool:
    """Tick a promise: only whoever made it."""
    return promise.owner.user_id == user.pk
