"""Mail that comes back, and when to stop writing to an address for a while."""

import smtplib
from datetime import datetime, timedelta

from mentorship.accounts.models import User, audit

from ..letter import message_id
from ..models import Bounce, Notice

MOST = 4  # of what came back in thirty days, by weight; as Discourse counts
RECENT_ENOUGH = timedelta(days=30)
# Refused for now this often, twenty minutes long: no mere greylisting.
SOFT_FROM = 4


def refused_for_good(error: Exception) -> bool:
    """Whether the mail server said that this address will never take a mail."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _words in error.recipients.values()
    )


def weigh(notice: Notice, error: Exception) -> int:
    """What a refusal counts, or 0 when it says nothing about the address."""
    if refused_for_good(error):
        return Bounce.Weight.HARD
    refused = isinstance(error, smtplib.SMTPRecipientsRefused)
    return Bounce.Weight.SOFT if refused and notice.attempts >= SOFT_FROM else 0


def note_bounce(user: User, *, message: str, weight: int, words: str, at: datetime):
    """Keep that a mail came back, once for each, and stop writing to this address for
    thirty days once that is too much."""
    Bounce.objects.bulk_create(
        [
            Bounce(
                message_id=message,
                user=user,
                address=user.email,
                weight=weight,
                words=words,
                at=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["message_id"],
        update_fields=["weight", "words", "at"],
    )
    if Bounce.objects.counting(user, at).score() >= MOST:
        User.objects.filter(pk=user.pk).update(
            returned_address=user.email, returned_until=at + RECENT_ENOUGH
        )


def bounced(notice: Notice, error: Exception, *, words: str, at: datetime) -> None:
    """The mail server refused this notice's reader."""
    weight = weigh(notice, error)
    if weight and notice.recipient:
        message = message_id(notice)
        note_bounce(
            notice.recipient, message=message, weight=weight, words=words, at=at
        )


def write_again(user: User, *, by, at: datetime, program_id=None) -> bool:
    """Forget what came back from a person's address and write there again; whether we
    had stopped."""
    Bounce.objects.filter(user=user).delete()
    stopped = User.objects.filter(pk=user.pk, returned_until__gt=at)
    if not stopped.update(returned_until=None, returned_address=""):
        return False
    audit("asked to write again", user, by=by, program_id=program_id)
    return True
