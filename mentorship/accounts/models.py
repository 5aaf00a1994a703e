import uuid
import zoneinfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Lower, NullIf, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Two rows that every installation has. Acts need an actor even when the person is
# gone, or when who asked must not be known.
SOMEONE_WHO_HAS_LEFT = uuid.UUID("00000000-0000-4000-8000-000000000001")
THE_PROGRAM_ITSELF = uuid.UUID("00000000-0000-4000-8000-000000000002")


def is_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("Choose a time zone from the list, like Europe/Lisbon.")
        )


class UserQuerySet(models.QuerySet):
    def out_of_reach(self, now):
        """Whose address sent too much back for us to write there."""
        return self.filter(returned_until__gt=now, returned_address=F("email"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )

    @classmethod
    def normalize_email(cls, email):
        return (email or "").strip().lower()

    def the_program(self):
        """The actor of what the night does and of endings whose asker is secret."""
        return self.get(pk=THE_PROGRAM_ITSELF)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, once. Whatever concerns taking part hangs on a Participant."""

    class Theme(models.TextChoices):
        SYSTEM = "", _("As my device does")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("email address"), max_length=254)
    given_name = models.CharField(_("given name"), max_length=150, blank=True)
    family_name = models.CharField(_("family name"), max_length=150, blank=True)
    called = models.CharField(
        _("what people call you"),
        max_length=150,
        blank=True,
        help_text=_("Used where we speak to you. Leave empty for your given name."),
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[is_zone]
    )
    theme = models.CharField(
        _("light or dark"),
        max_length=5,
        choices=Theme,
        default=Theme.SYSTEM,
        blank=True,
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True)
    reminders_together = models.BooleanField(
        _("reminders in one mail a week"),
        default=False,
        db_default=False,
        help_text=_("Instead of one by one, where your program offers it."),
    )
    # Their own lower limit; without one the charter's counts.
    reminders_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    # The outbox stops writing to an address from which too much came back.
    returned_address = models.EmailField(
        max_length=254, blank=True, default="", db_default=""
    )
    returned_until = models.DateTimeField(null=True, blank=True)
    manager_email = models.EmailField(max_length=254, blank=True)
    external_id = models.CharField(max_length=64, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["family_name", "given_name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_per_email",
                violation_error_message=_("Somebody already uses this address."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="one_person_per_external_id",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_have_both_ends",
                violation_error_message=_("Give both ends of your quiet hours."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["returned_until"],
                condition=Q(returned_until__isnull=False),
                name="people_out_of_reach",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """Full name, or the address of somebody who gave none."""
        return f"{self.given_name} {self.family_name}".strip() or self.email

    @property
    def short_name(self) -> str:
        """What we call the person where we speak to them."""
        return self.called or self.given_name or self.name

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone)

    def mail_comes_back(self, now) -> bool:
        """Whether we do not write for now: too much came back from this address."""
        until = self.returned_until
        return until is not None and until > now and self.returned_address == self.email

    @property
    def is_out_of_reach(self) -> bool:
        """The same word for templates, as of now."""
        return self.mail_comes_back(timezone.now())

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.short_name


class AuditEntryQuerySet(models.QuerySet):
    def of_program(self, program_id):
        return self.filter(program_id=program_id)

    def about(self, thing):
        return self.filter(about_kind=thing._meta.label_lower, about_id=thing.pk)

    def with_person(self):
        """Annotate `person`, the name of whom an entry is about, if about a person."""
        full = Trim(Concat("given_name", Value(" "), "family_name"))
        named = Coalesce(
            NullIf(full, Value("")), "email", output_field=models.CharField()
        )
        person = User.objects.filter(pk=OuterRef("about_id")).values(shown=named)
        return self.annotate(person=Subquery(person))


class AuditEntry(models.Model):
    """Who did what to which thing. Appended only: the web role may not change it."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    program_id = models.UUIDField(null=True)
    about_kind = models.CharField(max_length=60)
    about_id = models.UUIDField()
    changes = models.JSONField(default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["program_id", "-at"], name="audit_of_program"),
            models.Index(fields=["about_kind", "about_id"], name="audit_about"),
        ]

    def __str__(self):
        return f"{self.verb} {self.about_kind}"


def audit(verb: str, thing, *, by, program_id=None, **changes) -> AuditEntry:
    """Append an entry in the caller's transaction; `changes` holds no private text."""
    return AuditEntry.objects.create(
        by=by,
        verb=verb,
        program_id=program_id,
        about_kind=thing._meta.label_lower,
        about_id=thing.pk,
        changes=changes,
    )


class SealKeyQuerySet(models.QuerySet):
    def made_for(self, holder, wrapped: bytes, master: int):
        """A new key, or the one that somebody else made at the same moment."""
        self.bulk_create(
            [self.model(holder=holder, wrapped=wrapped, master=master)],
            ignore_conflicts=True,
        )
        return self.get(pk=holder)


class SealKey(models.Model):
    """The wrapped key that seals the words of one pair, person or concern.

    Worth nothing without the master key, and nothing to whoever cannot read the sealed
    row. Kept apart from the words, so that a backup can leave the keys out.
    """

    holder = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    master = models.PositiveSmallIntegerField()

    objects = SealKeyQuerySet.as_manager()

    def __str__(self):
        return f"key of {self.holder}"
