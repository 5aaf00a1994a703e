import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .kind import Channel, Kind


class PreferenceQuerySet(models.QuerySet):
    def unwanted_by(self, user):
        """What a person has switched off, by kind and channel."""
        return self.filter(user=user, wanted=False)

    def wanted_by(self, user) -> dict[str, list]:
        """{channel: the optional kinds a person wants in that way}."""
        rows = self.unwanted_by(user).values_list("channel", "kind")
        off = set(rows)
        return {
            channel: [kind for kind in Kind.optional() if (channel, kind) not in off]
            for channel in (Channel.EMAIL, Channel.APP)
        }

    def keep(self, preferences) -> None:
        """Save unsaved preferences over whatever was chosen before."""
        self.bulk_create(
            preferences,
            update_conflicts=True,
            unique_fields=["user", "kind", "channel"],
            update_fields=["wanted", "changed_at"],
        )


class Preference(models.Model):
    """Whether a person wants a kind of notice; without a row they do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    wanted = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "channel"], name="one_preference_per_kind"
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.wanted}"
