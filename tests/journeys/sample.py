"""The sample program with one of everything that a page may show."""

import io
from datetime import timedelta
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from feedback.actions import invite_observer, write_reflection
from feedback.models import (
    Asking,
    CheckIn,
    Concern,
    FeedbackRequest,
    Moment,
    Reflection,
)
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User
from mentorship.charter.actions import start_draft
from mentorship.charter.models import Program
from mentorship.demo.people import PEOPLE
from mentorship.demo.sample.nights import measured, publish_the_past
from mentorship.insights.actions import compute_metrics, sweep_periods
from mentorship.insights.models import FrozenPlace, Period, Theme
from mentorship.outbox.letter import UNSUBSCRIBE
from mentorship.participants.actions.imports import (
    choose_columns,
    commit_import,
    start_import,
)
from mentorship.participants.invitations import token_for
from mentorship.participants.models import Participant, Pause
from mentorship.participants.proposing import guess_columns, read_sheet
from milestones.models import Lesson
from pairing import links
from pairing.actions import begin_closing, plan_session, propose
from pairing.models import (
    Note,
    NotebookEntry,
    Pair,
    PairRule,
    PilotQuestion,
    Proposal,
    SayQuestion,
    Weights,
)
from tests import factories as make

ROSTERS = Path(__file__).parents[1] / "fixtures" / "rosters"


def load() -> None:
    """The sample program, with the nights that made its figures."""
    quiet, now = io.StringIO(), timezone.now()
    call_command("sample", stdout=quiet)
    publish_the_past(now, lambda day: call_command("night", date=day, stdout=quiet))
    for day in measured(now):
        compute_metrics(day)


class Sample:
    """What `manage.py sample` loads; names of things as the addresses use them."""

    def __init__(self, tell_once, proposes=True):
        """`tell_once` is the fixture of that name, because loading takes long."""
        tell_once("sample", load)
        self.now = timezone.now()
        start_draft(self.program, by=self.coordinator, at=self.now)
        if proposes:
            propose(self.to_pair, by=self.coordinator, at=self.now)

    def __getattr__(self, role):
        """The person who stands for a role in the demo."""
        if role not in PEOPLE:
            raise AttributeError(role)
        return User.objects.get(email=PEOPLE[role][1])

    # ---------------------------------------------------------------- the program
    @cached_property
    def program(self):
        return Program.objects.get(name="Rising Leads")

    @cached_property
    def cohort(self):
        return self.program.cohorts.get(stage="active")

    @cached_property
    def to_pair(self):
        return self.program.cohorts.get(stage="pairing")

    @cached_property
    def closed(self):
        return self.program.cohorts.get(stage="alumni")

    @cached_property
    def open_period(self):
        """The period of the report that runs."""
        return self.program.periods.open().get()

    @cached_property
    def waiting_period(self):
        """A period that is checked and waits: the last one again, a day shorter."""
        last = self.program.periods.filter(state="published").first()
        places = list(last.frozen_places.all())
        period = last
        period.pk, period._state.adding = uuid4(), True
        period.state, period.starts_on = "closed", last.starts_on + timedelta(days=1)
        period.save()
        for place in places:
            place.pk, place.period = None, period
        FrozenPlace.objects.bulk_create(places)
        sweep_periods(self.now)
        return Period.objects.get(pk=period.pk)

    @cached_property
    def theme(self):
        """What people learned, still a draft of a few lessons."""
        return Theme.objects.drafts().get(period=self.open_period)

    # ------------------------------------------------------------------- the people
    @cached_property
    def place(self):
        """The mentee's place."""
        return Participant.objects.get(user=self.mentee, cohort=self.cohort)

    @cached_property
    def newcomer(self):
        """Somebody who has joined and done nothing else."""
        return make.ParticipantFactory(
            cohort=self.to_pair,
            user__given_name="Rosa",
            user__family_name="Lindqvist",
            oriented_at=None,
        )

    @cached_property
    def rosa(self):
        return self.newcomer.user

    @cached_property
    def with_password(self):
        user = make.UserFactory(given_name="Ilse")
        user.set_password("three quiet herons")
        user.save()
        return user

    @cached_property
    def invitation(self):
        place = make.ParticipantFactory(
            cohort=self.to_pair,
            user__given_name="Tariq",
            user__family_name="Aziz",
            state="invited",
            joined_at=None,
            oriented_at=None,
            invited_at=self.now,
            invitation=1,
        )
        return token_for(place)

    # -------------------------------------------------------------- those who tell
    @cached_property
    def asked_story(self):
        """One that waits for the mentee's consent."""
        return self.program.stories.get(state="asked")

    @cached_property
    def offered_story(self):
        return self.program.stories.get(state="offered")

    @cached_property
    def published_story(self):
        return self.program.stories.filter(state="published", kind="win").first()

    @cached_property
    def teller(self):
        return self.published_story.teller

    # ---------------------------------------------------- those who close, or have
    @cached_property
    def closing_pair(self):
        """A pair of the cohort under way that closes before its time."""
        active = self.cohort.pairs.active().exclude(mentee=self.place).with_people()
        pair = active.order_by("mentee__user__email").last()
        begin_closing(pair, by=pair.mentee.user, at=self.now)
        return pair

    @cached_property
    def closer(self):
        return self.closing_pair.mentee.user

    @cached_property
    def completed(self):
        """A pair that has closed in words and said what it would like next."""
        closed = self.closed.pairs.completed().filter(reviews__done_at__isnull=False)
        return closed.filter(afterwards__isnull=False).with_people().first()

    @cached_property
    def completer(self):
        return self.completed.mentee.user

    # ------------------------------------------------------------- those with a say
    @cached_property
    def wishing_place(self):
        """A mentee who waits and has ranked somebody."""
        return self.to_pair.participants.filter(wishes__isnull=False).first()

    @cached_property
    def wishing(self):
        return self.wishing_place.user

    @cached_property
    def vetoing_place(self):
        """Who gave the one veto of the sample."""
        rule = PairRule.objects.get(cohort=self.to_pair)
        return rule.mentee

    @cached_property
    def vetoing(self):
        return self.vetoing_place.user

    @cached_property
    def resting_place(self):
        return Pause.objects.get(participant__cohort=self.cohort).participant

    @cached_property
    def resting(self):
        return self.resting_place.user

    @cached_property
    def mentors_place(self):
        return Participant.objects.get(user=self.mentor, cohort=self.cohort)

    @cached_property
    def asked_for_say(self):
        return SayQuestion.objects.of(self.mentee).waiting().first()

    @cached_property
    def waiting(self):
        """A mentee with a proposed mentor in the open plan."""
        return Proposal.objects.filter(state="proposed").first().mentee

    # ------------------------------------------- a small program beside, to be paired
    @cached_property
    def beside(self):
        """Who coordinates it."""
        return make.RoleFactory(user__given_name="Solveig").user

    def few(self, mentees, mentors):
        """A cohort of so many who are ready, with a plan."""
        program = self.beside.roles.get().program
        cohort = make.CohortFactory(program=program, stage="pairing")
        for _ in range(mentees):
            make.a_ready(make.ParticipantFactory, cohort)
        for _ in range(mentors):
            make.a_ready(make.MentorFactory, cohort, capacity=1)
        propose(cohort, by=self.beside, at=self.now)
        return cohort

    @cached_property
    def scarce(self):
        """Too few mentors, and one of them kept for two people."""
        cohort = self.few(mentees=4, mentors=2)
        mentor = cohort.participants.mentors().first()
        for mentee in cohort.participants.mentees()[:2]:
            make.PairRuleFactory(
                cohort=cohort,
                mentor=mentor,
                mentee=mentee,
                kind=PairRule.Kind.PIN,
                by=self.beside,
            )
        propose(cohort, by=self.beside, at=self.now)
        return cohort

    @cached_property
    def in_work(self):
        """A worker works out what comes after the plan."""
        cohort = self.few(mentees=2, mentors=2)
        make.RoundFactory(
            cohort=cohort,
            number=2,
            state="solving",
            progress=40,
            weights=Weights.objects.get(program=cohort.program),
        )
        return cohort

    @cached_property
    def contested(self):
        """Two coordinators look at its plan."""
        return self.few(mentees=2, mentors=2)

    # ------------------------------------------------------------------ their pairs
    @cached_property
    def pair(self):
        return Pair.objects.with_people().of(self.mentee).running().first()

    @cached_property
    def note(self):
        with acting_as(self.mentee):
            return Note.objects.get(author=self.place)

    @cached_property
    def notebook_page(self):
        with acting_as(self.mentee):
            return NotebookEntry.objects.get()

    her_side = "mentee"

    @cached_property
    def held(self):
        return self.pair.sessions.held().first()

    @cached_property
    def planned(self):
        to_come = self.pair.sessions.planned().filter(starts_at__gt=self.now)
        return to_come.first() or plan_session(
            self.pair,
            by=self.mentee,
            at=self.now,
            starts_at=self.now + timedelta(days=2),
            minutes=45,
            channel="in person",
            place="Ward 4 meeting room",
        )

    @cached_property
    def to_confirm(self):
        """A session that the mentee logged a moment ago."""
        return make.SessionFactory(pair=self.pair)

    @cached_property
    def asked_by_link(self):
        """The link in a mail about a session that is just over."""
        over = self.pair.sessions.create(
            state="planned",
            starts_at=self.now - timedelta(hours=2),
            minutes=45,
            channel="video",
        )
        return links.token_for(over.pk, self.mentee.pk)

    @cached_property
    def told_by_link(self):
        """The same, once the partner has said how it went."""
        told = make.SessionFactory(pair=self.pair, logged_by=self.pair.mentor)
        return links.token_for(told.pk, self.mentee.pk)

    @cached_property
    def proposed(self):
        """A time that her mentor proposes."""
        return self.pair.sessions.proposed().get()

    @cached_property
    def pair_far_apart(self):
        """Its mentee has moved to where the clocks are four and a half hours ahead."""
        pair = self.cohort.pairs.running().with_people().last()
        User.objects.filter(pk=pair.mentee.user_id).update(zone="Asia/Kolkata")
        return pair

    @cached_property
    def far_apart(self):
        return User.objects.get(pk=self.pair_far_apart.mentee.user_id)

    @cached_property
    def outcome(self):
        return self.pair.outcomes.filter(side="mentee", state="agreed").first()

    @cached_property
    def milestone(self):
        return self.pair.milestones.filter(state="planned").first()

    @cached_property
    def done_step(self):
        return self.pair.milestones.done().exclude(outcome=None).first()

    @cached_property
    def lesson(self):
        """One that was shared."""
        return Lesson.objects.filter(shared__isnull=False).first()

    @cached_property
    def learner(self):
        return self.lesson.author.user

    @cached_property
    def reflection(self):
        return Reflection.objects.of(self.mentee).first()

    @cached_property
    def low(self):
        """A reflection of the mentee's with low answers."""
        session = make.SessionFactory(pair=self.pair, held_on=self.now.date())
        reflection = make.ReflectionFactory(session=session, author=self.place)
        scales = {"confidence": 4, "together": 2, "clarity": 2}
        answered = {"by": self.mentee, "at": self.now, "pulse": scales}
        return write_reflection(reflection, **answered)

    @cached_property
    def check_in(self):
        mine = CheckIn.objects.filter(pair=self.pair, participant=self.place)
        return mine.filter(answered_at=None).first() or make.CheckInFactory(
            pair=self.pair, participant=self.place
        )

    # ----------------------------------------------------------------- their growth
    @cached_property
    def asking(self):
        """The mentee is asked half-way."""
        return Asking.objects.create(participant=self.place, moment=Moment.MIDDLE)

    @cached_property
    def looking_back(self):
        return Asking.objects.filter(moment=Moment.LOOKING_BACK).first()

    @cached_property
    def grown_place(self):
        """Somebody who has answered from the start to looking back."""
        return self.looking_back.participant

    @cached_property
    def grown(self):
        return self.grown_place.user

    @cached_property
    def link_for_a_colleague(self):
        return invite_observer(
            self.place, whom="peer", behavior="Opens a point herself", at=self.now
        )

    @cached_property
    def asked_for_feedback(self):
        return FeedbackRequest.objects.asked().get(giver=self.place)

    @cached_property
    def concern(self):
        """What the mentee said in confidence to the facilitator."""
        with acting_as(self.mentee):
            return Concern.objects.get()

    @cached_property
    def asked(self):
        """A pilot question that waits for its answer."""
        waiting = PilotQuestion.objects.filter(answered_at=None, pair__state="pilot")
        return waiting.select_related("pair", "participant__user").first()

    @cached_property
    def question(self):
        return self.asked.pair

    @cached_property
    def undecided(self):
        return self.asked.participant.user

    @cached_property
    def offer(self):
        """An offer with the reasons of a real proposal."""
        real = Proposal.objects.filter(round__cohort=self.to_pair).first()
        round_ = make.RoundFactory(
            cohort=self.cohort, number=99, state="published", weights=real.round.weights
        )
        return make.ProposalFactory(
            round=round_,
            mentee__user__given_name="Yasmin",
            mentee__user__family_name="Osman",
            mentee__function="Nursing",
            mentor__user__given_name="Bruno",
            mentor__user__family_name="Carvalho",
            mentor__function="Finance",
            mentor__site="Lisbon",
            reasons=real.reasons,
            state="offered",
            offered_at=self.now,
            expires_at=self.now + timedelta(days=6),
        )

    @cached_property
    def offered(self):
        return self.offer.mentee.user

    # --------------------------------------------------------------------- imports
    def upload(self, name):
        return start_import(
            cohort=self.to_pair,
            by=self.coordinator,
            file_name=name,
            content=(ROSTERS / name).read_bytes(),
        )

    @cached_property
    def uploaded(self):
        return self.upload("hr-export.xlsx")

    @cached_property
    def mapped(self):
        """An import with rows to correct, up to its preview."""
        import_ = self.upload("errors.xlsx")
        sheet = read_sheet(import_)
        headers = sheet.rows[import_.options["header_row"] - 1]
        chosen = {column: guess[0] for column, guess in guess_columns(headers).items()}
        choose_columns(import_=import_, sheet=sheet, chosen=chosen)
        return import_

    @cached_property
    def imported(self):
        import_ = self.upload("regional-list.csv")
        sheet = read_sheet(import_)
        headers = sheet.rows[import_.options["header_row"] - 1]
        chosen = {column: guess[0] for column, guess in guess_columns(headers).items()}
        choose_columns(import_=import_, sheet=sheet, chosen=chosen)
        commit_import(import_=import_, by=self.coordinator, at=self.now)
        return import_

    # ------------------------------------------------------------------------ mail
    @cached_property
    def unsubscribing(self):
        return UNSUBSCRIBE.sign_object(
            {"user": str(self.mentee.pk), "kind": "check-in"}
        )

    def keep_a_letter(self, folder):
        """A mail as the demo's sink keeps it."""
        letter = EmailMessage()
        letter["To"], letter["Subject"] = self.mentee.email, "How is it going?"
        letter.set_content("Hello Linh,\n\nhow is it going?")
        letter.add_alternative(
            "<html><head></head><body><p>Hi</p></body></html>", "html"
        )
        (folder / f"{self.letter}.eml").write_bytes(bytes(letter))

    letter = 1_700_000_000_000_000_000

    def address(self, name, *parts):
        """The address `name`; each part is a thing here, or a word as it is."""
        return reverse(name, args=[self.part(part) for part in parts])

    def part(self, part):
        if not isinstance(part, str) or not hasattr(self, part):
            return part
        thing = getattr(self, part)
        return getattr(thing, "pk", thing)
