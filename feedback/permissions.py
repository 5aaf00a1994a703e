"""Who may answer. Every function is a question."""


def can_reflect(user, reflection) -> bool:
    """Whoever was asked, nobody else; coordinators see that, never what."""
    return reflection.author.user_id == user.pk


def can_answer(user, check_in) -> bool:
    """Whoever was asked; coordinators read the answer and do not give it."""
    return check_in.participant.user_id == user.pk


def can_handle(user, concern) -> bool:
    """Answer a concern: the owners of the steps it has reached. Inside acting_as, or
    with `owners` fetched."""
    return any(owner.user_id == user.pk for owner in concern.owners.all())


def can_withdraw(user, concern) -> bool:
    """Take a concern back: whoever raised it."""
    return concern.raiser_id == user.pk


def can_see_growth(user, asking) -> bool:
    """Answer how one sees one's own growth: whoever was asked, and nobody reads it."""
    return asking.participant.user_id == user.pk


def can_give_feedback(user, feedback_request) -> bool:
    """Write what the partner asked for: the other one of the two."""
    return feedback_request.giver.user_id == user.pk
