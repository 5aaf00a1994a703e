from django.conf import settings
from django.db import models
from django.utils import timezone


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

    def __str__(self):
        return "a calendar feed"
