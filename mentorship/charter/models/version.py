import hashlib
import json
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.prepared import fetch, prepared

from .program import Program

# The sections of a charter's prose, in reading order: slug and title.
SECTIONS = {
    "priorities": _("What this program is for"),
    "mentor_gains": _("What mentors gain"),
    "mentor_does": _("What mentors do"),
    "mentor_decides": _("What mentors decide"),
    "mentee_gains": _("What mentees gain"),
    "mentee_does": _("What mentees do"),
    "mentee_decides": _("What mentees decide"),
    "expectations": _("What we expect of each other"),
    "time_commitment": _("Time it takes"),
    "confidentiality": _("What stays between you"),
    "boundaries": _("Boundaries"),
    "dissent": _("When you see it differently"),
    "exit_criteria": _("When and how a pair ends"),
}

# Without these a charter cannot be published.
REQUIRED = (
    "priorities",
    "mentor_gains",
    "mentee_gains",
    "expectations",
    "confidentiality",
    "boundaries",
    "exit_criteria",
)

# The promises that are fields of a version, in reading order.
PROMISES = (
    "rhythm_days",
    "session_minutes",
    "first_session_days",
    "pilot_weeks",
    "most_mentees",
    "asks_acceptance",
    "offer_days",
    "reminders_a_week",
    "concern_reply_days",
    "working_days",
    "exit_quiet_rhythms",
    "exit_missed",
)


def weekdays() -> list[int]:
    return [0, 1, 2, 3, 4]


def between(low: int, high: int) -> list:
    return [MinValueValidator(low), MaxValueValidator(high)]


class Side(models.TextChoices):
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


class CharterVersionQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(state=CharterVersion.State.IN_FORCE)

    def drafts(self):
        return self.filter(state=CharterVersion.State.DRAFT)

    def not_replaced(self):
        """The one in force and the draft, as far as there are any."""
        return self.exclude(state=CharterVersion.State.REPLACED)

    def whole(self):
        """With everything a page shows of a version."""
        return self.select_related("program").prefetch_related(
            "texts", "outcomes", "escalation__owner"
        )


class CharterVersion(models.Model):
    """One numbered version of a program's promises. Its fields are the policy."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_FORCE = "in force", _("In force")
        REPLACED = "replaced", _("Replaced")

    class Rhythm(models.IntegerChoices):
        WEEKLY = 7, _("Every week")
        FORTNIGHTLY = 14, _("Every two weeks")
        MONTHLY = 30, _("Every month")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    asks_again = models.BooleanField(
        _("Ask everyone to agree again"),
        default=True,
        help_text=_("Untick only when this version corrects a slip."),
    )
    rhythm_days = models.PositiveSmallIntegerField(
        _("How often pairs meet"), choices=Rhythm, default=Rhythm.MONTHLY
    )
    session_minutes = models.PositiveSmallIntegerField(
        _("Length of a session, in minutes"), default=45, validators=between(10, 240)
    )
    pilot_weeks = models.PositiveSmallIntegerField(
        _("Length of the pilot, in weeks"), default=5, validators=between(4, 6)
    )
    first_session_days = models.PositiveSmallIntegerField(
        _("First session within, in days"), default=14, validators=between(1, 60)
    )
    most_mentees = models.PositiveSmallIntegerField(
        _("Most mentees for one mentor"), default=3, validators=between(1, 3)
    )
    asks_acceptance = models.BooleanField(
        _("Both people accept before a pair starts"), default=True
    )
    offer_days = models.PositiveSmallIntegerField(
        _("Days to answer an offer"), default=7, validators=between(1, 30)
    )
    reminders_a_week = models.PositiveSmallIntegerField(
        _("Most reminders a week"), default=2, validators=between(1, 7)
    )
    concern_reply_days = models.PositiveSmallIntegerField(
        _("Reply to a concern within, in working days"),
        default=1,
        validators=between(1, 10),
    )
    working_days = ArrayField(models.PositiveSmallIntegerField(), default=weekdays)
    # Exit criteria: they raise a flag, and never end anything by themselves.
    exit_quiet_rhythms = models.PositiveSmallIntegerField(
        _("Ask whether to go on after this many rhythms without a session"),
        default=3,
        validators=between(2, 12),
    )
    exit_missed = models.PositiveSmallIntegerField(
        _("Ask whether to go on after this many missed sessions in a row"),
        default=3,
        validators=between(2, 12),
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = CharterVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(state="in force"),
                name="one_charter_version_in_force",
            ),
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(state="draft"),
                name="one_charter_draft_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["program", "number"], name="one_number_per_charter_version"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="draft", published_at__isnull=True, published_by__isnull=True
                )
                | (
                    ~Q(state="draft")
                    & Q(published_at__isnull=False, published_by__isnull=False)
                ),
                name="published_charters_say_when_and_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.program}, version {self.number}"

    def text_in(self, language):
        """The words in `language`, else in the program's own, else in any; or None."""
        texts = {text.language: text for text in self.texts.all()}
        own = texts.get(self.program.languages[0])
        return texts.get(language) or own or next(iter(texts.values()), None)


class CharterText(models.Model):
    """The prose of a version in one language: {section slug: Markdown}."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charter = models.ForeignKey(CharterVersion, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    sections = models.JSONField(default=dict)
    translated_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="translations"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "language"], name="one_text_per_charter_and_language"
            ),
        ]

    def __str__(self):
        return f"{self.charter} ({self.language})"

    @property
    def sha256(self) -> str:
        """What an acknowledgment proves: the digest of exactly these words."""
        words = json.dumps(self.sections, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()


class CoreOutcome(models.Model):
    """A measurable target of the program for one side; pairs' outcomes link to one."""

    class Kind(models.TextChoices):
        DELIVERABLE = "deliverable", _("Something made")
        KNOWLEDGE = "knowledge transfer", _("Knowledge passed on")
        BEHAVIOR = "behavior", _("A way of acting")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charter = models.ForeignKey(CharterVersion, models.CASCADE, related_name="outcomes")
    slug = models.SlugField(max_length=60)
    side = models.CharField(_("for"), max_length=6, choices=Side)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    statement = models.CharField(_("What should be different"), max_length=200)
    measure = models.CharField(_("How it is measured"), max_length=200)
    target = models.CharField(_("Target"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["side", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "slug"], name="one_core_outcome_per_slug"
            ),
        ]

    def __str__(self):
        return self.statement


class EscalationStep(models.Model):
    """Who hears a concern at this step of the path, and how soon they answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charter = models.ForeignKey(
        CharterVersion, models.CASCADE, related_name="escalation"
    )
    position = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    title = models.CharField(_("Who"), max_length=120)
    reply_days = models.PositiveSmallIntegerField(
        _("Replies within, in working days"), default=1, validators=between(1, 30)
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "position"], name="one_escalation_step_per_position"
            ),
        ]

    def __str__(self):
        return self.title


def fetch_words(versions: list[CharterVersion]) -> None:
    """Fetch everything a page shows of `versions`, as `whole` does."""
    fetch(versions, "texts", texts_of, by="charter")
    fetch(versions, "outcomes", outcomes_of, by="charter")
    fetch(versions, "escalation", steps_of, by="charter")


@prepared
def texts_of(versions: list):
    return CharterText.objects.filter(charter__in=versions)


@prepared
def outcomes_of(versions: list):
    return CoreOutcome.objects.filter(charter__in=versions)


@prepared
def steps_of(versions: list):
    steps = EscalationStep.objects.filter(charter__in=versions)
    return steps.select_related("owner")


class Acknowledgment(models.Model):
    """A person has read and agreed to one version, in one language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="acknowledgments"
    )
    charter = models.ForeignKey(
        CharterVersion, models.PROTECT, related_name="acknowledgments"
    )
    language = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "charter"],
                name="one_acknowledgment_per_person_and_version",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.charter}"
