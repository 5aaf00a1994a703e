import hashlib
import json
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedTextField
from mentorship.charter.models import Program
from pairing.models import Pair


class StoryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To its teller; to the other of the pair once asked; to coordinators once it
        is offered to them. Row security keeps the words to the same people."""
        coordinated = Program.objects.coordinated_by(user)
        return self.exclude(state=Story.State.WITHDRAWN).filter(
            Q(teller=user)
            | Q(state__in=Story.SHARED, pair__in=Pair.objects.of(user))
            | Q(state__in=Story.OFFERED, program__in=coordinated)
        )

    def involving(self, user):
        """What the person told, or was asked to agree to."""
        return self.visible_to(user).filter(
            Q(teller=user) | Q(pair__in=Pair.objects.of(user))
        )

    def waiting_for(self, user):
        """Those that the person is asked to agree to."""
        asked = self.filter(state=Story.State.ASKED, pair__in=Pair.objects.of(user))
        return asked.exclude(teller=user)

    def offered(self):
        return self.filter(state__in=Story.OFFERED)

    def with_people(self):
        people = "teller", "program", "pair__mentor__user", "pair__mentee__user"
        return self.select_related(*people)


class Story(models.Model):
    """That one of a pair tells what came of it. What they tell is a StoryWords."""

    class Kind(models.TextChoices):
        WORDS = "words", _("How it was for me")
        WIN = "win", _("What changed in the work")
        VIDEO = "video", _("A video")

    class Audience(models.TextChoices):
        STEERING = "steering", _("The steering group")
        PROGRAM = "program", _("The steering group and everybody in the program")
        ORGANIZATION = "organization", _("Everybody with an account here")

    class State(models.TextChoices):
        DRAFT = "draft", _("Only you")
        ASKED = "asked", _("Waits for consent")
        REFUSED = "refused", _("Not this time")
        OFFERED = "offered", _("Offered to the coordinators")
        SET_ASIDE = "set aside", _("Not used by the coordinators")
        PUBLISHED = "published", _("Published")
        EXPIRED = "expired", _("Its time is over")
        WITHDRAWN = "withdrawn", _("Taken back")

    # Whoever may read what, besides the teller; feedback's my_stories() says the same.
    SHARED = (State.ASKED, State.OFFERED, State.PUBLISHED)
    OFFERED = (State.OFFERED, State.PUBLISHED)
    RESTING = (State.DRAFT, State.REFUSED, State.SET_ASIDE, State.EXPIRED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="stories")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="stories")
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    audience = models.CharField(max_length=12, choices=Audience)
    with_function = models.BooleanField(default=False)
    expires_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    form_id = models.UUIDField(default=uuid.uuid4, editable=False)
    told_at = models.DateTimeField(default=timezone.now)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at"]
        verbose_name_plural = "stories"
        constraints = [
            models.UniqueConstraint(
                fields=["teller", "form_id"], name="a_story_is_sent_once"
            ),
        ]

    def __str__(self):
        return "a story"

    @property
    def side(self) -> str:
        """Which side of the pair tells it."""
        return "mentor" if self.pair.mentor.user_id == self.teller_id else "mentee"

    @property
    def asked(self):
        """The place of the other one, who can be recognized in it."""
        return self.pair.partner_of(self.teller)

    @property
    def place(self):
        """The teller's place."""
        return self.pair.place_of(self.teller)

    @property
    def is_resting(self) -> bool:
        """Whether nobody but the teller reads it now."""
        return self.state in self.RESTING


class StoryWords(models.Model):
    """Confidential: what is told, read by those whom the story's state lets in."""

    confidential = "story"

    story = models.OneToOneField(
        Story, models.CASCADE, primary_key=True, related_name="words"
    )
    title = SealedTextField(by="story_id", max_length=60)
    text = SealedTextField(by="story_id", max_length=1500)
    url = SealedTextField(by="story_id", max_length=300)

    def __str__(self):
        return "a story's words"

    def agreed_to(self) -> str:
        """SHA-256 of all that a person agrees to: kind, words, audience, expiry and
        whether the teller's function may stand below. One change, and it differs."""
        story = self.story
        whole = [story.kind, self.title, self.text, self.url, story.audience]
        whole += [story.expires_on.isoformat(), story.with_function]
        told = json.dumps(whole, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


class ConsentQuerySet(models.QuerySet):
    def standing(self):
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at=None)

    def is_by_both(self, words: StoryWords) -> bool:
        """Whether both of the pair agreed to this very wording, and still do."""
        story = words.story
        to_it = self.standing().filter(story=story, text_hash=words.agreed_to())
        people = {place.user_id for place in story.pair.members}
        return people == set(to_it.values_list("person", flat=True))


class Consent(models.Model):
    """That one person agreed to one exact wording for one purpose. Rows are added and
    never changed, but for the moment in which they are withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # It outlives the story, as the proof of what was agreed to.
    story = models.ForeignKey(
        Story, models.DO_NOTHING, db_constraint=False, related_name="consents"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=30)
    text_hash = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=10, default="page")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "person", "text_hash"],
                condition=Q(withdrawn_at=None),
                name="one_consent_per_person_and_wording",
            ),
        ]

    def __str__(self):
        return f"consent to version {self.version}"
