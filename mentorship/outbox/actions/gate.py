"""Holding all mail back, and letting it go: after a restore, by an administrator."""

import logging
from datetime import datetime

from ..models import Gate

logger = logging.getLogger(__name__)


def hold_mail(*, because: str, at: datetime) -> None:
    """Send nothing until `release_mail`; what was begun is finished. Again changes
    nothing but the reason."""
    Gate.objects.filter(held_since=None).update(held_since=at)
    Gate.objects.update(held_because=because)
    logger.warning("Mail is held: %s", because)


def release_mail() -> bool:
    """Send again; whether it was held. What has passed its limit is skipped as late."""
    held = Gate.objects.filter(held_since__isnull=False)
    return bool(held.update(held_since=None, held_because=""))
