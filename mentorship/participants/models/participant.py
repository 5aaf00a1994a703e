import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.lookups import AnyOf
from mentorship.charter.models import Acknowledgment, CharterVersion, Cohort, Program

from .profile import Profile

# The steps of orientation, in order. The charter is the last and is acknowledged.
ORIENTATION = {
    "goals": _("What you both get out of it"),
    "tools": _("How this place works"),
    "feedback": _("Giving and receiving feedback"),
    "governance": _("Who helps when it is hard"),
}


TAKING_PART = ~Q(state__in=["finished", "withdrawn", "declined"])
UNANSWERED = Q(state="invited", user__is_active=True)


def place_of(users, path: str) -> Q:
    """That the place at `path` is held by one of `users`; one person or several."""
    users = [users] if isinstance(users, models.Model) else users
    places = Participant.objects.filter(user__in=users).order_by()
    return Q(AnyOf(path, places.values("pk")))


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own places, and every place in programs the person coordinates."""
        coordinated = Program.objects.coordinated_by(user)
        return self.filter(Q(user=user) | Q(cohort__program__in=coordinated))

    def of(self, user):
        return self.filter(user=user)

    def taking_part(self):
        """Neither left nor finished nor turned away."""
        return self.filter(TAKING_PART)

    def joined(self):
        return self.filter(state=Participant.State.JOINED)

    def current(self):
        """Taking part in a cohort that is not over, the newest first."""
        running = self.taking_part().exclude(cohort__stage=Cohort.Stage.ALUMNI)
        return running.order_by("-cohort__created_at", "pk")

    def invitable(self):
        """Who can be sent an invitation, a second one too: not joined so far."""
        before_joining = ["applied", "waiting", "imported", "invited"]
        return self.filter(state__in=before_joining, user__is_active=True)

    def unanswered(self):
        """Invited, and not joined so far."""
        return self.filter(UNANSWERED)

    def mentors(self):
        return self.filter(is_mentor=True)

    def mentees(self):
        return self.filter(is_mentee=True)

    def acknowledged(self):
        """Agreed to the version in force, or to one it merely corrects."""
        return self.filter(Exists(agreements(OuterRef("user"))))

    def ready(self):
        """Joined, profile complete, charter agreed to, orientation done or waived."""
        complete = Profile.objects.complete().values("pk")
        return (
            self.joined()
            .filter(oriented_at__isnull=False, user__in=complete)
            .acknowledged()
        )

    def not_ready(self):
        """Taking part, with something still to do before pairing."""
        return self.taking_part().exclude(pk__in=self.ready().values("pk"))

    def with_readiness(self):
        """Annotate `has_profile` and `has_acknowledged` for tables and lists."""
        return self.annotate(
            has_profile=Exists(
                Profile.objects.complete().filter(pk=OuterRef("user_id"))
            ),
            has_acknowledged=Exists(agreements(OuterRef("user_id"))),
        )


def agreements(user):
    """Acknowledgments by `user` that count for the charter of the outer place.

    A version that only corrects a slip does not ask again, so an agreement counts
    unless a version after it asked for a new one.
    """
    asked_since = CharterVersion.objects.filter(
        program=OuterRef("charter__program"),
        number__gt=OuterRef("charter__number"),
        asks_again=True,
        published_at__isnull=False,
    )
    return Acknowledgment.objects.filter(
        ~Exists(asked_since),
        user=user,
        charter__program=OuterRef("cohort__program"),
    )


class Participant(models.Model):
    """A person's place in one cohort."""

    # Annotations of `with_readiness`.
    has_profile: bool
    has_acknowledged: bool
    # Annotations of the pairing.
    taken: int
    is_paused: bool
    is_news: bool
    is_back: bool
    has_room: bool
    waits: bool

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        WAITING = "waiting", _("On the waiting list")
        DECLINED = "declined", _("Declined")
        IMPORTED = "imported", _("Not invited yet")
        INVITED = "invited", _("Invited")
        JOINED = "joined", _("Joined")
        FINISHED = "finished", _("Finished")
        WITHDRAWN = "withdrawn", _("Left")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="places",
    )
    is_mentor = models.BooleanField(_("mentor"), default=False)
    is_mentee = models.BooleanField(_("mentee"), default=False)
    capacity = models.PositiveSmallIntegerField(_("capacity"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.IMPORTED)
    function = models.CharField(_("function"), max_length=120, blank=True)
    site = models.CharField(_("site"), max_length=120, blank=True)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    started_work_on = models.DateField(null=True, blank=True)
    async_only = models.BooleanField(_("meets in writing only"), default=False)
    wished_emails = ArrayField(models.EmailField(), default=list, blank=True)
    invited_at = models.DateTimeField(null=True)
    invitation = models.PositiveSmallIntegerField(default=0)
    joined_at = models.DateTimeField(null=True)
    oriented_at = models.DateTimeField(null=True)
    orientation_waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    orientation_waived_because = models.CharField(max_length=300, blank=True)
    left_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["user__family_name", "user__given_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "user"], name="one_place_per_person_and_cohort"
            ),
            # The target of the composite keys that keep a pair inside one cohort.
            models.UniqueConstraint(
                fields=["id", "cohort"], name="a_place_has_one_cohort"
            ),
            models.CheckConstraint(
                condition=Q(is_mentor=True) | Q(is_mentee=True),
                name="a_place_is_mentor_or_mentee_or_both",
                violation_error_message=_("Choose mentor, mentee or both."),
            ),
            models.CheckConstraint(
                condition=Q(is_mentor=False, capacity__isnull=True)
                | Q(is_mentor=True, capacity__isnull=False, capacity__range=(0, 3)),
                name="only_mentors_have_capacity",
                violation_error_message=_("Capacity can be 1 to 3, for mentors only."),
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(erased_at__isnull=False),
                name="only_erased_places_are_empty",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", left_at__isnull=False)
                | (~Q(state="withdrawn") & Q(left_at__isnull=True)),
                name="withdrawn_places_say_when",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="places_by_state")]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.user.name if self.user else str(_("Someone who has left"))

    @property
    def short_name(self) -> str:
        return self.user.short_name if self.user else str(_("Someone who has left"))

    @property
    def side(self) -> str:
        """The side whose shape and words this place gets; a mentor's when both."""
        return "mentor" if self.is_mentor else "mentee"

    @property
    def sides(self) -> tuple[str, ...]:
        """One or both of "mentor" and "mentee"."""
        held = {"mentor": self.is_mentor, "mentee": self.is_mentee}
        return tuple(side for side, holds in held.items() if holds)

    @property
    def missing(self) -> list[str]:
        """What a person who joined has still to do, of "profile", "orientation" and
        "charter"; for places fetched `with_readiness`."""
        done = {
            "profile": self.has_profile,
            "orientation": self.oriented_at is not None,
            "charter": self.has_acknowledged,
        }
        return [step for step, is_done in done.items() if not is_done]


class OrientationStep(models.Model):
    """A step of orientation that somebody has done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="orientation_steps"
    )
    slug = models.SlugField(max_length=40)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "slug"],
                name="an_orientation_step_is_done_once",
            ),
        ]

    def __str__(self):
        return self.slug
