"""Who may do what in a program, by staff role. Every function is a question."""

from django.core.exceptions import PermissionDenied

from mentorship.accounts.prepared import prepared

from .models import Role

COORDINATOR = Role.Kind.COORDINATOR
FACILITATOR = Role.Kind.FACILITATOR
STEERING = Role.Kind.STEERING
SPONSOR = Role.Kind.SPONSOR


def roles_of(user) -> dict:
    """{program id: set of role kinds}; one query for each user object."""
    if not user.is_authenticated:
        return {}
    if not hasattr(user, "_roles"):
        user._roles = {}
        for program, kind in roles_held(user):
            user._roles.setdefault(program, set()).add(kind)
    return user._roles


@prepared
def roles_held(user):
    return Role.objects.of(user).values_list("program", "kind")


def has_role(user, program, *kinds) -> bool:
    return not roles_of(user).get(program.pk, set()).isdisjoint(kinds)


def can_create_program(user) -> bool:
    """Site administrators, and whoever coordinates a program already."""
    return user.is_staff or any(
        COORDINATOR in kinds for kinds in roles_of(user).values()
    )


def can_coordinate(user, program) -> bool:
    """Manage cohorts, people, pairing and reminders of the program."""
    return has_role(user, program, COORDINATOR)


def can_write_charter(user, program) -> bool:
    return has_role(user, program, COORDINATOR)


def can_read_charter(user, program) -> bool:
    return has_role(user, program, *Role.Kind)


def can_give_roles(user, program) -> bool:
    """Coordinators, and site administrators, who see names of roles and no more."""
    return user.is_staff or has_role(user, program, COORDINATOR)


def can_read_report(user, program) -> bool:
    """The published figures: the steering group, sponsors and coordinators."""
    return has_role(user, program, COORDINATOR, STEERING, SPONSOR)


def can_read_decisions(user, program) -> bool:
    """The audit log of the program."""
    return has_role(user, program, COORDINATOR)


def permit(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless `allowed`."""
    if not allowed:
        raise PermissionDenied
