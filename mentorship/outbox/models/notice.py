import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .kind import Channel, Kind
from .preference import Preference
from .room import ChatRoom

# Later than that a reminder is overdue: something was down.
A_WHILE = timedelta(minutes=30)


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

    def in_line(self):
        """In the order of sending."""
        return self.order_by("due_at", "key")

    def with_wishes(self):
        """With readers, and `is_unwanted`: whether they switched this kind off."""
        off = Preference.objects.filter(
            user=OuterRef("recipient"),
            kind=OuterRef("kind"),
            channel=OuterRef("channel"),
            wanted=False,
        )
        optional = Q(kind__in=Kind.optional())
        found = self.select_related("recipient", "room")
        return found.annotate(
            is_unwanted=Case(When(optional, then=Exists(off)), default=False)
        )

    def wanting(self, kind):
        """To readers who have not switched off mail of this kind."""
        off = Preference.objects.filter(
            user=OuterRef("recipient"), kind=kind, channel=Channel.EMAIL, wanted=False
        )
        return self.exclude(Exists(off))

    def shown_to(self, user):
        """What a person finds under Messages: mail that went out or would have gone
        out, but for what they do not want there, account mail, which may hold a key,
        and what somebody looking over their shoulder must not learn."""
        off = Preference.objects.unwanted_by(user).filter(channel=Channel.APP)
        kept = Q(state=Notice.State.SENT) | Q(
            state=Notice.State.SKIPPED, skipped_because__in=Notice.Skipped.kept()
        )
        return (
            self.filter(kept, recipient=user, channel=Channel.EMAIL)
            .filter(kind__in=Kind.optional())
            .exclude(kind__in=off.values("kind"))
            .order_by("-due_at", "key")
        )

    def overdue(self, now):
        """Reminders by mail that should have gone out a while ago, or were tried in
        vain, and still have time. An appointment is none: it belongs to a calendar."""
        late = Q(due_at__lte=now - A_WHILE) | Q(due_at__lte=now, attempts__gt=0)
        return self.filter(
            late,
            state=Notice.State.PENDING,
            channel=Channel.EMAIL,
            kind__in=Kind.foldable(),
            not_after__gte=now,
        ).exclude(context__has_key="calendar")

    def fold(self, into) -> int:
        """Mark rows as told of in another mail."""
        return self.update(
            state=Notice.State.SKIPPED,
            skipped_because=Notice.Skipped.FOLDED,
            folded_into=into,
        )

    def unfold(self) -> int:
        """Let the lines of mails that are not sent come by themselves again."""
        return self.filter(skipped_because=Notice.Skipped.FOLDED).update(
            state=Notice.State.PENDING, skipped_because="", folded_into=None
        )

    def reminding(self, now):
        """Reminders sent in the last seven days, and those being sent."""
        recent = Q(state=Notice.State.SENT, sent_at__gt=now - timedelta(days=7))
        return self.filter(
            recent | Q(state=Notice.State.SENDING), kind__in=Kind.reminders()
        )

    def of_program(self, program_id):
        return self.filter(program_id=program_id)

    def for_a_list(self):
        """To whom, about what and how it went; the words stay where they are."""
        names = "given_name", "family_name", "email"
        return self.select_related("recipient", "room").only(
            *("program_id", "kind", "due_at", "not_after", "state"),
            *("skipped_because", "trouble", "last_error", "room__label"),
            *(f"recipient__{name}" for name in names),
        )

    def reminders(self):
        return self.filter(kind__in=Kind.reminders())

    def dead(self):
        return self.filter(state=Notice.State.DEAD)

    def retriable_by_trouble(self, now):
        """(trouble, how many) of what could be tried again, the most first."""
        found = self.retriable(now).order_by().values_list("trouble")
        return found.annotate(n=Count("pk")).order_by("-n", "trouble")

    def retriable(self, now):
        """Could not be delivered, and would still be of use."""
        return self.dead().filter(Q(not_after__isnull=True) | Q(not_after__gte=now))

    def about(self, thing):
        return self.filter(about_kind=thing._meta.label_lower, about_id=thing.pk)

    def still_folded(self, now):
        """Of the lines of a mail those that are neither done nor too late."""
        return self.filter(
            skipped_because=Notice.Skipped.FOLDED, not_after__gte=now
        ).in_line()

    def again(self, now) -> int:
        """Begin anew; returns how many."""
        return self.update(state=Notice.State.PENDING, attempts=0, due_at=now)

    def late(self, now):
        """What should be out by now. What is too late goes nowhere any more, so nobody
        waits for it."""
        return self.unsent().filter(due_at__lte=now).exclude(not_after__lt=now)

    def cancel(self) -> int:
        """Cancel what is not yet under way or could not be delivered, so that nobody
        tries it again, and the lines of mails that are not under way; returns how
        many."""
        stays = Notice.objects.filter(
            pk=OuterRef("folded_into"), state=Notice.State.PENDING
        )
        a_line = Q(skipped_because=Notice.Skipped.FOLDED) & Exists(stays)
        idle = Q(state__in=[Notice.State.PENDING, Notice.State.DEAD])
        return self.filter(idle | a_line).update(
            state=Notice.State.CANCELED, skipped_because=""
        )


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
        BOUNCES = "bounces", _("mail to this address comes back")
        FOLDED = "folded", _("folded into one mail")

        @classmethod
        def kept(cls) -> list["Notice.Skipped"]:
            """Not mailed, and still worth finding on the site."""
            return [cls.PREFERENCE, cls.CAP, cls.BOUNCES]

    class Trouble(models.TextChoices):
        AWAY = "away", _("the mail server is away")
        ADDRESS = "address", _("the address was refused")
        SERVER = "server", _("the mail server did not take it")
        BROKEN = "broken", _("the mail could not be written")
        CHAT = "chat", _("the chat did not take it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notices"
    )
    room = models.ForeignKey(
        ChatRoom, models.CASCADE, null=True, db_index=False, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    template = models.CharField(max_length=80)
    context = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    due_at = models.DateTimeField(default=timezone.now)
    not_after = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    skipped_because = models.CharField(max_length=12, choices=Skipped, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(
        max_length=10, choices=Trouble, blank=True, default="", db_default=""
    )
    last_error = models.CharField(max_length=300, blank=True)
    # When sending began; due_at to here is the dwell, from here to sent_at the sending.
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # The moment that its domain's pace gave it, which it need not ask for again.
    slot_at = models.DateTimeField(null=True)
    folded_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, db_index=False, related_name="folded"
    )
    program_id = models.UUIDField(null=True)
    cohort_id = models.UUIDField(null=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    is_unwanted: bool  # set by with_wishes

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
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, room__isnull=True)
                | Q(recipient__isnull=True, room__isnull=False),
                name="a_notice_is_for_a_person_or_a_room",
            ),
        ]
        indexes = [
            # In the order of sending, so that a claim reads the first few and no more.
            models.Index(
                fields=["due_at", "key"],
                condition=Q(state__in=["pending", "sending"]),
                name="notices_in_line",
            ),
            # In the order of the coordinator's list, where many are due at one moment.
            models.Index(
                fields=["program_id", "due_at", "id"],
                name="notices_of_a_program_listed",
            ),
            models.Index(
                fields=["program_id", "state", "due_at"],
                condition=Q(state__in=["pending", "dead"]),
                name="notices_to_see_to",
            ),
            models.Index(
                fields=["folded_into"],
                condition=Q(folded_into__isnull=False),
                name="notices_folded",
            ),
            models.Index(
                fields=["room"],
                condition=Q(room__isnull=False),
                name="notices_of_a_room",
            ),
            models.Index(fields=["about_kind", "about_id"], name="notices_about"),
            models.Index(fields=["recipient", "sent_at"], name="notices_of_a_person"),
            # For whoever watches: when the last went out, and how the last hour went.
            models.Index(
                fields=["sent_at"], condition=Q(state="sent"), name="notices_sent"
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def addressee(self) -> str:
        """The person's name, or the room's."""
        return self.recipient.name if self.recipient else str(self.room)

    @property
    def is_reminder(self) -> bool:
        return self.recipient_id is not None and self.kind in Kind.reminders()

    def is_stopped(self) -> bool:
        """Whether its reader has switched this kind off by now."""
        off = Preference.objects.unwanted_by(self.recipient_id)
        return (
            self.kind in Kind.optional()
            and off.filter(kind=self.kind, channel=self.channel).exists()
        )

    def is_overdue(self, now) -> bool:
        """Roughly the same word as the queryset's, for a first look."""
        return self.due_at <= now - A_WHILE or self.attempts > 0

    def is_retriable(self, now) -> bool:
        """The same word as the queryset's, for one row at hand."""
        in_time = self.not_after is None or self.not_after >= now
        return self.state == self.State.DEAD and in_time
