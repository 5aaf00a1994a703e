"""Test data in few words. Every factory makes what the database would accept."""

from datetime import date, time, timedelta
from uuid import uuid4

import factory
from django.db.models import prefetch_related_objects
from django.utils import timezone
from factory.django import DjangoModelFactory

from feedback.actions import agree_to_story, ask_consent, tell_story
from feedback.models import (
    CheckIn,
    Concern,
    ConcernOwner,
    ConcernWords,
    Reflection,
    Story,
    StoryWords,
)
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User
from mentorship.charter.models import (
    Acknowledgment,
    CharterText,
    CharterVersion,
    Cohort,
    CoreOutcome,
    Program,
    Rhythm,
    Role,
)
from mentorship.library.models import Item, ItemText, ItemVersion
from mentorship.outbox.models import Kind, Notice
from mentorship.participants.models import (
    Availability,
    OfferedSkill,
    Participant,
    Profile,
    Skill,
    WantedSkill,
)
from milestones.models import Milestone, Outcome
from pairing import engine
from pairing.actions.runs import Run, split
from pairing.models import (
    Pair,
    PairRule,
    Proposal,
    Round,
    Session,
    Snapshot,
    Weights,
)

# A run about nobody.
NOBODY = Run(engine.Problem((), ()), engine.Policy())


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@kestrel.example")
    given_name = factory.Sequence(lambda n: f"Given{n}")
    family_name = factory.Sequence(lambda n: f"Family{n}")
    password = "!"


class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = Program

    name = factory.Sequence(lambda n: f"Rising Leads {n}")


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    program = factory.SubFactory(ProgramFactory)
    kind = Role.Kind.COORDINATOR


class CharterFactory(DjangoModelFactory):
    """A charter version in force, with its English text."""

    class Meta:
        model = CharterVersion
        skip_postgeneration_save = True

    program = factory.SubFactory(ProgramFactory)
    number = factory.LazyAttribute(
        lambda charter: (
            CharterVersion.objects.filter(program=charter.program).count() + 1
        )
    )
    state = CharterVersion.State.IN_FORCE
    published_at = factory.LazyFunction(timezone.now)
    published_by = factory.SubFactory(UserFactory)
    text = factory.RelatedFactory("tests.factories.TextFactory", "charter")


class TextFactory(DjangoModelFactory):
    class Meta:
        model = CharterText

    charter = factory.SubFactory(CharterFactory)
    language = "en"
    sections = factory.LazyFunction(lambda: {"priorities": "Grow people who stay."})


class CoreOutcomeFactory(DjangoModelFactory):
    class Meta:
        model = CoreOutcome

    charter = factory.SubFactory(CharterFactory)
    slug = factory.Sequence(lambda n: f"outcome-{n}")
    side = "mentee"
    kind = CoreOutcome.Kind.BEHAVIOR
    statement = "Speaks up in reviews"
    measure = "Reviews in which she spoke"
    target = "3 by the end"


class ItemFactory(DjangoModelFactory):
    """An idea without words; ItemTextFactory makes a whole one."""

    class Meta:
        model = Item

    slug = factory.Sequence(lambda n: f"idea-{n}")


class ItemVersionFactory(DjangoModelFactory):
    class Meta:
        model = ItemVersion

    item = factory.SubFactory(ItemFactory)
    number = 1
    kind = ItemVersion.Kind.PLAYBOOK
    state = ItemVersion.State.IN_FORCE
    published_at = factory.LazyAttribute(
        lambda version: None if version.state == "draft" else timezone.now()
    )


class ItemTextFactory(DjangoModelFactory):
    """An idea in force, with its English words."""

    class Meta:
        model = ItemText

    version = factory.SubFactory(ItemVersionFactory)
    language = "en"
    title = factory.Sequence(lambda n: f"Idea {n}")
    summary = "What it is good for."
    body = "Listen first."


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    program = factory.SubFactory(ProgramFactory)
    name = factory.Sequence(lambda n: f"Spring {n}")
    stage = Cohort.Stage.ACTIVE
    onboarding_on = factory.LazyFunction(lambda: date.today() - timedelta(days=70))
    pairing_on = factory.LazyFunction(lambda: date.today() - timedelta(days=60))
    pilot_on = factory.LazyFunction(lambda: date.today() - timedelta(days=50))
    active_on = factory.LazyFunction(lambda: date.today() - timedelta(days=15))
    closing_on = factory.LazyFunction(lambda: date.today() + timedelta(days=90))
    alumni_on = factory.LazyFunction(lambda: date.today() + timedelta(days=110))


class RhythmFactory(DjangoModelFactory):
    class Meta:
        model = Rhythm

    cohort = factory.SubFactory(CohortFactory)


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    program = factory.SubFactory(ProgramFactory)
    slug = factory.Sequence(lambda n: f"skill-{n}")
    labels = factory.LazyAttribute(lambda skill: {"en": skill.slug.title()})


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    cohort = factory.SubFactory(CohortFactory)
    user = factory.SubFactory(UserFactory)
    is_mentee = True
    state = Participant.State.JOINED
    joined_at = factory.LazyFunction(timezone.now)
    oriented_at = factory.LazyFunction(timezone.now)


class MentorFactory(ParticipantFactory):
    is_mentee = False
    is_mentor = True
    capacity = 2


class ProfileFactory(DjangoModelFactory):
    class Meta:
        model = Profile

    user = factory.SubFactory(UserFactory)
    goals = "Lead a first project."
    languages = factory.LazyFunction(lambda: ["en"])


class WeightsFactory(DjangoModelFactory):
    class Meta:
        model = Weights

    program = factory.SubFactory(ProgramFactory)
    number = 1
    values = factory.LazyFunction(lambda: engine.Weights().as_dict())
    by = factory.SubFactory(UserFactory)


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = Snapshot
        django_get_or_create = ["hash"]

    hash = "0" * 64
    people = factory.LazyFunction(lambda: {"mentors": [], "mentees": []})


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    cohort = factory.SubFactory(CohortFactory)
    number = 1
    state = Round.State.PROPOSED
    weights = factory.SubFactory(
        WeightsFactory, program=factory.SelfAttribute("..cohort.program")
    )
    snapshot = factory.SubFactory(SnapshotFactory)
    inputs = factory.LazyFunction(lambda: split(NOBODY)[1])
    inputs_hash = "0" * 64
    result = factory.LazyFunction(lambda: NOBODY.solve().to_json())
    engine_version = engine.ENGINE_VERSION
    by = factory.SubFactory(UserFactory)


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    round = factory.SubFactory(RoundFactory)
    mentor = factory.SubFactory(
        MentorFactory, cohort=factory.SelfAttribute("..round.cohort")
    )
    mentee = factory.SubFactory(
        ParticipantFactory, cohort=factory.SelfAttribute("..round.cohort")
    )
    score = 0.7


class PairRuleFactory(DjangoModelFactory):
    class Meta:
        model = PairRule

    cohort = factory.SubFactory(CohortFactory)
    mentor = factory.SubFactory(MentorFactory, cohort=factory.SelfAttribute("..cohort"))
    mentee = factory.SubFactory(
        ParticipantFactory, cohort=factory.SelfAttribute("..cohort")
    )
    kind = PairRule.Kind.NEVER
    by = factory.SubFactory(UserFactory)


class PairFactory(DjangoModelFactory):
    class Meta:
        model = Pair

    cohort = factory.SubFactory(CohortFactory)
    mentor = factory.SubFactory(MentorFactory, cohort=factory.SelfAttribute("..cohort"))
    mentee = factory.SubFactory(
        ParticipantFactory, cohort=factory.SelfAttribute("..cohort")
    )
    state = Pair.State.ACTIVE
    started_on = factory.LazyFunction(lambda: date.today() - timedelta(days=42))
    pilot_due_on = factory.LazyFunction(lambda: date.today() - timedelta(days=7))
    rhythm_days = 14


class SessionFactory(DjangoModelFactory):
    """A held session, logged by the mentee."""

    class Meta:
        model = Session

    pair = factory.SubFactory(PairFactory)
    state = Session.State.HELD
    held_on = factory.LazyFunction(date.today)
    minutes = 45
    channel = Session.Channel.VIDEO
    logged_by = factory.SelfAttribute("pair.mentee")
    logged_at = factory.LazyFunction(timezone.now)


class OutcomeFactory(DjangoModelFactory):
    class Meta:
        model = Outcome

    pair = factory.SubFactory(PairFactory)
    side = "mentee"
    core_outcome = factory.SubFactory(CoreOutcomeFactory)
    title = "Speak in case reviews"
    observable = "She opens at least one point herself"
    measure = "Points opened"
    baseline = "0"
    target = "3"
    due_on = factory.LazyFunction(lambda: date.today() + timedelta(days=60))
    written_by = factory.SelfAttribute("pair.mentee")


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = Milestone

    pair = factory.SubFactory(PairFactory)
    title = "Speak in one review"
    due_on = factory.LazyFunction(lambda: date.today() + timedelta(days=20))


class ReflectionFactory(DjangoModelFactory):
    class Meta:
        model = Reflection

    session = factory.SubFactory(SessionFactory)
    author = factory.SelfAttribute("session.pair.mentee")


class CheckInFactory(DjangoModelFactory):
    class Meta:
        model = CheckIn

    pair = factory.SubFactory(PairFactory)
    participant = factory.SelfAttribute("pair.mentee")
    asked_for = factory.LazyFunction(date.today)


def a_concern(pair, *, to, text="He shouts.", **fields) -> Concern:
    """A concern of the pair's mentee, in the hands of `to`, with its owners fetched."""
    by = pair.mentee.user
    due = timezone.now() + timedelta(days=1)
    with acting_as(by):
        concern = Concern.objects.create(
            program=pair.cohort.program,
            raiser=by,
            pair=pair,
            **{"step": 0, "reply_by": due, **fields},
        )
        ConcernOwner.objects.create(concern=concern, user=to, step=concern.step)
        ConcernWords.objects.create(concern=concern, author=by, text=text)
        prefetch_related_objects([concern], "owners")
    return concern


def a_story(pair, *, by, text="I asked first.", state="draft", **terms) -> Story:
    """A story that `by` tells, agreed to as far as its state says."""
    now = timezone.now()
    terms = {
        "kind": "words",
        "audience": "steering",
        "with_function": False,
        "expires_on": timezone.localdate() + timedelta(days=180),
        **terms,
    }
    title = "Safer handovers" if terms["kind"] == "win" else ""
    words = {"text": text, "title": title, "url": ""}
    story = tell_story(pair, by=by, at=now, form_id=uuid4(), words=words, **terms)
    if state == "draft":
        return story
    story = ask_consent(story, by=by, at=now, language="en")
    if state == "asked":
        return story
    other = story.asked.user
    with acting_as(other):
        seen = StoryWords.objects.select_related("story").get(story=story).agreed_to()
    return agree_to_story(story, by=other, at=now, seen=seen, language="en")


def a_complete_profile(user, program, **fields) -> Profile:
    """A profile that counts as complete: languages, a goal, a skill and hours."""
    profile = ProfileFactory(user=user, **fields)
    skill = Skill.objects.filter(program=program).first() or SkillFactory(
        program=program
    )
    WantedSkill.objects.create(profile=profile, skill=skill, level=3)
    OfferedSkill.objects.create(profile=profile, skill=skill, level=4)
    Availability.objects.create(
        profile=profile, weekday=1, starts=time(9), ends=time(12), zone="UTC"
    )
    return profile


def a_ready(factory_class, cohort, **fields) -> Participant:
    """A participant who is ready to be paired under the charter in force."""
    place = factory_class(cohort=cohort, **fields)
    a_complete_profile(place.user, cohort.program)
    charter = cohort.program.versions.in_force().first()
    charter = charter or CharterFactory(program=cohort.program)
    Acknowledgment.objects.create(
        user=place.user, charter=charter, language="en", sha256="0" * 64
    )
    return place


class NoticeFactory(DjangoModelFactory):
    """A notice that is due, of a kind that one may switch off."""

    class Meta:
        model = Notice

    recipient = factory.SubFactory(UserFactory)
    kind = Kind.SESSION
    template = "tests/plain"
    key = factory.Sequence(lambda n: f"test:{n}")
    context = factory.LazyFunction(lambda: {"path": "/x/", "program": "Rising Leads"})
    # Before the moment that any test module of this run calls now.
    due_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=2))
