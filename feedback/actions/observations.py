"""What somebody sees of their own behavior, and what one colleague sees."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from feedback.models import Observation, ObservationRequest
from mentorship.accounts.acting import acting_as
from mentorship.participants.models import Participant

LINK_LASTS = timedelta(days=30)
TOKEN_BYTES = 32


class LinkIsOver(Exception):
    """It was never made, has been answered, or is too old."""


@transaction.atomic
def observe_oneself(
    place: Participant, *, by, behavior: str, seen: int, example: str, at: datetime
) -> ObservationRequest:
    """Keep how often somebody sees themself do it, for them alone."""
    request = ObservationRequest.objects.create(
        participant=place,
        by=ObservationRequest.By.SELF,
        behavior=behavior,
        asked_at=at,
        expires_at=at,
        answered_at=at,
    )
    with acting_as(by):
        Observation.objects.create(
            request=request, author=by, seen=seen, example=example
        )
    return request


def invite_observer(
    place: Participant, *, whom: str, behavior: str, at: datetime
) -> str:
    """The token of a link that works once, within 30 days. It is told now and never
    again: only its digest is kept, and nothing of whom it is passed on to."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    ObservationRequest.objects.create(
        participant=place,
        by=whom,
        behavior=behavior,
        digest=digest_of(token),
        asked_at=at,
        expires_at=at + LINK_LASTS,
    )
    return token


def digest_of(token: str) -> str:
    """What is kept of a token. It is random and long, so one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str, now: datetime) -> ObservationRequest:
    """What a link asks, for its page; changes nothing. Raises LinkIsOver."""
    return one(ObservationRequest.objects.open(now), token)


@transaction.atomic
def answer_invitation(
    token: str, *, seen: int, example: str, at: datetime
) -> ObservationRequest:
    """Keep what a colleague saw, and let the link work no more. Raises LinkIsOver.

    Whoever writes has no account, and the words belong to the person they are about,
    who made the link and is their only reader. So they are written as that person: for
    this one row, after the link has proved itself and is locked.
    """
    waiting = ObservationRequest.objects.select_for_update(of=("self",)).open(at)
    request = one(waiting, token)
    about = request.participant.user
    assert about is not None  # the link works for active accounts only
    with acting_as(about):
        Observation.objects.create(
            request=request, author=about, seen=seen, example=example
        )
    request.answered_at, request.digest = at, ""
    request.save(update_fields=["answered_at", "digest"])
    return request


def one(waiting, token: str) -> ObservationRequest:
    """The request of a token among those that wait. Raises LinkIsOver."""
    waiting = waiting.filter(digest=digest_of(token), participant__user__is_active=True)
    request = waiting.select_related("participant__user").first()
    if request is None:
        raise LinkIsOver
    return request
