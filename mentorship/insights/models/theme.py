import uuid

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from milestones.models import SharedLesson

from .period import Period
from .published import PublishedPeriod

FEWEST_LESSONS = 10


class ThemeQuerySet(models.QuerySet):
    def drafts(self):
        """Not told yet, of periods to come and of those that went without them."""
        return self.filter(is_told=False)

    def with_lessons(self):
        """With `lessons`, how many each draws on; of how many pairs is told nowhere."""
        return self.annotate(lessons=Count("sources")).order_by("text")


class Theme(models.Model):
    """What lessons of many pairs have in common, in a coordinator's own words. It is
    told with its period, if enough pairs stand behind it by then; else it stays a
    draft, for a later one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(Period, models.CASCADE, related_name="themes")
    text = models.TextField(_("What do these lessons have in common?"), max_length=600)
    is_told = models.BooleanField(default=False, db_default=False)

    objects = ThemeQuerySet.as_manager()

    def __str__(self):
        return "a theme"


class ThemeSource(models.Model):
    """A shared lesson that a theme draws on, while it says what it said. Gone with the
    lesson, and 90 days after the period has closed."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="sources")
    lesson = models.ForeignKey(SharedLesson, models.CASCADE, related_name="+")
    # The SHA-256 of the words that were read: other words are another lesson.
    words_read = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "lesson"], name="a_theme_draws_on_a_lesson_once"
            ),
        ]

    def __str__(self):
        return "a source of a theme"


class PublishedTheme(models.Model):
    """A theme as the steering group reads it: its words and its period, and nothing of
    who wrote it, when, or on what it draws. Its id is drawn at random as it is told."""

    id = models.UUIDField(primary_key=True, editable=False)
    period = models.ForeignKey(
        PublishedPeriod, models.DO_NOTHING, related_name="themes"
    )
    text = models.TextField()

    class Meta:
        managed = False
        db_table = 'published"."theme'
        ordering = ["id"]

    def __str__(self):
        return self.text
