from django.db import IntegrityError, transaction

from mentorship.accounts.actions import find_or_invite
from mentorship.accounts.models import audit
from mentorship.outbox.models import Notice

from ..models import Program, Role
from ..notices import role_given
from .version import start_draft


class HasThatRole(Exception):
    """The person holds this role in this program already."""


class LastCoordinator(Exception):
    """A program always keeps somebody who coordinates it."""


@transaction.atomic
def create_program(*, name, by, at, zone="UTC", coordinator="", languages=None):
    """A new program with its first coordinator and an empty charter draft.

    `coordinator` is an email address; left empty, `by` coordinates. Raises
    AccountIsClosed.
    """
    program = Program(name=name, zone=zone, created_at=at)
    if languages:
        program.languages = languages
    program.save()
    audit("created program", program, by=by, program_id=program.pk, name=name)
    kind = Role.Kind.COORDINATOR
    give_role(program, email=coordinator or by.email, kind=kind, by=by, at=at)
    start_draft(program, by=by, at=at)
    return program


@transaction.atomic
def set_video_room(program, template: str, *, by) -> None:
    """Where sessions by video meet; invitations sent before keep what they said."""
    if template == program.video_room:
        return
    program.video_room = template
    program.save(update_fields=["video_room"])
    audit("set video room", program, by=by, program_id=program.pk)


@transaction.atomic
def give_role(program, *, email, kind, by, at):
    """Give the role to the person with this address, who gets an account if need be,
    and tell them. Raises HasThatRole, AccountIsClosed."""
    user = find_or_invite(email, by=by, program_id=program.pk, zone=program.zone)
    try:
        with transaction.atomic():
            role = Role.objects.create(user=user, program=program, kind=kind, since=at)
    except IntegrityError:
        raise HasThatRole from None
    audit("gave role", user, by=by, program_id=program.pk, role=kind)
    if user != by:
        Notice.objects.queue([role_given(role, by=by, at=at)])
    return role


@transaction.atomic
def take_role(role, *, by, at):
    """Take a role back; again is harmless. Raises LastCoordinator."""
    # Two coordinators who remove each other at once must not both succeed.
    Program.objects.select_for_update().get(pk=role.program_id)
    same = Role.objects.filter(program=role.program_id, kind=role.kind)
    if role.kind == Role.Kind.COORDINATOR and not same.exclude(pk=role.pk).exists():
        raise LastCoordinator
    Notice.objects.about(role).cancel()
    deleted, _rows = same.filter(pk=role.pk).delete()
    if deleted:
        audit("took role", role.user, by=by, program_id=role.program_id, role=role.kind)
