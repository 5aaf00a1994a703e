import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import SealKey
from mentorship.accounts.sealing import seal, unseal

from .kind import Kind


class ChatRoomQuerySet(models.QuerySet):
    def of_program(self, program_id):
        return self.filter(program_id=program_id)

    def hearing(self, kind):
        return self.filter(kinds__contains=[kind])


class ChatRoom(models.Model):
    """A room of a program's chat that hears what everybody may hear. Its address is a
    key to the room, so it is sealed and never shown again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program_id = models.UUIDField()
    label = models.CharField(max_length=80)
    sealed_address = models.BinaryField()
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind))
    language = models.CharField(
        max_length=12, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    objects = ChatRoomQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(
                fields=["program_id", "label"],
                name="one_room_per_name",
                violation_error_message=_("A room of this name is already there."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def hears(self) -> str:
        return ", ".join(str(Kind(kind).label) for kind in self.kinds)

    @property
    def last(self):
        """The newest message to this room, or None; prefetch `notices`."""
        return max(self.notices.all(), key=lambda each: each.due_at, default=None)

    @property
    def address(self) -> str:
        return unseal(bytes(self.sealed_address), holder=self.pk, place=self.place)

    @address.setter
    def address(self, words: str) -> None:
        self.sealed_address = seal(words, holder=self.pk, place=self.place)

    def forget_key(self) -> None:
        """Make the address unreadable, in backups too once the key has left those."""
        SealKey.objects.filter(pk=self.pk).delete()

    @property
    def place(self) -> str:
        return f"outbox_chatroom:{self.pk}:address"
