"""Two programs alike, side by side: what is one's own in one is foreign in the other.

Used by the access matrix and by tests that need a populated program.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from feedback.actions import ask_feedback, invite_observer
from feedback.models import Asking, CheckIn, Story, StoryWords
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User
from mentorship.charter.models import Role
from mentorship.insights.models import Period, PublicationRule, Theme
from mentorship.outbox.actions import add_room
from mentorship.outbox.models import Kind, Notice
from mentorship.participants.actions import start_import
from pairing.actions import add_link, keep_file, write_note, write_page
from pairing.models import SayQuestion
from pairing.uploads import accept
from tests import factories as make
from tests.uploads import a_pdf

ROLES = (
    "anonymous",
    "mentor",
    "mentee",
    "other_mentor",
    "coordinator",
    "other_coordinator",
    "facilitator",
    "steering",
    "sponsor",
    "administrator",
)


@dataclass
class Program:
    """Everything that an address of one program may name."""

    things: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)

    def __getattr__(self, name):
        return self.things[name]


def a_program() -> Program:
    """A program with a charter, a cohort, two pairs, an offer and a session."""
    program = make.ProgramFactory()
    coordinator = make.RoleFactory(program=program).user
    charter = make.CharterFactory(program=program, published_by=coordinator)
    make.CharterFactory(
        program=program, state="draft", published_at=None, published_by=None
    )
    core = make.CoreOutcomeFactory(charter=charter)
    cohort = make.CohortFactory(program=program)
    mentor, other_mentor = make.MentorFactory.create_batch(2, cohort=cohort)
    mentee, other_mentee = make.ParticipantFactory.create_batch(2, cohort=cohort)
    pair = make.PairFactory(
        cohort=cohort,
        mentor=mentor,
        mentee=mentee,
        state="pilot",
        pilot_due_on=timezone.now().date() + timedelta(days=20),
    )
    make.PairFactory(cohort=cohort, mentor=other_mentor, mentee=other_mentee)
    for place in (mentor, mentee):
        pair.pilot_questions.create(participant=place)
        SayQuestion.objects.create(participant=place)
    completed = make.PairFactory(
        cohort=cohort,
        mentor=mentor,
        mentee=mentee,
        state="ended",
        ending="completed",
        ended_at=timezone.now(),
        ended_by=coordinator,
    )
    session = make.SessionFactory(pair=pair)
    planned = pair.sessions.create(
        state="planned", starts_at=timezone.now() + timedelta(days=3)
    )
    over = pair.sessions.create(
        state="planned", starts_at=timezone.now() - timedelta(hours=2), minutes=45
    )
    proposed = pair.sessions.create(
        state="proposed",
        proposed_by=mentor,
        starts_at=timezone.now() + timedelta(days=5),
    )
    round_ = make.RoundFactory(cohort=cohort, by=coordinator)
    proposal = make.ProposalFactory(
        round=round_,
        mentor=mentor,
        mentee=make.ParticipantFactory(cohort=cohort),
        state="offered",
        offered_at=timezone.now(),
    )
    roster = start_import(
        cohort=cohort,
        by=coordinator,
        file_name="roster.csv",
        content=b"Email,First name,Role\nada@kestrel.example,Ada,mentee\n",
    )
    notice = Notice.objects.create(
        recipient=mentee.user,
        kind=Kind.CHECK_IN,
        template="feedback/check_in",
        key=f"dead:{program.pk}",
        state="dead",
        program_id=program.pk,
    )
    room = add_room(
        program_id=program.pk,
        label="General",
        address="jsons://chat.example.org/hook",
        kinds=[Kind.ANNOUNCEMENT],
        language="en",
        by=coordinator,
        at=timezone.now(),
    )
    make.ItemTextFactory(
        version__item__program=program,
        version__item__slug="our-own",
        version__state="draft",
    )
    story, offered = stories_of(pair)
    rule = PublicationRule.objects.create(program=program, number=1, by=coordinator)
    period = Period.objects.create(
        program=program,
        rule=rule,
        starts_on=timezone.now().date() - timedelta(days=100),
        ends_on=timezone.now().date() - timedelta(days=9),
        state="audited",
        audited_at=timezone.now(),
    )
    people = {
        kind: make.RoleFactory(program=program, kind=kind).user
        for kind in (Role.Kind.FACILITATOR, Role.Kind.STEERING, Role.Kind.SPONSOR)
    }
    world = Program()
    once = {"by": mentee.user, "at": timezone.now()}
    note = write_note(pair, body="Next time", form_id=uuid4(), **once)
    link = {"url": "https://example.org", "title": "The rota"}
    file = accept("plan.pdf", a_pdf())
    world.things = {
        "note": note,
        "link": add_link(pair, **link, form_id=uuid4(), **once),
        "file": keep_file(pair, file=file, form_id=uuid4(), **once),
        "page": write_page(body="Not yet", form_id=uuid4(), **once),
        "program": program,
        "charter": charter,
        "cohort": cohort,
        "invited": make.ParticipantFactory(cohort=cohort, state="invited"),
        "import": roster,
        "notice": notice,
        "period": period,
        "theme": Theme.objects.create(period=period, text="Begin small."),
        "room": room,
        "participant": mentee,
        "place": mentee,
        "pair": pair,
        "completed": completed,
        "session": session,
        "planned": planned,
        "over": over,
        "proposed": proposed,
        "round": round_,
        "busy": cohort.busy_times.create(
            starts_on=timezone.now().date(), ends_on=timezone.now().date()
        ),
        "question": mentee.say_question,
        "mentor": mentor,
        "rule": make.PairRuleFactory(cohort=cohort, mentor=other_mentor, mentee=mentee),
        "role": make.RoleFactory(program=program, kind="sponsor"),
        "proposal": proposal,
        "outcome": make.OutcomeFactory(pair=pair, core_outcome=core),
        "milestone": make.MilestoneFactory(pair=pair),
        "lesson": make.MilestoneFactory(pair=pair).lessons.create(author=mentee),
        "measure": program.measures.create(
            slug="time", name="Time alone", unit="days", better="lower"
        ),
        "promise": pair.promises.create(owner=mentee, for_side="mentee"),
        "reflection": make.ReflectionFactory(session=session),
        "check_in": CheckIn.objects.create(
            pair=pair, participant=mentee, asked_for=timezone.now().date()
        ),
        "concern": make.a_concern(pair, to=people["facilitator"]),
        "asking": Asking.objects.create(participant=mentee, moment="start"),
        "token": invite_observer(
            mentee, whom="peer", behavior="Asks first", at=timezone.now()
        ),
        "story": story,
        "offered": offered,
        "feedback_request": ask_feedback(pair, by=mentor.user, at=timezone.now()),
    }
    world.people = {
        "mentor": mentor.user,
        "mentee": mentee.user,
        "other_mentor": other_mentor.user,
        "coordinator": coordinator,
        **people,
    }
    return world


def stories_of(pair) -> list[Story]:
    """One that the mentee asks the mentor about, and one that coordinators read."""
    terms = {"teller": pair.mentee.user, "kind": "win", "audience": "steering"}
    until = timezone.localdate() + timedelta(days=90)
    found = [
        pair.stories.create(
            program=pair.cohort.program, state=state, expires_on=until, **terms
        )
        for state in ("asked", "offered")
    ]
    with acting_as(pair.mentee.user):
        for story in found:
            StoryWords.objects.create(story=story, title="Handovers", text="Shorter.")
    return found


@dataclass
class World:
    """`own` is the program of the people; `foreign` is coordinated by another."""

    own: Program
    foreign: Program
    people: dict


def a_world() -> World:
    own, foreign = a_program(), a_program()
    people = {
        "anonymous": None,
        **own.people,
        "other_coordinator": foreign.people["coordinator"],
        "administrator": User.objects.create_superuser("admin@kestrel.example"),
    }
    return World(own, foreign, people)
