"""Every page of the sample program, at both widths, in light and dark."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.urls import get_resolver

from pairing.actions import propose
from tests.axe import in_both_lights
from tests.browser import WIDTHS, pages, sign_in
from tests.test_access_matrix import addresses


@dataclass(frozen=True)
class Page:
    """An address, who opens it ("" for a stranger) and the parts it names."""

    name: str
    who: str
    parts: tuple = ()
    status: int = 200

    def __str__(self):
        words = [self.name.replace("_", "-"), self.who, *map(str, self.parts)]
        return "-".join(filter(None, words)).replace(":", "-")


def coordinators(name, *parts):
    return Page(name, "coordinator", parts)


def mentees(name, *parts):
    return Page(name, "mentee", parts)


PAGES = [
    # Homes
    Page("home:today", "mentee"),
    Page("home:today", "mentor"),
    Page("home:today", "offered"),
    Page("home:today", "undecided"),
    Page("home:me", "mentor"),
    coordinators("home:cohort", "cohort"),
    coordinators("home:cohort", "to_pair"),
    coordinators("home:cohort", "closed"),
    mentees("home:log", "pair"),
    Page("home:answer", "mentor", ("to_confirm",)),
    Page("home:answer_by_link", "", ("asked_by_link",)),
    Page("home:answer_by_link", "", ("told_by_link",)),
    Page("home:answer_by_link", "", ("a-link-of-nobody",), status=404),
    Page("home:answer_by_link", "coordinator", ("asked_by_link",), status=403),
    # Programs, charter, cohorts
    coordinators("charter:programs"),
    Page("charter:programs", "administrator"),
    Page("charter:create", "administrator"),
    coordinators("charter:charter", "program"),
    Page("charter:charter", "steering", ("program",)),
    coordinators("charter:draft", "program"),
    coordinators("charter:publish", "program"),
    coordinators("charter:changes", "program", 2),
    coordinators("charter:roles", "program"),
    coordinators("charter:create_cohort", "program"),
    coordinators("charter:audit", "program"),
    coordinators("charter:cohort", "cohort"),
    coordinators("charter:cohort", "to_pair"),
    coordinators("charter:reminders", "program"),
    coordinators("charter:cohort_reminders", "cohort"),
    coordinators("charter:program_rhythm", "program", "check-in"),
    coordinators("charter:cohort_rhythm", "cohort", "session"),
    coordinators("home:preview", "cohort", "check-in"),
    coordinators("home:preview", "cohort", "digest"),
    # People
    coordinators("participants:people", "cohort"),
    coordinators("participants:people", "to_pair"),
    coordinators("participants:add", "to_pair"),
    coordinators("participants:person", "place"),
    coordinators("participants:person", "newcomer"),
    coordinators("participants:edit", "place"),
    mentees("participants:break", "place"),
    Page("participants:break", "resting", ("resting_place",)),
    mentees("participants:withdraw", "place"),
    coordinators("participants:withdraw", "place"),
    Page("participants:join", "", ("invitation",)),
    Page("participants:join", "mentee", ("invitation",)),
    Page("participants:join", "", ("a-link-of-nobody",), status=404),
    mentees("participants:profile"),
    mentees("participants:profile", "skills"),
    mentees("participants:profile", "manner"),
    mentees("participants:profile", "times"),
    mentees("participants:about_you"),
    Page("participants:welcome", "rosa", ("newcomer",)),
    Page("participants:orientation", "rosa", ("newcomer",)),
    Page("participants:charter", "rosa", ("newcomer",)),
    mentees("participants:charter", "place"),
    coordinators("participants:import_new", "to_pair"),
    coordinators("participants:import_reading", "to_pair", "uploaded"),
    coordinators("participants:import_columns", "to_pair", "uploaded"),
    coordinators("participants:import_preview", "to_pair", "mapped"),
    coordinators("participants:import_result", "to_pair", "imported"),
    # Pairs
    coordinators("pairing:workbench", "cohort"),
    coordinators("pairing:workbench", "to_pair"),
    Page("pairing:workbench", "beside", ("scarce",)),
    Page("pairing:workbench", "beside", ("in_work",)),
    coordinators("pairing:others", "to_pair", "waiting"),
    coordinators("pairing:mending", "to_pair"),
    coordinators("pairing:mending", "cohort"),
    coordinators("pairing:weights", "to_pair"),
    coordinators("pairing:rounds", "to_pair"),
    coordinators("pairing:compare", "to_pair"),
    coordinators("pairing:compare", "cohort"),
    coordinators("pairing:replay", "to_pair", 1),
    coordinators("pairing:price_of_floor", "to_pair", 1),
    coordinators("pairing:pairs", "cohort"),
    coordinators("pairing:pairs", "closed"),
    coordinators("pairing:inclusion", "cohort"),
    coordinators("pairing:inclusion", "closed"),
    coordinators("pairing:inclusion", "to_pair"),
    Page("pairing:offer", "offered", ("offer",)),
    Page("pairing:wishes", "wishing", ("wishing_place",)),
    mentees("pairing:wishes", "place"),
    Page("pairing:limits", "mentor", ("mentors_place",)),
    Page("pairing:veto", "wishing", ("wishing_place",)),
    Page("pairing:veto", "vetoing", ("vetoing_place",)),
    Page("pairing:say", "mentee", ("asked_for_say",)),
    Page("pairing:decline_reasons", "facilitator", ("program",)),
    # Agreement, reviews and closing
    mentees("pairing:agreement", "pair"),
    mentees("pairing:agreement_write", "pair"),
    mentees("home:review", "pair", "midpoint"),
    Page("home:review", "closer", ("closing_pair", "closing")),
    Page("home:review", "completer", ("completed", "closing")),
    mentees("pairing:close", "pair"),
    Page("pairing:close", "closer", ("closing_pair",)),
    Page("pairing:afterwards", "completer", ("completed",)),
    Page("pairing:pair", "completer", ("completed",)),
    coordinators("pairing:closing", "cohort"),
    coordinators("pairing:closing", "closed"),
    mentees("pairing:leave", "pair"),
    coordinators("pairing:replan", "question"),
    mentees("pairing:pair", "pair"),
    Page("pairing:pair", "mentor", ("pair",)),
    coordinators("pairing:pair", "pair"),
    coordinators("pairing:nudge", "pair"),
    Page("pairing:pilot", "undecided", ("question",)),
    mentees("pairing:pilot", "pair"),
    mentees("pairing:plan", "pair"),
    mentees("pairing:session", "held"),
    mentees("pairing:session", "planned"),
    mentees("pairing:move", "planned"),
    mentees("pairing:find_time", "pair"),
    Page("pairing:find_time", "far_apart", ("pair_far_apart",)),
    mentees("pairing:counter", "proposed"),
    mentees("pairing:session", "proposed"),
    mentees("pairing:feed"),
    coordinators("charter:video_room", "program"),
    mentees("pairing:workspace", "pair"),
    Page("pairing:workspace", "mentor", ("pair",)),
    mentees("pairing:note", "note"),
    mentees("pairing:notebook"),
    mentees("pairing:notebook_page", "notebook_page"),
    mentees("milestones:outcome_new", "pair", "her_side"),
    mentees("milestones:outcome", "outcome"),
    mentees("milestones:milestone_new", "pair"),
    mentees("milestones:milestone", "milestone"),
    mentees("milestones:progress", "outcome"),
    mentees("milestones:evidence", "done_step"),
    Page("milestones:lesson", "learner", ("lesson",)),
    Page("milestones:lesson_share", "learner", ("lesson",)),
    mentees("milestones:lessons", "program"),
    coordinators("milestones:lessons", "program"),
    coordinators("milestones:measures", "program"),
    coordinators("milestones:measure_new", "program"),
    coordinators("milestones:measure_values", "program"),
    mentees("milestones:plan", "pair"),
    mentees("feedback:reflect", "reflection"),
    mentees("feedback:suggestion", "low"),
    mentees("feedback:check_in", "check_in"),
    # Ideas
    mentees("library:ideas"),
    mentees("library:item", "first-meeting"),
    mentees("library:item", "looking-back"),
    mentees("library:agenda", "first-meeting"),
    mentees("home:guided", "held", "looking-back"),
    coordinators("library:own", "program"),
    coordinators("library:new", "program"),
    coordinators("library:write", "program", "first-meeting"),
    coordinators("library:preview", "program", "night-shifts"),
    # In confidence
    mentees("feedback:raise_concern"),
    Page("feedback:raise_concern", "administrator"),
    mentees("feedback:concerns"),
    coordinators("feedback:concerns"),
    mentees("feedback:concern", "concern"),
    Page("feedback:concern", "facilitator", ("concern",)),
    # Growth, and feedback to each other
    mentees("feedback:asking", "asking"),
    Page("feedback:asking", "grown", ("looking_back",)),
    mentees("feedback:growth", "place"),
    Page("feedback:growth", "grown", ("grown_place",)),
    mentees("home:observe", "place"),
    Page("feedback:observe", "", ("link_for_a_colleague",)),
    Page("feedback:observe", "", ("a-link-of-nobody",), status=410),
    coordinators("feedback:measures", "program"),
    mentees("feedback:each_other", "pair"),
    mentees("feedback:give", "asked_for_feedback"),
    # Stories
    mentees("feedback:stories"),
    mentees("feedback:tell", "pair"),
    mentees("feedback:story", "asked_story"),
    Page("feedback:story", "teller", ("published_story",)),
    Page("feedback:story_change", "teller", ("published_story",)),
    coordinators("insights:stories", "program"),
    coordinators("insights:publishing", "offered_story"),
    mentees("insights:told"),
    # Figures
    Page("insights:report", "steering", ("program",)),
    coordinators("insights:report", "program"),
    coordinators("insights:learning", "program"),
    coordinators("insights:health", "program"),
    coordinators("insights:behind", "program", "rhythm"),
    coordinators("insights:funnel", "program"),
    coordinators("insights:waiting", "program", "joined"),
    coordinators("insights:patterns", "program"),
    coordinators("insights:periods", "program"),
    coordinators("insights:rule", "program"),
    coordinators("insights:regions", "program"),
    coordinators("insights:period", "open_period"),
    coordinators("insights:period", "waiting_period"),
    coordinators("insights:preview", "waiting_period"),
    coordinators("insights:theme_new", "open_period"),
    coordinators("insights:theme", "theme"),
    mentees("insights:protects"),
    coordinators("insights:workforce", "program"),
    # One's own account
    mentees("accounts:settings"),
    coordinators("accounts:settings"),
    mentees("outbox:preferences"),
    Page("outbox:unsubscribe", "", ("unsubscribing",)),
    mentees("outbox:messages"),
    coordinators("ops:delivery", "program"),
    coordinators("ops:rooms", "program"),
    # Doors
    Page("account_login", ""),
    Page("account_request_login_code", ""),
    Page("account_signup", ""),
    mentees("account_logout"),
    Page("account_inactive", ""),
    mentees("account_email"),
    mentees("account_set_password"),
    Page("account_change_password", "with_password"),
    Page("account_reset_password", ""),
    Page("account_reset_password_done", ""),
    Page("account_reset_password_from_key", "", ("1", "set-password")),
    Page("account_reset_password_from_key_done", ""),
    Page("account_email_verification_sent", ""),
    Page("account_confirm_email", "", ("a-key-of-nobody",)),
    # The demo's own
    Page("demo:mail", ""),
    Page("demo:letter", "", ("letter",)),
    # What goes wrong
    Page("home:cohort", "mentee", ("cohort",), status=404),
    Page("pairing:nudge", "mentee", ("pair",), status=403),
]
NO_PAGE = {
    "a button": {
        "charter:start_draft",
        "charter:take_role",
        "charter:move_cohort",
        "charter:rhythm",
        "charter:busy",
        "charter:drop_busy",
        "charter:drop_rhythm",
        "participants:invite",
        "participants:remind",
        "participants:waive",
        "participants:new_link",
        "participants:import_commit",
        "participants:import_undo",
        "pairing:propose",
        "pairing:change",
        "pairing:publish",
        "pairing:mend",
        "pairing:reopen",
        "pairing:undo",
        "pairing:set_aside",
        "pairing:cancel_round",
        "pairing:cancel",
        "pairing:missed",
        "pairing:accept",
        "pairing:decline",
        "pairing:add_note",
        "pairing:add_link",
        "pairing:add_file",
        "pairing:drop_note",
        "pairing:drop_link",
        "pairing:drop_file",
        "pairing:drop_page",
        "milestones:outcome_close",
        "milestones:confirm",
        "milestones:drop",
        "milestones:promise",
        "milestones:lesson_skip",
        "milestones:lesson_withdraw",
        "library:publish",
        "library:take_back",
        "feedback:move_concern",
        "accounts:address",
        "ops:retry",
        "ops:retry_all",
        "ops:try_room",
        "ops:drop_room",
        "outbox:write_again",
        "demo:enter",
    },
    "a file": {
        "pairing:file",
        "participants:export",
        "participants:import_failed",
        "insights:report_csv",
        "insights:insight_csv",
        "insights:report_pdf",
        "pairing:session_file",
        "pairing:calendar",
        "pairing:certificate",
        "milestones:plan_pdf",
    },
    "a mail inside another page": {"demo:letter_html", "home:preview_mail"},
    "for machines": {
        "ops:livez",
        "ops:readyz",
        "ops:healthz",
        "ops:metrics",
    },
    "a part of another page": {"pairing:progress"},
    "refused here": {"account_reauthenticate"},
    # Opened below, because they come after another page.
    "comes after another": {"participants:write", "account_confirm_login_code"},
}


@pytest.fixture(scope="module")
def windows(site, sample, chromium):
    """One window for each person and width, signed in once."""
    with pages(chromium) as (open_page, mistakes):

        @cache
        def window(who, width):
            page = open_page(width)
            if who:
                sign_in(page, site, getattr(sample, who))
            return page

        window.mistakes = mistakes
        yield window


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_every_page_is_accessible_and_fits(site, sample, windows, shown, width):
    page = windows(shown.who, width)
    windows.mistakes.clear()

    answer = page.goto(site.url + sample.address(shown.name, *shown.parts))

    assert answer.status == shown.status
    look_at(page, f"{shown}-{width}")
    assert windows.mistakes == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_to_write_to_people_is_accessible(site, sample, windows, width):
    page = windows("coordinator", width)
    page.goto(site.url + sample.address("participants:people", "cohort"))

    page.get_by_label("Select", exact=False).nth(1).check()
    page.get_by_role("button", name="Write to them").click()

    page.get_by_label("Subject").wait_for()
    look_at(page, f"participants-write-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_to_enter_a_mailed_code_is_accessible(site, sample, windows, width):
    page = windows("", width)
    page.goto(site.url + sample.address("account_login"))

    page.get_by_label("Work email").first.fill(sample.mentee.email)
    page.get_by_role("button", name="Email me a sign-in code").click()

    page.get_by_label("Code").wait_for()
    look_at(page, f"account-confirm-login-code-{width}")
    page.context.clear_cookies()


def look_at(page, name):
    """Check what is open for everything that must hold on each page."""
    assert in_both_lights(page, name) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert page.locator("h1").count() == 1
    assert page.title().split("·")[0].strip()


def test_every_address_is_a_page_here_or_said_to_be_none(sample):
    opened = {page.name for page in PAGES}
    none = set().union(*NO_PAGE.values())

    assert addresses(get_resolver()) == opened | none
    assert not opened & none


# One form of each app, sent as it must not be.
MISTAKES = {
    "home": (mentees("home:log", "pair"), "Save session"),
    "charter": (coordinators("charter:create_cohort", "program"), "Add the cohort"),
    "participants": (coordinators("participants:add", "to_pair"), "Add this person"),
    "pairing": (mentees("pairing:plan", "pair"), "Plan the session"),
    "milestones": (
        mentees("milestones:outcome_new", "pair", "her_side"),
        "Save the outcome",
    ),
    "feedback": (mentees("feedback:check_in", "check_in"), "Give this answer"),
    "library": (coordinators("library:new", "program"), "Save and look at it"),
    "accounts": (Page("account_login", ""), "Email me a sign-in code"),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("app", MISTAKES)
def test_a_form_with_mistakes_says_them_beside_the_fields(
    site, sample, windows, app, width
):
    shown, button = MISTAKES[app]
    page = windows(shown.who, width)
    page.goto(site.url + sample.address(shown.name, *shown.parts))

    with page.expect_response(lambda r: r.request.method == "POST") as sent:
        page.get_by_role("button", name=button).first.click()

    assert sent.value.status == 422
    page.locator("[data-error-summary]").wait_for()
    look_at(page, f"mistakes-{app}-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_plan_that_changed_meanwhile_is_told_on_the_whole_page(
    site, sample, windows, width
):
    page = windows("beside", width)
    page.goto(site.url + sample.address("pairing:workbench", "contested"))
    propose(sample.contested, by=sample.beside, at=sample.now)

    with page.expect_response(lambda r: r.request.method == "POST") as sent:
        page.get_by_role("button", name="Never pair").first.click()

    assert sent.value.status == 409
    page.get_by_role("heading", name="The plan has changed meanwhile").wait_for()
    look_at(page, f"pairing-changed-meanwhile-{width}")


# The pictures of the README: docs/development.md says how to take them anew.
SCREENS = {
    "coordinator-home": (coordinators("home:cohort", "cohort"), "desktop", "light"),
    "workbench": (coordinators("pairing:workbench", "to_pair"), "desktop", "light"),
    "pair": (Page("pairing:pair", "mentor", ("pair",)), "desktop", "light"),
    "steering-report": (
        Page("insights:report", "steering", ("program",)),
        "desktop",
        "light",
    ),
    "phone-home": (mentees("home:today"), "phone", "dark"),
    "phone-log": (mentees("home:log", "pair"), "phone", "light"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_picture_for_the_readme_is_small(site, sample, new_page, tmp_path, name):
    shown, width, theme = SCREENS[name]
    sharp = {"desktop": 1, "phone": 2}[width]
    page = new_page(width, theme, device_scale_factor=sharp)
    sign_in(page, site, getattr(sample, shown.who))
    page.goto(site.url + sample.address(shown.name, *shown.parts))

    folder = Path(os.environ.get("RECIPROCAL_PICTURES", tmp_path))
    taken = page.screenshot(path=folder / "screens" / f"{name}.png")

    assert len(taken) < 300_000
