import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import is_zone
from mentorship.charter.models import Program

# What people may name as important in working together; stored by slug.
VALUES = {
    "frankness": _("Speaking frankly"),
    "kindness": _("Kindness"),
    "reliability": _("Keeping one’s word"),
    "curiosity": _("Curiosity"),
    "patience": _("Patience"),
    "independence": _("Independence"),
    "fairness": _("Fairness"),
    "ambition": _("Ambition"),
    "humor": _("Humor"),
    "teamwork": _("Working as a team"),
}


# What people may hold a good mentor to be; stored by slug.
IDEALS = {
    "listens": _("Listens before anything else"),
    "challenges": _("Challenges me"),
    "teaches": _("Teaches what they know"),
    "opens-doors": _("Opens doors to others"),
    "is-frank": _("Says frankly what they see"),
    "encourages": _("Encourages me"),
    "lives-it": _("Is an example I can watch"),
    "asks": _("Asks questions, gives few answers"),
}


class Skill(models.Model):
    """One skill of a program's flat list. An unknown word of an import or a form is a
    suggestion until a coordinator keeps or merges it."""

    class Level(models.IntegerChoices):
        CURIOUS = 1, _("I know a little")
        LEARNING = 2, _("I manage with help")
        ABLE = 3, _("I manage alone")
        STRONG = 4, _("Others ask me")
        EXPERT = 5, _("I shape how we do it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="skills")
    slug = models.SlugField(max_length=80, allow_unicode=True)
    labels = models.JSONField(default=dict)
    group = models.CharField(max_length=80, blank=True)
    suggested = models.BooleanField(default=False)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "slug"], name="one_skill_per_slug_and_program"
            ),
        ]

    def __str__(self):
        return label_in(self.labels) or self.slug


def label_in(labels: dict, language: str = "") -> str:
    """The label of a skill in the language, or else in English or any other."""
    wanted = labels.get(language or get_language() or "en") or labels.get("en")
    return wanted or next(iter(labels.values()), "")


class ProfileQuerySet(models.QuerySet):
    def complete(self):
        """Enough to be paired with good reasons: languages, hours, a goal, a skill."""
        return self.filter(~Q(languages=[]), ~Q(goals="")).filter(
            Exists(OfferedSkill.objects.filter(profile=OuterRef("pk")))
            | Exists(WantedSkill.objects.filter(profile=OuterRef("pk"))),
            Exists(Availability.objects.filter(profile=OuterRef("pk"))),
        )


class Profile(models.Model):
    """What a person offers, wants and how they work; theirs for every cohort."""

    class Learning(models.TextChoices):
        DOING = "doing", _("By doing")
        DISCUSSION = "discussion", _("By talking it through")
        READING = "reading", _("By reading")
        WATCHING = "watching", _("By watching others")

    class Style(models.TextChoices):
        STRUCTURED = "structured", _("Structured: a plan first")
        DIRECT = "direct", _("Direct: straight to the point")
        EXPLORATORY = "exploratory", _("Exploring: see where it leads")
        REFLECTIVE = "reflective", _("Reflective: time to think")
        HANDS_ON = "hands-on", _("Hands-on: try it together")

    class Channel(models.TextChoices):
        IN_PERSON = "in person", _("In person")
        VIDEO = "video", _("Video")
        PHONE = "phone", _("Phone")
        MESSAGES = "messages", _("Messages")
        WORKSPACE = "workspace", _("Shared workspace")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="profile",
    )
    goals = models.TextField(_("goals"), max_length=4000, blank=True)
    # Slugs of skills that the goals are about, suggested from the text and confirmed.
    goal_skills = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    working_style = models.CharField(max_length=120, blank=True)
    values = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    good_mentor = models.CharField(max_length=500, blank=True)
    mentor_ideals = ArrayField(
        models.CharField(max_length=40), default=list, blank=True
    )
    learning = models.CharField(max_length=120, blank=True)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    remote = models.BooleanField(null=True)
    hours = models.CharField(max_length=500, blank=True)

    objects = ProfileQuerySet.as_manager()

    def __str__(self):
        return str(self.user)


class SkillLink(models.Model):
    """A skill of a profile at one of five worded levels, or none given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    level = models.PositiveSmallIntegerField(choices=Skill.Level, null=True, blank=True)

    class Meta:
        abstract = True


class OfferedSkill(SkillLink):
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="offered")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "skill"], name="a_skill_is_offered_once"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=(1, 5)),
                name="offered_levels_are_one_to_five",
            ),
        ]

    def __str__(self):
        return str(self.skill)


class WantedSkill(SkillLink):
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="wanted")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "skill"], name="a_skill_is_wanted_once"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=(1, 5)),
                name="wanted_levels_are_one_to_five",
            ),
        ]

    def __str__(self):
        return str(self.skill)


class Availability(models.Model):
    """Weekly hours that suit somebody: wall time in their zone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="availability")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    zone = models.CharField(max_length=64, validators=[is_zone])

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=6),
                name="availability_is_on_a_weekday",
            ),
            models.CheckConstraint(
                condition=~Q(starts=F("ends")), name="availability_lasts_a_while"
            ),
            models.UniqueConstraint(
                fields=["profile", "weekday", "starts"],
                name="one_availability_per_weekday_and_start",
            ),
        ]

    def __str__(self):
        return f"{self.weekday} {self.starts}-{self.ends}"
