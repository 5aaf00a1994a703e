import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedTextField
from mentorship.charter.models import Program
from pairing.models import Pair


class ConcernQuerySet(models.QuerySet):
    """Row security lets nobody else's rows through; these tell a reader's two roles
    apart. Inside acting_as."""

    def raised_by(self, user):
        return self.filter(raiser=user)

    def brought_to(self, user):
        """Those that one owns, open ones first, the most pressing on top."""
        mine = self.filter(owners__user=user)
        return mine.order_by(F("closed_at").desc(nulls_first=True), "reply_by")


class Concern(models.Model):
    """Confidential, and so is that it exists: its raiser and the owners of the steps
    that it has reached know of it, nobody else. Never ask for it outside acting_as."""

    confidential = "concern"

    class State(models.TextChoices):
        RAISED = "raised", _("Raised")
        ACKNOWLEDGED = "acknowledged", _("Somebody has read it")
        IN_HAND = "in hand", _("Somebody is on it")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="+")
    raiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    pair = models.ForeignKey(Pair, models.SET_NULL, null=True, related_name="+")
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.RAISED)
    step = models.PositiveSmallIntegerField()
    reply_by = models.DateTimeField()
    raised_at = models.DateTimeField(default=timezone.now)
    acknowledged_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    form_id = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["raiser", "form_id"], name="a_concern_is_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(state="raised", acknowledged_at__isnull=True)
                | Q(state="withdrawn")
                | Q(acknowledged_at__isnull=False) & ~Q(state="raised"),
                name="acknowledged_concerns_say_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "withdrawn"], closed_at__isnull=False)
                | ~Q(state__in=["closed", "withdrawn"]) & Q(closed_at__isnull=True),
                name="closed_concerns_say_when",
            ),
        ]

    def __str__(self):
        return "a concern"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def owner_names(self) -> list[str]:
        """Who reads it, the first step first."""
        return [owner.user.name for owner in self.owners.all()]

    def is_overdue(self, now) -> bool:
        """Nobody has answered in the time that was promised."""
        return self.state == self.State.RAISED and self.reply_by < now


class ConcernOwner(models.Model):
    """Confidential: who owns a step that a concern has reached, and since when."""

    confidential = "concern"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="owners")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    step = models.PositiveSmallIntegerField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "user"], name="one_owner_once_per_concern"
            ),
        ]

    def __str__(self):
        return "an owner of a concern"


class ConcernWords(models.Model):
    """Confidential: what the raiser and the owners wrote, in order."""

    confidential = "concern"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="words")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    text = SealedTextField(by="concern_id", max_length=4000)
    # Notes of the owners among themselves are not for the raiser.
    for_owners = models.BooleanField(default=False)
    form_id = models.UUIDField(default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "form_id"], name="concern_words_are_sent_once"
            ),
        ]

    def __str__(self):
        return "words of a concern"
