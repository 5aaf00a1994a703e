"""Packs of published questions: loaded once, switched on by program."""

from datetime import datetime

from django.db import IntegrityError, transaction

from feedback.models import Pack
from mentorship.accounts.models import audit


class LicenseNotConfirmed(Exception):
    """Nobody has said that the license was read and allows this."""


class PackIsThere(Exception):
    """This number of the pack has been loaded before."""


@transaction.atomic
def load_pack(fields: dict, *, confirmed: str, by, at: datetime) -> Pack:
    """Keep a pack whose license `by` has read and confirms by repeating its words.
    Raises LicenseNotConfirmed or PackIsThere."""
    if confirmed.strip() != fields["license"].strip():
        raise LicenseNotConfirmed
    try:
        with transaction.atomic():
            pack = Pack.objects.create(
                **fields, license_confirmed_by=by, license_confirmed_at=at
            )
    except IntegrityError:
        raise PackIsThere from None
    audit("loaded a pack", pack, by=by, license=pack.license, source=pack.source)
    return pack


@transaction.atomic
def switch_pack(pack: Pack, program, *, on: bool, by) -> None:
    """Let a program ask a pack's questions, or no longer. Only one number of a pack is
    asked at a time; answers given before are kept."""
    others = Pack.objects.filter(slug=pack.slug)
    for other in others if on else [pack]:
        other.programs.remove(program)
    if on:
        pack.programs.add(program)
    verb = "switched a pack on" if on else "switched a pack off"
    audit(verb, pack, by=by, program_id=program.pk, title=pack.title)
