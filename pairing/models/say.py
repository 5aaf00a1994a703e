"""What people may say before and after they are paired: wishes, vetoes, reasons."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedTextField
from mentorship.participants.models import Participant

from .round import Proposal

MOST_WISHES = 5


class Wish(models.Model):
    """A mentor whom a mentee would like, by rank; 1 is the first choice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mentee = models.ForeignKey(Participant, models.CASCADE, related_name="wishes")
    mentor = models.ForeignKey(Participant, models.CASCADE, related_name="wished_by")
    rank = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "mentor"], name="one_wish_per_mentee_and_mentor"
            ),
            models.UniqueConstraint(
                fields=["mentee", "rank"], name="one_wish_per_mentee_and_rank"
            ),
            models.CheckConstraint(
                condition=Q(rank__range=(1, MOST_WISHES)), name="five_wishes_at_most"
            ),
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")), name="nobody_wishes_for_themselves"
            ),
        ]

    def __str__(self):
        return f"wish {self.rank}"


class Veto(models.Model):
    """Confidential: only its author reads it. The one person somebody would rather not
    be paired with; a never-rule by the program itself is all that others see."""

    confidential = "author"

    participant = models.OneToOneField(
        Participant, models.CASCADE, primary_key=True, related_name="+"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    other = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(participant=F("other")), name="nobody_vetoes_themselves"
            ),
        ]

    def __str__(self):
        return "a veto"


class DeclineReason(models.Model):
    """Confidential: its author and the program's facilitators read it."""

    confidential = "facilitators"

    class Code(models.TextChoices):
        TIME = "time", _("I have too little time just now")
        KNOWN = "known", _("We know each other too well, or work too closely")
        OTHER_WISH = "other wish", _("I was hoping for somebody else")
        NO_FIT = "no fit", _("I do not think I can help, or be helped, here")
        OTHER = "other", _("Another reason")

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, primary_key=True, related_name="decline_reason"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    program_id = models.UUIDField()
    code = models.CharField(max_length=10, choices=Code)
    words = SealedTextField(by="author_id", max_length=1000, blank=True)

    def __str__(self):
        return "a reason for a no"


class SayQuestionQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(participant__user=user)

    def waiting(self):
        return self.filter(answered_at=None)


class SayQuestion(models.Model):
    """That somebody was asked whether they had a say in their pairing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.OneToOneField(
        Participant, models.CASCADE, related_name="say_question"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = SayQuestionQuerySet.as_manager()

    def __str__(self):
        return "asked for their say"


class SayAnswer(models.Model):
    """Confidential: only its author reads it. "I had a say in who I was paired with",
    from 1 (not at all) to 5 (fully)."""

    confidential = "author"

    class Value(models.IntegerChoices):
        NOT_AT_ALL = 1, _("Not at all")
        A_LITTLE = 2, _("A little")
        PARTLY = 3, _("Partly")
        MOSTLY = 4, _("Mostly")
        FULLY = 5, _("Fully")

    question = models.OneToOneField(
        SayQuestion, models.CASCADE, primary_key=True, related_name="answer"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    value = models.PositiveSmallIntegerField(choices=Value)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__range=(1, 5)), name="a_say_is_one_to_five"
            ),
        ]

    def __str__(self):
        return "their say"
