"""The workbench with the keyboard alone: the spring roster, the sample program, and a
small cohort without script. Nothing here is ever clicked."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.participants.actions import (
    choose_columns,
    commit_import,
    invite,
    start_import,
)
from mentorship.participants.models import Skill
from mentorship.participants.proposing import guess_columns, read_sheet
from pairing.models import PairRule, Proposal, Round
from tests import factories as make
from tests.axe import violations
from tests.browser import pages, picture, sign_in
from tests.journeys.keyboard import tab_to
from tests.journeys.sample import Sample
from tests.journeys.story import everybody_joins

ROSTER = Path("tests/fixtures/rosters/spring-cohort.csv")
FOCUS = "() => document.activeElement.id"
SHOWN = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    return at !== document.body && box.width > 0 && at.checkVisibility();
}"""


@pytest.fixture(scope="module")
def open_page(chromium, site):
    with pages(chromium) as (new, mistakes):
        yield new
    assert mistakes == []


@pytest.fixture(scope="module")
def sample(site, tell_once):
    """The open cohort of the sample program, which is loaded first of all, and its
    coordinator."""
    loaded = Sample(tell_once, proposes=False)
    return loaded.to_pair, loaded.coordinator


@pytest.fixture(scope="module")
def roster(sample):
    """The people of the spring roster, who have all joined, and a coordinator."""
    by, cohort = with_coordinator()
    draft = start_import(
        cohort=cohort, by=by, file_name=ROSTER.name, content=ROSTER.read_bytes()
    )
    sheet = read_sheet(draft)
    headers = sheet.rows[draft.options["header_row"] - 1]
    chosen = {column: guess[0] for column, guess in guess_columns(headers).items()}
    choose_columns(import_=draft, sheet=sheet, chosen=chosen)
    commit_import(import_=draft, by=by, at=timezone.now())
    Skill.objects.filter(program=cohort.program).update(suggested=False)
    invite(cohort.participants.all(), by=by, at=timezone.now())
    everybody_joins(cohort)
    return cohort, by


@pytest.fixture(scope="module")
def few(sample):
    """Six people who fit, and a coordinator."""
    by, cohort = with_coordinator()
    for _ in range(3):
        make.a_ready(make.ParticipantFactory, cohort)
    for _ in range(3):
        make.a_ready(make.MentorFactory, cohort, capacity=1)
    return cohort, by


def with_coordinator():
    cohort = make.CohortFactory(stage="pairing")
    make.CharterFactory(program=cohort.program)
    return make.RoleFactory(program=cohort.program).user, cohort


class Hands:
    """Somebody at the workbench of a cohort, without a mouse."""

    def __init__(self, site, page, cohort, js):
        self.page, self.cohort, self.js = page, cohort, js
        page.goto(site.url + reverse("pairing:workbench", args=[cohort.pk]))

    def to(self, name):
        """Tab on to a control; the page is walked from wherever the focus is."""
        tab_to(self.page, name, steps=400)

    def press(self, name, key="Enter"):
        self.to(name)
        self.page.keyboard.press(key)

    def sees(self, words):
        self.page.get_by_text(words).first.wait_for()

    def at(self, id):
        """With script, the focus stayed at this control, where it can be seen."""
        if self.js:
            self.page.wait_for_function(f"() => document.activeElement.id === '{id}'")
            assert self.page.evaluate(SHOWN)

    def find(self, person):
        """Look a name up, so that there is one card to walk through."""
        self.to("^Name$")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(person.name)
        self.page.keyboard.press("Enter")
        self.page.locator(f'.prop:only-of-type[id="{person.pk}"]').wait_for()
        self.at("q")

    def open_others(self):
        """The table of other mentors, in the card or on its page."""
        self.press("other mentors? for")
        if not self.js:
            self.press("^See the other mentors for")
        self.page.get_by_role("button", name="Ask").wait_for()


@pytest.mark.parametrize(
    ("people", "js"), [("roster", True), ("sample", True), ("few", False)]
)
def test_a_cohort_is_paired_by_keyboard_alone(request, site, open_page, people, js):
    cohort, coordinator = request.getfixturevalue(people)
    page = open_page(js=js)
    sign_in(page, site, coordinator)
    hands = Hands(site, page, cohort, js)

    hands.press("^Propose pairs")
    page.get_by_role("heading", name="proposed pair").wait_for()
    hands.at("propose")
    first, second, third = proposed(cohort)[:3]
    pin(hands, first)
    rule_out(hands, second)
    ask_and_try(hands, third)
    publish_some(hands, first)
    publish_all(hands)

    assert not Round.objects.filter(cohort=cohort, state="proposed").exists()
    assert Proposal.objects.offered().filter(round__cohort=cohort).count() > 1
    if js:
        assert violations(page) == []
        picture(page, f"pairing-by-keyboard-{people}")


def proposed(cohort):
    found = Proposal.objects.filter(round__cohort=cohort, state="proposed")
    return list(found.with_people().order_by("-score", "id"))


def pin(hands, pair):
    hands.find(pair.mentee)
    hands.press(r"^Pin\b")
    hands.sees("stay together.")
    hands.at(f"pin-{pair.mentee_id}")
    assert PairRule.objects.get(mentee=pair.mentee, kind="pin").mentor == pair.mentor


def rule_out(hands, pair):
    hands.find(pair.mentee)
    hands.press("^Never pair")
    hands.sees("are never paired.")
    if hands.js:
        assert hands.page.evaluate(SHOWN)
    assert PairRule.objects.get(mentee=pair.mentee).kind == "never"
    hands.press("^Undo")
    hands.sees("may be paired again.")
    hands.at("undo")  # the pin before it can still be taken back


def ask_and_try(hands, pair):
    """Why not somebody, which changes nothing, then another mentor instead."""
    hands.find(pair.mentee)
    hands.open_others()
    hands.to("^Why not")
    hands.page.keyboard.press("ArrowDown")
    hands.press("^Ask")
    hands.page.locator(".callout").last.wait_for()
    hands.at(f"ask-{pair.mentee_id}")
    assert not PairRule.objects.filter(mentee=pair.mentee).exists()

    hands.press("^Try")
    hands.sees("stay together.")
    hands.at(pair.mentee_id)
    assert PairRule.objects.get(mentee=pair.mentee).mentor != pair.mentor


def publish_some(hands, pair):
    hands.find(pair.mentee)
    hands.press(r"^Select\b", "Space")
    hands.press("^Publish these")
    hands.sees("1 pair has been told.")
    hands.at("title")


def publish_all(hands):
    hands.press("^Publish (all )?[0-9]+")
    hands.sees(re.compile("pairs were proposed to people"))
    hands.at("title")
