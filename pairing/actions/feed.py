"""The secret address of a person's calendar feed."""

import secrets
from datetime import datetime

from django.db import transaction

from mentorship.accounts.models import audit
from pairing.models import CalendarFeed
from pairing.models.feed import digest_of


@transaction.atomic
def make_feed(user, *, at: datetime) -> str:
    """A new secret for the person's feed; an older one stops working. Only its digest
    is kept, so it is shown this once."""
    secret = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(
        user=user, defaults={"digest": digest_of(secret), "made_at": at}
    )
    audit("made calendar feed", user, by=user)
    return secret


@transaction.atomic
def revoke_feed(user) -> None:
    """Close the person's feed; again is harmless."""
    deleted, _rows = CalendarFeed.objects.filter(user=user).delete()
    if deleted:
        audit("revoked calendar feed", user, by=user)
