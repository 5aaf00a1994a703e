import uuid
import zoneinfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import is_zone
from mentorship.accounts.prepared import prepared


def default_languages() -> list[str]:
    return [settings.LANGUAGE_CODE]


class ProgramQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Programs in which the person holds a staff role."""
        return self.filter(pk__in=Role.objects.of(user).values("program"))

    def roles_visible_to(self, user):
        """The same, and all for site administrators, who see names and roles only."""
        return self.all() if user.is_staff else self.visible_to(user)

    def coordinated_by(self, user):
        return self.with_role(user, Role.Kind.COORDINATOR)

    def with_role(self, user, *kinds):
        """Programs in which the person holds one of these roles."""
        roles = Role.objects.of(user).filter(kind__in=kinds)
        return self.filter(pk__in=roles.values("program"))


class Program(models.Model):
    """What a mentorship program promises and to whom; the unit of policy and access."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[is_zone]
    )
    languages = ArrayField(models.CharField(max_length=12), default=default_languages)
    # A link template; {session} becomes each session's own number.
    video_room = models.CharField(_("video room"), max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adaptations"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone)

    def today(self, now=None):
        """The day it is in the program's zone."""
        return (now or timezone.now()).astimezone(self.tz).date()

    @cached_property
    def in_force(self):
        """The charter version in force, or None."""
        found = next(iter(versions_in_force(self)), None)
        if found:
            found.program = self
        return found


@prepared
def versions_in_force(program):
    return program.versions.filter(state="in force")


class RoleQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user)


class Role(models.Model):
    """A staff role of one person in one program."""

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        FACILITATOR = "facilitator", _("Facilitator")
        STEERING = "steering", _("Steering group member")
        SPONSOR = "sponsor", _("Sponsor")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles"
    )
    program = models.ForeignKey(Program, models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=12, choices=Kind)
    since = models.DateTimeField(default=timezone.now)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "program", "kind"], name="one_role_of_a_kind_per_person"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_kind_display()}"
