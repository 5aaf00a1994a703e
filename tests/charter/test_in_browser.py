"""What accounts and charter do in a real browser; tests/journeys looks at each page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.charter import actions
from mentorship.demo.people import PEOPLE
from tests import axe
from tests import factories as make
from tests.browser import picture, sign_in
from tests.charter.test_views import publish
from tests.demo.test_entering import DemoUrls

pytestmark = pytest.mark.django_db(transaction=True)

SECTIONS = {
    "priorities": "Kestrel loses good people in the years between being **skilled** "
    "and being **heard**. Rising Leads brings together somebody who has walked that "
    "stretch and somebody who is on it.",
    "mentor_gains": "- Practice coaching, with honest feedback\n"
    "- See the organization from another floor",
    "mentor_does": "- Ask before advising",
    "mentor_decides": "Which stories to tell.",
    "mentee_gains": "- A place to think aloud\n- One real try at leading something",
    "mentee_does": "- Steer the agenda",
    "mentee_decides": "What to bring.",
    "expectations": "- We prepare for ten minutes, and we turn up.\n"
    "- Both of us name something we want to learn.",
    "time_commitment": "About two hours a month, in working hours.",
    "confidentiality": "What we say stays between us, unless someone may be harmed.",
    "boundaries": "- This is not line management, appraisal or therapy.",
    "dissent": "Say so, and say what you would do instead.",
    "exit_criteria": "Either of us may end the pairing, without blame.",
}


@pytest.fixture
def program():
    ingrid = make.UserFactory(
        given_name="Ingrid",
        family_name="Solheim",
        email="ingrid.solheim@kestrel.example",
    )
    program = actions.create_program(
        name="Rising Leads", by=ingrid, at=timezone.now(), zone="Europe/Oslo"
    )
    publish(program)
    make.RoleFactory(program=program, user=ingrid, kind="steering")
    draft = actions.start_draft(program, by=ingrid, at=timezone.now())
    actions.save_draft(
        draft,
        version=draft.version,
        promises={"rhythm_days": 14},
        sections=SECTIONS,
        outcomes=list(draft.outcomes.values("slug", "side", "kind", "statement")),
        steps=[
            {"title": "Say it to each other", "owner": None, "reply_days": 1},
            {"title": "Tell the coordinator", "owner": ingrid, "reply_days": 1},
        ],
        by=ingrid,
        at=timezone.now(),
    )
    return program


def test_the_door_of_the_demo_is_accessible_and_leads_in(
    live_server, new_page, settings
):
    settings.DEMO, settings.ROOT_URLCONF = True, DemoUrls
    settings.LOGIN_REDIRECT_URL = "/settings/"
    make.UserFactory(email=PEOPLE["mentee"][1], given_name="Linh")
    page = new_page("phone")
    page.goto(live_server.url + reverse("account_login"))
    assert axe.in_both_lights(page, "door-demo") == []
    page.get_by_role("button", name="Mentee").click()
    page.wait_for_url("**/settings/")
    assert "Linh" in page.content()


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_a_draft_is_written_with_one_row_after_another(
    live_server,
    new_page,
    program,
    js,
):
    page = new_page(js=js)
    sign_in(page, live_server, program.roles.first().user)
    page.goto(live_server.url + reverse("charter:draft", args=[program.pk]))
    last = page.locator("#outcomes fieldset").last
    last.get_by_label("What should be different").fill("Juniors stay")
    page.get_by_role("button", name="Save and add an outcome").click()
    page.wait_for_url("**#outcomes")
    assert page.locator("#outcomes fieldset").count() == 4
    first = page.locator("#outcomes fieldset").first
    first.get_by_label("Remove this one when saving").check()
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_text("Only coordinators see the draft.", exact=False).first.wait_for()
    assert page.locator("#outcomes fieldset").count() == 3
    draft = program.versions.drafts().get()
    assert "Juniors stay" in [outcome.statement for outcome in draft.outcomes.all()]


def test_somebody_signs_in_with_the_keyboard_alone(
    live_server,
    new_page,
    mailoutbox,
):
    user = make.UserFactory(email="linh@kestrel.example")
    page = new_page("phone")
    page.goto(f"{live_server.url}/settings/")
    page.get_by_label("Work email").first.focus()
    page.keyboard.type(user.email)
    page.keyboard.press("Enter")
    page.get_by_label("Code").wait_for()
    code = mailoutbox[0].subject.rsplit(" ", 1)[1]
    page.get_by_label("Code").focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings/")
    assert page.get_by_role("heading", name="Settings").is_visible()


def test_failed_forms_take_the_focus_to_what_is_wrong(
    live_server,
    new_page,
    program,
):
    page = new_page("phone", "dark")
    sign_in(page, live_server, program.roles.first().user)
    page.goto(live_server.url + reverse("charter:create_cohort", args=[program.pk]))
    page.get_by_role("button", name="Add the cohort").click()
    page.locator("[data-error-summary]").wait_for()
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert axe.violations(page) == []
    picture(page, "cohort-error-phone-dark")
