"""Who may do what on a pair's road. Every function is a question."""

from mentorship.charter.permissions import can_coordinate
from mentorship.participants.models import Participant
from pairing.permissions import can_read_words, can_work_in


def can_write(user, pair) -> bool:
    """Outcomes and milestones: either of the two, until the pair has ended."""
    return can_work_in(user, pair)


def can_keep(user, promise) -> bool:
    """Tick a promise: only whoever made it."""
    return promise.owner.user_id == user.pk


def can_read_evidence(user, milestone) -> bool:
    """What shows a step, and what it taught: the two people of the pair."""
    return can_read_words(user, milestone.pair)


def can_write_lesson(user, lesson) -> bool:
    """Write, skip or share what a step taught: only whoever was asked."""
    return lesson.author.user_id == user.pk


def can_read_lessons(user, program) -> bool:
    """Lessons shared with the program: whoever takes part in it, and coordinators."""
    return (
        can_coordinate(user, program)
        or Participant.objects.of(user).filter(cohort__program=program).exists()
    )


def can_measure(user, program) -> bool:
    """Business measures of the program and their values: coordinators."""
    return can_coordinate(user, program)


def can_take_plan(user, pair) -> bool:
    """The development plan is for its mentee alone."""
    return pair.mentee.user_id == user.pk
