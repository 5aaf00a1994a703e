"""Who may do what with a place in a cohort."""

from mentorship.charter.permissions import can_coordinate


def can_manage(user, place) -> bool:
    """Coordinators: invite, edit, waive, and end a place."""
    return can_coordinate(user, place.cohort.program)


def can_prepare(user, place) -> bool:
    """Read the orientation and agree to the charter: only the person themself."""
    return place.user_id == user.pk


def can_withdraw(user, place) -> bool:
    """Leaving is the person's own choice, or a coordinator does it for them."""
    return can_prepare(user, place) or can_manage(user, place)
