"""The sample program with one of everything that a page may show."""

import io
from datetime import timedelta
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from feedback.models import CheckIn, Reflection
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User
from mentorship.charter.actions import start_draft
from mentorship.charter.models import Program
from mentorship.demo.people import PEOPLE
from mentorship.demo.sample.nights import nights
from mentorship.outbox.letter import UNSUBSCRIBE
from mentorship.participants.actions.imports import (
    choose_columns,
    commit_import,
    start_import,
)
from mentorship.participants.invitations import token_for
from mentorship.participants.models import Participant, Pause
from mentorship.participants.proposing import guess_columns, read_sheet
from pairing.actions import plan_session, propose
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


class Sample:
    """What `manage.py sample` loads; names of things as the addresses use them."""

    def __init__(self, proposes=True):
        quiet = io.StringIO()
        call_command("sample", stdout=quiet)
        self.now = timezone.now()
        for day in nights(self.now):
            call_command("night", date=day, stdout=quiet)
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
    def outcome(self):
        return self.pair.outcomes.filter(side="mentee", state="agreed").first()

    @cached_property
    def milestone(self):
        return self.pair.milestones.filter(state="planned").first()

    @cached_property
    def reflection(self):
        return Reflection.objects.of(self.mentee).first()

    @cached_property
    def check_in(self):
        mine = CheckIn.objects.filter(pair=self.pair, participant=self.place)
        return mine.filter(answered_at=None).first() or make.CheckInFactory(
            pair=self.pair, participant=self.place
        )

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
