import hashlib
import json
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import CoreOutcome, Program


class Item(models.Model):
    """Something for a conversation or after it. Without a program it comes with the
    product; a program's own item stands in for the product's of the same slug."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(
        Program, models.CASCADE, null=True, related_name="library_items"
    )
    slug = models.SlugField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "slug"],
                nulls_distinct=False,
                name="one_item_per_program_and_slug",
            ),
        ]

    def __str__(self):
        return self.slug


class ItemVersionQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(state=ItemVersion.State.DRAFT)

    def in_force(self):
        return self.filter(state=ItemVersion.State.IN_FORCE)


class ItemVersion(models.Model):
    """One numbered version of an item: for what, for whom and when. At most one of them
    is read."""

    class Kind(models.TextChoices):
        PLAYBOOK = "playbook", _("Playbook")
        PROMPT = "prompt", _("Questions to ask")
        AGENDA = "agenda", _("Agenda")
        SHEET = "reflection sheet", _("Reflection")

    class Side(models.TextChoices):
        BOTH = "both", _("Both of you")
        MENTOR = "mentor", _("Mentors")
        MENTEE = "mentee", _("Mentees")
        STAFF = "staff", _("Facilitators")

    class Stage(models.TextChoices):
        PILOT = "pilot", _("Getting started")
        ACTIVE = "active", _("Under way")
        CLOSING = "closing", _("Coming to an end")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_FORCE = "in force", _("In force")
        REPLACED = "replaced", _("Replaced")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    side = models.CharField(_("for"), max_length=6, choices=Side, default=Side.BOTH)
    stages = ArrayField(
        models.CharField(max_length=7, choices=Stage), default=list, blank=True
    )
    outcome_kinds = ArrayField(
        models.CharField(max_length=20, choices=CoreOutcome.Kind),
        default=list,
        blank=True,
    )
    # The same slugs as skills and core outcomes have.
    topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    review_on = models.DateField(_("read it again on"), null=True, blank=True)
    # Counts savings of a draft, so that nobody writes over words they have not seen.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    # Nobody, when it comes with the product.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ItemVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "number"], name="item_versions_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state="in force"),
                name="one_item_version_in_force",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state="draft"),
                name="one_item_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | ~Q(state="draft") & Q(published_at__isnull=False),
                name="published_items_say_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["playbook", "prompt", "agenda", "reflection sheet"]
                ),
                name="an_item_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["both", "mentor", "mentee", "staff"]),
                name="an_item_is_for_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.item.slug}, version {self.number}"


class ItemTextQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(version__state="in force")

    def of_programs(self, programs):
        """What comes with the product and what these programs have of their own."""
        return self.filter(
            Q(version__item__program__in=programs)
            | Q(version__item__program__isnull=True)
        )

    def without_guides(self):
        """What is not for facilitators alone."""
        return self.exclude(version__side=ItemVersion.Side.STAFF)

    def without_guides_but_of(self, programs):
        """The same, but for guides of the product and of these programs."""
        theirs = Q(version__item__program__in=programs)
        everyone_s = Q(version__item__program__isnull=True)
        return self.filter(
            ~Q(version__side=ItemVersion.Side.STAFF) | theirs | everyone_s
        )

    def one_of_each(self, language: str):
        """One text per slug: a program's own before the product's, then the reader's
        language before the site's before any other."""
        distance = Case(
            When(language=language, then=Value(0)),
            When(language=settings.LANGUAGE_CODE, then=Value(1)),
            default=Value(2),
        )
        chosen = self.order_by(
            "version__item__slug",
            F("version__item__program").asc(nulls_last=True),
            distance,
        ).distinct("version__item__slug")
        found = ItemText.objects.filter(pk__in=chosen.values("pk"))
        return found.select_related("version__item")


class ItemText(models.Model):
    """The words of a version in one language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12, choices=settings.LANGUAGES)
    title = models.CharField(_("Title"), max_length=120)
    summary = models.CharField(_("In one sentence"), max_length=300)
    body = models.TextField(_("Text"), max_length=20_000)
    # Of an agenda or a playbook its parts, of a reflection its questions:
    # [{"minutes": 10, "title": "Arrive", "text": "How are you?"}].
    steps = models.JSONField(default=list, blank=True)
    translated_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="translations"
    )
    sha256 = models.CharField(max_length=64)

    objects = ItemTextQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"],
                name="one_text_per_item_version_and_language",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary=""),
                name="an_item_text_has_a_title_and_a_summary",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.sha256 = self.fingerprint()
        super().save(**kwargs)

    def fingerprint(self) -> str:
        """Changes with every word of the text."""
        words = [self.title, self.summary, self.body, self.steps]
        whole = json.dumps(words, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()

    @property
    def item(self) -> Item:
        return self.version.item

    @property
    def minutes(self) -> int:
        """How long its parts take together; nothing, where they are not timed."""
        return sum(step.get("minutes") or 0 for step in self.steps)

    @property
    def is_timed(self) -> bool:
        return bool(self.steps) and all(step.get("minutes") for step in self.steps)
