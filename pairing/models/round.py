import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import THE_PROGRAM_ITSELF
from mentorship.charter.models import Cohort, Program
from mentorship.participants.models import Participant, place_of


class Weights(models.Model):
    """How much each factor counts in a program; a new row for every change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="weights")
    number = models.PositiveSmallIntegerField()
    values = models.JSONField()
    # How a plan is chosen: place_cost, floor_share, rest_after.
    policy = models.JSONField(default=dict)
    because = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"], name="one_number_per_weights"
            ),
        ]

    def __str__(self):
        return f"{self.program}, weights {self.number}"


class Snapshot(models.Model):
    """The people of one run or of many, as the engine saw them; never changed."""

    hash = models.CharField(primary_key=True, max_length=64)
    people = models.JSONField()

    def __str__(self):
        return self.hash[:12]


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(cohort__program__in=Program.objects.coordinated_by(user))

    def open(self):
        """Not published and not replaced: the plan in work."""
        return self.filter(state__in=["draft", "solving", "proposed"])

    def with_plan(self):
        """Worked out: neither being solved nor canceled on the way."""
        return self.exclude(state__in=["draft", "solving"]).exclude(is_canceled=True)

    def in_work(self):
        """Being worked out by a worker."""
        return self.filter(state=Round.State.SOLVING)

    def abandoned(self, now):
        """Being worked out, but by nobody: never taken up, or its worker died."""
        return self.filter(state=Round.State.SOLVING).filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        )

    def latest_of(self, cohort):
        return self.filter(cohort=cohort).order_by("-number").first()


class Round(models.Model):
    """One run of the engine: its inputs, its plan, and what is needed to replay it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SOLVING = "solving", _("Being worked out")
        PROPOSED = "proposed", _("Proposed")
        PUBLISHED = "published", _("Published")
        REPLACED = "replaced", _("Replaced")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    weights = models.ForeignKey(Weights, models.PROTECT, related_name="rounds")
    # Filled in by whoever works the plan out.
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, related_name="rounds"
    )
    # Everything else the run was given: weights, rules, ended pairs, weeks, policy.
    inputs = models.JSONField(default=dict)
    inputs_hash = models.CharField(max_length=64, blank=True)
    seed = models.BigIntegerField(default=0)
    gap = models.FloatField(default=0)
    engine_version = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    # The plan before this one, and what a person did to get from there to here.
    base = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    change = models.JSONField(default=dict)
    # While it is being worked out: percent done, who works on it until when, and
    # whether somebody asked to stop.
    progress = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    is_canceled = models.BooleanField(default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "number"], name="one_number_per_round"
            ),
            models.UniqueConstraint(
                fields=["cohort"],
                condition=Q(state="proposed"),
                name="one_open_round_per_cohort",
            ),
            models.UniqueConstraint(
                fields=["cohort"],
                condition=Q(state__in=["draft", "solving"]),
                name="one_round_in_work_per_cohort",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "solving"])
                | Q(is_canceled=True)
                | Q(snapshot__isnull=False),
                name="a_plan_keeps_whom_it_was_made_of",
            ),
        ]

    def __str__(self):
        return f"{self.cohort}, round {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PROPOSED

    @property
    def verb(self) -> str:
        """What a person did to get here, a word of `pairing.actions.changes`."""
        return self.change.get("verb", "propose")


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own offers once made, and all proposals to coordinators."""
        coordinated = Program.objects.coordinated_by(user)
        mine = place_of(user, "mentor") | place_of(user, "mentee")
        return self.filter(
            Q(round__cohort__program__in=coordinated)
            | (mine & ~Q(state__in=["proposed", "dropped"]))
        )

    def offered(self):
        return self.filter(state=Proposal.State.OFFERED)

    def open_for(self, user):
        """Offers that wait for this person's answer."""
        return self.offered().filter(
            place_of(user, "mentor") & Q(mentor_accepted_at=None)
            | place_of(user, "mentee") & Q(mentee_accepted_at=None)
        )

    def ruled_out(self):
        """Of two who are never to be paired, whoever said so."""
        rules = PairRule.objects.filter(
            mentor=OuterRef("mentor"),
            mentee=OuterRef("mentee"),
            kind=PairRule.Kind.NEVER,
        )
        return self.filter(Exists(rules))

    def with_people(self):
        return self.select_related("mentor__user", "mentee__user")


class Proposal(models.Model):
    """Two people the engine would bring together, and why."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        DROPPED = "dropped", _("Dropped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="proposals")
    mentor = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    mentee = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    price = models.FloatField(default=0)
    # Two other mentors who would do, kept when the pair is published.
    alternates = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    offered_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    mentor_accepted_at = models.DateTimeField(null=True)
    mentee_accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="+"
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "mentee"],
                condition=Q(state="accepted"),
                name="one_accepted_proposal_per_mentee_and_round",
            ),
            models.UniqueConstraint(
                fields=["round", "mentor", "mentee"],
                name="two_people_are_proposed_once_a_round",
            ),
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")),
                name="nobody_is_proposed_to_themselves",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, declined_by__isnull=True)
                | Q(declined_at__isnull=False, declined_by__isnull=False),
                name="declined_proposals_say_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "dropped"])
                | Q(offered_at__isnull=False),
                name="offered_proposals_say_when",
            ),
        ]

    def __str__(self):
        return f"{self.mentor} and {self.mentee}"


class PairRuleQuerySet(models.QuerySet):
    def of_the_program(self):
        """Rules that stand because one of the two asked not to."""
        return self.filter(by=THE_PROGRAM_ITSELF)

    def never_by_people(self):
        """Never-rules that coordinators have set, also where one waits behind a rule
        of the program itself."""
        theirs = ~Q(by=THE_PROGRAM_ITSELF) & Q(kind=PairRule.Kind.NEVER)
        return self.filter(theirs | Q(instead_of__kind=PairRule.Kind.NEVER))


class PairRule(models.Model):
    """A human decision about two people: keep together, or never pair."""

    class Kind(models.TextChoices):
        PIN = "pin", _("Keep together")
        NEVER = "never", _("Never pair")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="pair_rules")
    mentor = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # Of a rule by the program itself: how often it was asked for, and the rule of a
    # coordinator that waits behind it (kind, reason, by, at) until it is taken back.
    times_asked = models.PositiveSmallIntegerField(default=1)
    instead_of = models.JSONField(default=dict)

    objects = PairRuleQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "mentee"], name="one_rule_per_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")), name="a_rule_is_about_two_people"
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.mentor} and {self.mentee}"

    @property
    def is_private(self) -> bool:
        """One of the two asked for it; coordinators neither drop nor explain it."""
        return self.by_id == THE_PROGRAM_ITSELF

    @property
    def plain(self) -> dict:
        """What a coordinator said in it, in plain values, as in `instead_of`."""
        at = self.at.isoformat()
        by = str(self.by_id)
        return {"kind": self.kind, "reason": self.reason, "by": by, "at": at}
