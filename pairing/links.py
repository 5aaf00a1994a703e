"""Links that let one person say how one session went, without signing in.

A link holds the session's id and the person's, signed and dated; nothing else. Whoever
holds it can give that one answer until it is too old, and read no words.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

SIGNER = TimestampSigner(salt="pairing.how-did-it-go")
LIFE = timedelta(days=21)


@dataclass(frozen=True)
class Link:
    """What a link with a good signature says; `expired` when it is too old."""

    session: uuid.UUID
    user: uuid.UUID
    expired: bool


def token_for(session_id, user_id) -> str:
    """The last part of the address that asks `user_id` about a session."""
    return SIGNER.sign(f"{session_id}.{user_id}")


def read(token: str) -> Link | None:
    """The link behind a token, or None when it is not one of ours."""
    try:
        signed, expired = SIGNER.unsign(token, max_age=LIFE), False
    except SignatureExpired:
        signed, expired = SIGNER.unsign(token), True
    except BadSignature:
        return None
    session, user = signed.split(".")
    return Link(uuid.UUID(session), uuid.UUID(user), expired)
