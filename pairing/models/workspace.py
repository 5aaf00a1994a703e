import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone

from mentorship.accounts.fields import SealedTextField
from mentorship.participants.models import Participant

from .pair import Pair


def private_storage():
    """Where sealed files lie; never served by address."""
    return storages["private"]


class WorkspaceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What lies in one's own pairs; the database shows it inside acting_as only."""
        return self.filter(pair__in=Pair.objects.of(user))


class Note(models.Model):
    """Confidential: the pair reads it. A shared note."""

    confidential = "pair"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="notes")
    author = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    body = SealedTextField(by="pair_id", max_length=20000)
    version = models.PositiveIntegerField(default=1)
    form_id = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "form_id"], name="a_note_is_sent_once"
            ),
        ]

    def __str__(self):
        return "a shared note"


class Link(models.Model):
    """Confidential: the pair reads it. An address worth keeping."""

    confidential = "pair"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="links")
    author = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    url = SealedTextField(by="pair_id", max_length=1000)
    title = SealedTextField(by="pair_id", max_length=200, blank=True)
    form_id = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "form_id"], name="a_link_is_sent_once"
            ),
        ]

    def __str__(self):
        return "a shared link"


class File(models.Model):
    """Confidential: the pair reads it. A file, stored sealed under a random name."""

    confidential = "pair"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="files")
    author = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    name = SealedTextField(by="pair_id", max_length=200)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    stored = models.FileField(storage=private_storage, max_length=100)
    form_id = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "form_id"], name="a_file_is_sent_once"
            ),
        ]

    def __str__(self):
        return "a shared file"


class NotebookQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(author=user)


class NotebookEntry(models.Model):
    """Confidential: only its author reads it. A page of a private notebook."""

    confidential = "author"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    body = SealedTextField(by="author_id", max_length=20000)
    version = models.PositiveIntegerField(default=1)
    form_id = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)

    objects = NotebookQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "form_id"], name="a_notebook_page_is_sent_once"
            ),
        ]

    def __str__(self):
        return "a page of a notebook"
