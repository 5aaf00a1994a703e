import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedTextField
from mentorship.charter.models import Program, Side
from mentorship.participants.models import Participant
from pairing.models import Pair

from .milestone import Milestone


class LessonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own and the partner's; a shared one is read as a SharedLesson."""
        return self.filter(milestone__pair__in=Pair.objects.of(user))

    def of(self, user):
        return self.filter(author__user=user)

    def with_words(self):
        """Together with the words, which the pair reads inside acting_as."""
        return self.select_related("words", "author__user")

    def asked(self):
        return self.filter(state=Lesson.State.ASKED)


class Lesson(models.Model):
    """That one of the two was asked what a milestone taught them."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        WRITTEN = "written", _("Written")
        SKIPPED = "skipped", _("Skipped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="lessons")
    author = models.ForeignKey(Participant, models.PROTECT, related_name="lessons")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "author"],
                name="one_lesson_per_person_and_milestone",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | ~Q(state="asked") & Q(answered_at__isnull=False),
                name="answered_lessons_say_when",
            ),
        ]

    def __str__(self):
        return "a lesson"


class LessonWords(models.Model):
    """Confidential: the pair reads it. What was learned."""

    confidential = "pair"

    lesson = models.OneToOneField(
        Lesson, models.CASCADE, primary_key=True, related_name="words"
    )
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="+")
    text = SealedTextField(by="pair_id", max_length=1000)

    def __str__(self):
        return "a lesson's words"


class SharedLessonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lessons of programs in which the person takes part or coordinates."""
        places = Participant.objects.of(user).values("cohort__program")
        coordinated = Program.objects.coordinated_by(user)
        return self.filter(Q(program__in=places) | Q(program__in=coordinated))

    def about(self, theme: str):
        return self.filter(themes__contains=[theme])

    def saying(self, words: str):
        """Those whose text or themes hold every one of the words."""
        found = self
        for word in words.split():
            theme = slugify(word, allow_unicode=True)
            found = found.filter(Q(text__icontains=word) | Q(themes__contains=[theme]))
        return found


class SharedLesson(models.Model):
    """A lesson given to the whole program, in words chosen for it, without a name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lesson = models.OneToOneField(Lesson, models.CASCADE, related_name="shared")
    program = models.ForeignKey(Program, models.CASCADE, related_name="shared_lessons")
    side = models.CharField(max_length=6, choices=Side)
    text = models.CharField(max_length=1000)
    themes = ArrayField(
        models.SlugField(max_length=80, allow_unicode=True), default=list, blank=True
    )
    # A month at least: days would tell whose it is.
    shared_on = models.DateField()

    objects = SharedLessonQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_on", "id"]

    def __str__(self):
        return self.text
