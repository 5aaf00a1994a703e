import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone


class CalendarFeedQuerySet(models.QuerySet):
    def behind(self, secret: str):
        """The feed that a secret opens, if its person is still here."""
        return self.filter(digest=digest_of(secret), user__is_active=True)


class CalendarFeed(models.Model):
    """The secret address of one person's calendar; only its digest is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="calendar_feed",
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self):
        return "a calendar feed"


def digest_of(secret: str) -> str:
    """Long random secrets need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
