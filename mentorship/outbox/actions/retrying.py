"""What could not be delivered, tried once more."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.models import audit

from ..models import Notice

State = Notice.State


class NotRetriable(Exception):
    """Only a notice that died, and whose time has not passed, can be tried again."""


@transaction.atomic
def retry(notice: Notice, *, by, at: datetime) -> None:
    """Try a dead notice once more from the start. Raises NotRetriable."""
    dead = Notice.objects.retriable(at).filter(pk=notice.pk)
    if not dead.again(at):
        raise NotRetriable
    audit("retried mail", notice, by=by, program_id=notice.program_id)


@transaction.atomic
def retry_all(dead, thing, *, by, at: datetime, program_id) -> int:
    """Try all of these dead notices once more; returns how many there were. The log
    says it of `thing`, the program."""
    tried = dead.retriable(at).again(at)
    if tried:
        audit("retried mails", thing, by=by, program_id=program_id, mails=tried)
    return tried
