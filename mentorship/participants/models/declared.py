import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class SelfDeclared(models.Model):
    """Confidential: only its author reads it. What somebody chose to say about
    themselves for the inclusion check; counted with others, never read by pairing."""

    confidential = "author"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    attribute = models.SlugField(max_length=40)
    value = models.SlugField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "attribute"],
                name="one_answer_per_person_and_attribute",
            ),
        ]

    def __str__(self):
        return "a self-declared attribute"
