import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedJSONField, SealedTextField
from pairing.models import Pair


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To the two; coordinators of the program see that it was held."""
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def open(self):
        return self.filter(done_at__isnull=True)


class Review(models.Model):
    """A look at the pair's outcomes, half-way or at the end; its words lie apart."""

    class Kind(models.TextChoices):
        MIDPOINT = "midpoint", _("Midpoint")
        CLOSING = "closing", _("Closing")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=8, choices=Kind)
    opened_at = models.DateTimeField(default=timezone.now)
    mentor_done_at = models.DateTimeField(null=True)
    mentee_done_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "kind"], name="one_review_of_a_kind_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True)
                | Q(mentor_done_at__isnull=False, mentee_done_at__isnull=False),
                name="reviews_are_done_by_both",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class ReviewWords(models.Model):
    """Confidential: the pair reads it. What the two saw, change and take with them."""

    confidential = "pair"

    review = models.OneToOneField(
        Review, models.CASCADE, primary_key=True, related_name="words"
    )
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="+")
    # {outcome id: {"how": …, "words": …}}
    outcomes = SealedJSONField(by="pair_id", default=dict, blank=True)
    changes = SealedTextField(by="pair_id", max_length=2000, blank=True)
    continues = SealedTextField(by="pair_id", max_length=2000, blank=True)
    thanks_from_mentor = SealedTextField(by="pair_id", max_length=2000, blank=True)
    thanks_from_mentee = SealedTextField(by="pair_id", max_length=2000, blank=True)

    def __str__(self):
        return "a review's words"
