import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a notice is about. A person may switch off every kind but `account` and
    `concern`."""

    ACCOUNT = "account", _("Your account")
    INVITATION = "invitation", _("Invitations")
    SESSION = "session", _("Sessions")
    CHECK_IN = "check-in", _("Check-ins")
    MILESTONE = "milestone", _("Milestones")
    REFLECTION = "reflection", _("Reflections")
    PAIRING = "pairing", _("Pairing")
    PILOT = "pilot", _("The pilot")
    ACKNOWLEDGMENT = "acknowledgment", _("The charter")
    CARE = "care", _("A hand for your pair")
    CONCERN = "concern", _("Concerns you handle or raised")
    DIGEST = "digest", _("A summary of what waits")
    ANNOUNCEMENT = "announcement", _("Messages from coordinators")

    @classmethod
    def optional(cls) -> list["Kind"]:
        return [kind for kind in cls if kind not in (cls.ACCOUNT, cls.CONCERN)]

    @classmethod
    def reminders(cls) -> list["Kind"]:
        """The kinds that together stay under the charter's weekly cap."""
        return [cls.CHECK_IN, cls.MILESTONE, cls.REFLECTION, cls.CARE]


class NoticeQuerySet(models.QuerySet):
    def queue(self, notices) -> None:
        """Insert unsaved notices; one whose key is already there is left alone."""
        self.bulk_create(notices, ignore_conflicts=True, batch_size=500)

    def unsent(self):
        return self.filter(state=Notice.State.PENDING)

    def due(self, now):
        """What a sweeper may take: due and pending, or left by a sender that died."""
        return self.filter(
            Q(state=Notice.State.PENDING, due_at__lte=now)
            | Q(state=Notice.State.SENDING, lease_until__lt=now)
        )

    def unwanted(self):
        """Of a kind that its recipient has switched off."""
        return self.filter(
            Exists(
                Preference.objects.filter(
                    user=OuterRef("recipient"),
                    kind=OuterRef("kind"),
                    channel=OuterRef("channel"),
                    wanted=False,
                )
            ),
            kind__in=Kind.optional(),
        )

    def reminding(self, now):
        """Reminders sent in the last seven days, and those being sent."""
        recent = Q(state=Notice.State.SENT, sent_at__gt=now - timedelta(days=7))
        return self.filter(
            recent | Q(state=Notice.State.SENDING), kind__in=Kind.reminders()
        )

    def skip(self, because) -> int:
        return self.update(
            state=Notice.State.SKIPPED, skipped_because=because, lease_until=None
        )

    def of_program(self, program_id):
        return self.filter(program_id=program_id)

    def reminders(self):
        return self.filter(kind__in=Kind.reminders())

    def dead(self):
        return self.filter(state=Notice.State.DEAD)

    def retriable(self, now):
        """Could not be delivered, and would still be of use."""
        return self.dead().filter(Q(not_after__isnull=True) | Q(not_after__gte=now))

    def about(self, thing):
        return self.filter(about_kind=thing._meta.label_lower, about_id=thing.pk)

    def cancel(self) -> int:
        """Cancel what is not yet under way; returns how many."""
        return self.unsent().update(state=Notice.State.CANCELED)


class Notice(models.Model):
    """Something to be said to somebody, once. The database is the truth; Celery only
    wakes the sender."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        SKIPPED = "skipped", _("not sent")
        CANCELED = "canceled", _("no longer needed")
        DEAD = "dead", _("could not be delivered")

    class Skipped(models.TextChoices):
        LATE = "late", _("its time had passed")
        PREFERENCE = "preference", _("the person does not want these")
        CAP = "cap", _("enough mail this week")
        GONE = "gone", _("the person has left")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=10, default="email")
    template = models.CharField(max_length=80)
    context = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    due_at = models.DateTimeField(default=timezone.now)
    not_after = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    skipped_because = models.CharField(max_length=12, choices=Skipped, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    program_id = models.UUIDField(null=True)
    cohort_id = models.UUIDField(null=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="a_notice_is_queued_once"),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
                name="leased_notices_are_being_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="sent_notices_say_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["pending", "sending"]),
                name="notices_to_send",
            ),
            models.Index(fields=["about_kind", "about_id"], name="notices_about"),
            models.Index(fields=["recipient", "sent_at"], name="notices_of_a_person"),
        ]

    def __str__(self):
        return self.key

    def is_retriable(self, now) -> bool:
        """The same word as the queryset's, for one row at hand."""
        in_time = self.not_after is None or self.not_after >= now
        return self.state == self.State.DEAD and in_time


class PreferenceQuerySet(models.QuerySet):
    def unwanted_by(self, user):
        """The kinds that a person has switched off."""
        return self.filter(user=user, wanted=False)

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
    channel = models.CharField(max_length=10, default="email")
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
