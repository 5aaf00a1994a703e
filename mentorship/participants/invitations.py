"""Links that let one person join one cohort, once.

A link holds the place's id and the number of its invitation, signed. Joining or
inviting again raises that number, so older links stop working without a list of them.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

SIGNER = TimestampSigner(salt="participants.invitation")


@dataclass(frozen=True)
class Link:
    """What a link with a good signature says; `expired` when it is too old."""

    place: uuid.UUID
    number: int
    expired: bool


def token_for(place) -> str:
    """The last part of the address in an invitation to `place`."""
    return SIGNER.sign(f"{place.pk}.{place.invitation}")


def read(token) -> Link | None:
    """The link behind a token, or None when it is not one of ours."""
    max_age = timedelta(days=settings.INVITATION_MAX_AGE_DAYS)
    try:
        signed, expired = SIGNER.unsign(token, max_age=max_age), False
    except SignatureExpired:
        signed, expired = SIGNER.unsign(token), True
    except BadSignature:
        return None
    place, number = signed.split(".")
    return Link(uuid.UUID(place), int(number), expired)
