"""Who may write and read what in the library. Every function is a question."""

from mentorship.charter.permissions import COORDINATOR, FACILITATOR, roles_of


def can_write(user, program) -> bool:
    """A program's own ideas: its coordinators."""
    return COORDINATOR in roles_of(user).get(program.pk, set())


def can_read_guides(user) -> bool:
    """Guides for difficult situations: whoever facilitates or coordinates somewhere;
    a program's own, whoever does so there."""
    return bool(guided_by(user))


def guided_by(user) -> set:
    """The ids of the programs that this person facilitates or coordinates."""
    roles = roles_of(user).items()
    return {program for program, kinds in roles if {COORDINATOR, FACILITATOR} & kinds}
