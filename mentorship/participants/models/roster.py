import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Cohort, Program


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Imports into programs the person coordinates."""
        return self.filter(cohort__program__in=Program.objects.coordinated_by(user))


class Import(models.Model):
    """One uploaded roster: the file, the choices, what came of it, and the undo."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not imported yet")
        COMMITTED = "committed", _("Imported")
        UNDONE = "undone", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField()
    options = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    result = models.JSONField(default=dict)
    committed_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return self.file_name
