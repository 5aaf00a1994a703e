"""Report, mail choices and delivery in a real browser, at both widths and lights."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.insights import actions
from mentorship.insights.models import Period
from mentorship.outbox.letter import unsubscribe_url
from tests import factories as make
from tests.axe import in_both_lights
from tests.browser import WIDTHS, picture, sign_in
from tests.insights.answers import everybody_answers
from tests.insights.closed import closed_pairs
from tests.insights.scene import AFTER, BEFORE, START, a_spring, meet, settle_all

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)


def a_program(pairs=23):
    """A spring in which most pairs met about every two weeks and many answered."""
    scene = a_busy_spring(pairs)
    settle_all(AFTER)
    return scene.program


def a_busy_spring(pairs):
    scene = a_spring(pairs, name="Rising Leads")
    for side, statement in (
        ("mentee", "Speaks up in case reviews"),
        ("mentor", "Asks before advising"),
    ):
        make.CoreOutcomeFactory(
            charter=scene.program.in_force, side=side, statement=statement
        )
    actions.open_periods(BEFORE)
    for number, pair in enumerate(scene.pairs):
        days = range(number % 9, 84, 14 if number % 5 else 40)
        meet(pair, *days, state="written" if number % 3 else "asked")
        if number % 2:
            make.MilestoneFactory(pair=pair, state="tried", due_on=START, done_on=START)
    everybody_answers(scene)
    return scene


@pytest.mark.parametrize("pairs", [23, 4, 0])
def test_the_report_reads_well_for_everyone(new_page, live_server, pairs):
    program = a_program(pairs)
    reader = make.RoleFactory(program=program, kind="steering").user
    address = live_server.url + reverse("insights:report", args=[program.pk])
    for width in WIDTHS:
        page = new_page(width)
        sign_in(page, live_server, reader)
        page.goto(address)
        assert in_both_lights(page, f"report-{pairs}-{width}") == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= window.innerWidth"
        )


def test_the_report_prints_its_tables_and_not_its_buttons(new_page, live_server):
    program = a_program()
    page = new_page()
    sign_in(page, live_server, make.RoleFactory(program=program, kind="sponsor").user)
    page.goto(live_server.url + reverse("insights:report", args=[program.pk]))
    assert page.get_by_role("button", name="Print").is_visible()
    page.emulate_media(media="print")
    picture(page, "report-print")
    assert page.get_by_role("button", name="Print").is_hidden()
    assert page.get_by_text("Printed from Reciprocal").is_visible()
    assert page.get_by_role("link", name="CSV").is_hidden()


def test_on_paper_the_report_begins_with_words_and_keeps_its_tables(
    new_page, live_server, tmp_path
):
    program = a_program(12)
    page = new_page()
    sign_in(page, live_server, make.RoleFactory(program=program, kind="steering").user)
    page.goto(live_server.url + reverse("insights:report", args=[program.pk]))
    page.emulate_media(media="print")
    words = page.inner_text("article")
    assert words.index("met at least once") < words.index("What has shifted")
    assert "among the" in words
    assert "Please do not try to identify people" in words
    folder = Path(os.environ.get("RECIPROCAL_PICTURES", tmp_path))
    made = page.pdf(path=folder / "report.pdf", format="A4", tagged=True)
    assert b"/StructTreeRoot" in made
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", made)) <= 8
    with page.expect_download() as file:
        page.emulate_media(media="screen")
        page.get_by_role("link", name="PDF").click()
    assert Path(file.value.path()).read_bytes().startswith(b"%PDF")


def test_a_coordinator_opens_looks_publishes_and_closes(new_page, live_server):
    """The whole life of a period, by the hands of one coordinator."""
    scene = a_busy_spring(12)
    Period.objects.all().delete()
    ingrid = make.RoleFactory(program=scene.program).user
    page = new_page()
    sign_in(page, live_server, ingrid)
    page.goto(live_server.url + reverse("insights:report", args=[scene.program.pk]))
    page.get_by_role("link", name="Periods").click()
    page.get_by_role("button", name="Open it now").click()
    page.get_by_text("Who belongs to it is settled").wait_for()
    assert page.get_by_role("heading", name="What the report will hold").is_visible()
    page.get_by_label("In your own words").fill("Most pairs meet as they planned.")
    page.get_by_role("button", name="Keep these words").click()
    page.get_by_text("It will stand at the top of the report").wait_for()
    assert page.get_by_text("A period lasts a month at least").is_visible()

    # Five weeks go by.
    past = {"starts_on": timezone.now().date() - timedelta(days=35)}
    Period.objects.update(**past)
    page.reload()
    page.get_by_role("button", name="Close it with yesterday").click()
    page.get_by_text("Closed. What comes late no longer counts.").wait_for()
    actions.sweep_periods(timezone.now())
    page.reload()
    picture(page, "period-waits")
    page.get_by_role("link", name="See what the steering group will see").click()
    page.get_by_text("This is exactly what the steering group will see").wait_for()
    seen = page.inner_text("article")
    assert "Most pairs meet as they planned." in seen
    page.get_by_role("link", name="Publish or withhold it").click()
    page.get_by_role("button", name="Publish it now").click()
    page.get_by_text("Published. It stays as it is").wait_for()
    page.get_by_role("link", name="Read the report").click()
    published = page.inner_text("article").replace("CSV\nPDF\nPrint\n", "")
    assert published.replace("Periods\n", "").split() == seen.split()


def test_choosing_and_stopping_mail_reads_well(new_page, live_server):
    person = make.UserFactory()
    stop = unsubscribe_url(person.pk, "check-in").removeprefix("http://localhost:8000")
    for width in WIDTHS:
        page = new_page(width)
        page.goto(live_server.url + stop)
        assert in_both_lights(page, f"unsubscribe-{width}") == []
        page.get_by_role("button", name="Stop these mails").click()
        assert page.get_by_role("heading", name="You will get no more of these")
        sign_in(page, live_server, person)
        page.goto(live_server.url + reverse("outbox:preferences"))
        assert in_both_lights(page, f"preferences-{width}") == []
        by_mail = page.locator("[name=wanted]")
        assert by_mail.and_(page.locator("[value=session]")).is_checked()
        assert not by_mail.and_(page.locator("[value=check-in]")).is_checked()


def test_delivery_reads_well(new_page, live_server):
    cohort = make.CohortFactory()
    program = cohort.program
    for state, more in (
        ("dead", {"last_error": "550 No such person"}),
        ("pending", {}),
        ("skipped", {"skipped_because": "cap"}),
    ):
        make.NoticeFactory(program_id=program.pk, state=state, **more)
    ingrid = make.RoleFactory(program=program).user
    for width in WIDTHS:
        page = new_page(width)
        sign_in(page, live_server, ingrid)
        page.goto(live_server.url + reverse("ops:delivery", args=[program.pk]))
        assert in_both_lights(page, f"delivery-{width}") == []
    page.get_by_role("button", name="Try again").click()
    assert page.get_by_text("We try again within a minute.").is_visible()


def test_what_ended_pairs_suggest_reads_well(new_page, live_server):
    program = make.ProgramFactory(name="Rising Leads")
    closed_pairs(program, 120)
    coordinator = make.RoleFactory(program=program).user
    address = live_server.url + reverse("insights:learning", args=[program.pk])
    for width in WIDTHS:
        page = new_page(width)
        sign_in(page, live_server, coordinator)
        page.goto(address)
        assert in_both_lights(page, f"learning-{width}") == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= window.innerWidth"
        )
    page.get_by_text("Read as a table").click()
    assert page.get_by_role("columnheader", name="Suggested").is_visible()
