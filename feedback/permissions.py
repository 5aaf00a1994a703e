"""Who may answer, and who may tell. Every function is a question."""

from mentorship.charter.permissions import can_coordinate


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


def can_tell_story(user, pair) -> bool:
    """Tell what came of it: the two of the pair, also when it is over."""
    return bool(pair.side_of(user))


def can_change_story(user, story) -> bool:
    """Write in it, and ask for consent: whoever tells it."""
    return story.teller_id == user.pk


def can_agree_to_story(user, story) -> bool:
    """Agree to its very words, or rather not: the other one of the two."""
    return story.asked.user_id == user.pk


def can_take_back_story(user, story) -> bool:
    """End it: either of the two, at any time and without a reason."""
    return bool(story.pair.side_of(user))


def can_publish_story(user, story) -> bool:
    """Publish or set aside what was offered: coordinators outside of the pair."""
    return can_coordinate(user, story.program) and not story.pair.side_of(user)
