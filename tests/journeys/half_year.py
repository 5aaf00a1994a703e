"""Who the half year is about, what each writes, and the phones they do it on."""

from datetime import date, time
from functools import cached_property

from django.utils import timezone
from playwright.sync_api import TimeoutError

from mentorship.charter.models import EscalationStep
from mentorship.participants.models import Availability
from pairing.models import Pair, Session
from tests import factories as make
from tests.axe import violations
from tests.journeys.story import Story

WIDER = "document.documentElement.scrollWidth > innerWidth"

# Words that cannot be anywhere by chance, by what they are written into. Those that
# the two share are for no coordinator, those of one person for nobody else at all.
SHARED = {
    "agreement": "siskin: a calm voice in the handover",
    "useful": "wagtail: he let me finish",
    "evidence": "dunnock: the notes of the handover on ward four",
    "lesson": "redstart: Kwame said to pause and I did",
    "promise": "bunting: draw the escalation tree",
    "note": "nuthatch: what if the consultant is not there",
    "feedback": "fieldfare: you waited eleven seconds",
    "observed": "goldcrest: the ward sister asked for her opinion",
    "changes": "lapwing: once a month from here on",
    "thanks": "whinchat: thank you for the silence",
}
LINHS = {
    "thought": "nightjar: I was afraid of the round",
    "guided": "woodlark: I gave in too early",
    "notebook": "hoopoe: do I want to stay in surgery",
    "concern": "corncrake: he mentions my pregnancy to others",
}
KWAMES = {"thought": "turnstone: I talked too much again"}


class HalfYear(Story):
    """Linh and Kwame in a cohort of January, and who is around them."""

    def __init__(self, site):
        super().__init__(site)
        cohort = make.CohortFactory(
            name="January",
            program__name="Rising Leads",
            onboarding_on=date(2025, 11, 3),
            pairing_on=date(2025, 11, 24),
            pilot_on=date(2025, 12, 1),
            active_on=date(2026, 1, 12),
            closing_on=date(2026, 6, 29),
            alumni_on=date(2026, 7, 27),
        )
        self.program = cohort.program
        self.charter = make.CharterFactory(program=self.program, reminders_a_week=7)
        for side in ("mentor", "mentee"):
            make.CoreOutcomeFactory(charter=self.charter, side=side)
        self.coordinator = self.staff("coordinator")
        self.facilitator = self.staff("facilitator", step=0)
        self.newcomer = make.a_ready(make.ParticipantFactory, cohort).user
        mentor = self.joins(make.MentorFactory, "Kwame", cohort, "Asia/Kolkata")
        mentee = self.joins(make.ParticipantFactory, "Linh", cohort, "Europe/Berlin")
        self.kwame, self.linh = mentor.user, mentee.user
        make.PairFactory(
            cohort=cohort,
            mentor=mentor,
            mentee=mentee,
            started_on=date(2026, 1, 12),
            pilot_due_on=date(2026, 1, 12),
        )

    def staff(self, kind, step=None):
        user = make.RoleFactory(program=self.program, kind=kind).user
        if step is not None:
            EscalationStep.objects.create(
                charter=self.charter, position=step, owner=user, title="Facilitator"
            )
        return user

    def joins(self, place, name, cohort, zone):
        """Somebody who is ready, and has hours on every working day."""
        who = {"user__given_name": name, "user__zone": zone}
        joined = make.a_ready(place, cohort, **who)
        Availability.objects.bulk_create(
            Availability(
                profile=joined.user.profile,
                weekday=day,
                starts=time(8 if name == "Linh" else 12),
                ends=time(18 if name == "Linh" else 22),
                zone=zone,
            )
            for day in (0, 2, 3, 4)
        )
        return joined

    def tonight(self):
        """The night into today, and the mail it brings."""
        self.night(timezone.now().date())

    @property
    def pair(self):
        return Pair.objects.with_people().get()

    @property
    def newest(self):
        return Session.objects.order_by("-created_at").first()

    @cached_property
    def address(self):
        return f"{self.site.url}/pairs/{self.pair.pk}/"

    def phone(self, new_page, person, path="me/"):
        """A phone in somebody's hand, on their first page or on a page of the pair."""
        page = self.window(new_page, person, "phone")
        page.goto(f"{self.site.url}/{path}")
        return page

    def on_pair(self, new_page, person, path=""):
        return self.phone(new_page, person, f"pairs/{self.pair.pk}/{path}")


def is_sound(page):
    """Whether a page on a phone has nothing that axe or a narrow screen minds."""
    assert violations(page) == []
    assert not page.evaluate(WIDER), page.url


def choose(page, *answers):
    """Touch some of a form's answers."""
    for words in answers:
        page.get_by_text(words, exact=True).first.click()


def press(page, name, leads_to=""):
    page.get_by_role("button", name=name).first.click()
    if leads_to:
        sees(page, leads_to)


def follow(page, name, leads_to=""):
    page.get_by_role("link", name=name).first.click()
    if leads_to:
        sees(page, leads_to)


def sees(page, words):
    """Wait for words to appear; if they never do, say what is there instead."""
    try:
        page.get_by_text(words).first.wait_for()
    except TimeoutError:
        there = page.locator("main").inner_text()
        raise AssertionError(f"{words!r} is not on {page.url}: {there}") from None
