import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Sum

MEMORY = timedelta(days=30)


class BounceQuerySet(models.QuerySet):
    def counting(self, user, now):
        """What came back from a person's present address and is not forgotten."""
        return self.filter(user=user, address=user.email, at__gt=now - MEMORY)

    def score(self) -> int:
        return self.aggregate(found=Sum("weight"))["found"] or 0


class Bounce(models.Model):
    """A mail that an address refused, counted once however often it was tried."""

    class Weight(models.IntegerChoices):
        SOFT = 1  # refused for now, again and again: a full mailbox
        HARD = 2  # refused for good: nobody of that name

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message_id = models.CharField(max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="bounces"
    )
    address = models.EmailField(max_length=254)
    weight = models.PositiveSmallIntegerField(choices=Weight)
    words = models.CharField(max_length=300)
    at = models.DateTimeField()

    objects = BounceQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"], name="a_mail_comes_back_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_weight_display()} {self.at:%Y-%m-%d}"
