"""The pages of a pair in a real browser: kept, quick to fill in, and never too wide."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.models import Reflection
from mentorship.home.actions import log_conversation
from milestones.actions import Promised
from milestones.models import Milestone
from pairing import actions
from pairing.models import Session
from tests.browser import sign_in
from tests.factories import (
    CharterFactory,
    CheckInFactory,
    CohortFactory,
    CoreOutcomeFactory,
    MentorFactory,
    MilestoneFactory,
    OutcomeFactory,
    PairFactory,
    ParticipantFactory,
    RhythmFactory,
    RoleFactory,
    UserFactory,
)

NOW = timezone.now()
TODAY = NOW.date()
WORDS = [
    "Asking before advising",
    "After the first review: what worked",
    "Preparing for the May review",
]


@pytest.fixture
def pair(transactional_db):
    """Kwame and Linh, six weeks on."""
    cohort = CohortFactory(name="Rising Leads, spring")
    core = CoreOutcomeFactory(charter=CharterFactory(program=cohort.program))
    CoreOutcomeFactory(
        charter=core.charter, side="mentor", statement="Coaches instead of fixing"
    )
    RhythmFactory(cohort=cohort)
    kwame = UserFactory(given_name="Kwame", family_name="Boateng")
    linh = UserFactory(
        given_name="Thị Linh", family_name="Nguyễn", called="Linh", zone="Asia/Tokyo"
    )
    pair = PairFactory(
        cohort=cohort,
        mentor=MentorFactory(cohort=cohort, user=kwame),
        mentee=ParticipantFactory(cohort=cohort, user=linh),
        state="pilot",
        started_on=TODAY - timedelta(days=60),
        pilot_due_on=TODAY + timedelta(days=5),
    )
    with_a_road(pair, core)
    with_sessions(pair)
    return pair


def with_a_road(pair, core):
    mentor_aim = {
        "side": "mentor",
        "title": "Ask before I advise when somebody brings me a problem",
        "observable": "Linh says she found the answer herself",
        "measure": "Sessions in which I asked first",
        "baseline": "1 in 5",
        "target": "4 in 5",
    }
    mentee_aim = {"title": "Speak up in case reviews"}
    for aim in (mentor_aim, mentee_aim):
        outcome = OutcomeFactory(pair=pair, core_outcome=core, **aim)
        MilestoneFactory(pair=pair, outcome=outcome)
    Milestone.objects.create(
        pair=pair,
        title="Each name one thing to learn",
        due_on=TODAY - timedelta(days=30),
        done_on=TODAY - timedelta(days=33),
        state="reached",
        mentor_confirmed_at=NOW,
        mentee_confirmed_at=NOW,
    )


def with_sessions(pair):
    linh, kwame = pair.mentee.user, pair.mentor.user
    for n, topic in enumerate(WORDS):
        by = (linh, kwame)[n % 2]
        log_conversation(
            pair,
            by=by,
            at=NOW,
            session={
                "held_on": TODAY - timedelta(days=40 - 9 * n),
                "minutes": 30 + 15 * n,
                "channel": ("in person", "video", "phone")[n],
                "topics": [topic, "Speak up in case reviews"],
                "useful": "It helped to say it aloud." if n else "",
            },
            promises=[Promised(f"Send the template, part {n}", "mentee", "mentor")],
        )
    plan = {"by": kwame, "at": NOW, "minutes": 45, "channel": "in person"}
    for days in (-3, 2):
        starts_at = NOW + timedelta(days=days)
        actions.plan_session(pair, starts_at=starts_at, place="The café", **plan)
    actions.ask_pilot_questions(NOW)
    CheckInFactory(pair=pair)


def pages(pair):
    """Every page of the pair with the reader who opens it."""
    mentee = pair.mentee.user
    asked = Reflection.objects.asked().of(mentee).first()
    planned = pair.sessions.planned().first()
    coordinator = RoleFactory(
        program=pair.cohort.program, user=UserFactory(given_name="Ingrid")
    ).user
    return {
        "me": (mentee, reverse("home:me")),
        "pair": (mentee, reverse("pairing:pair", args=[pair.pk])),
        "pair-facts": (coordinator, reverse("pairing:pair", args=[pair.pk])),
        "log": (mentee, reverse("home:log", args=[pair.pk])),
        "plan": (mentee, reverse("pairing:move", args=[planned.pk])),
        "pilot": (mentee, reverse("pairing:pilot", args=[pair.pk])),
        "session": (
            mentee,
            reverse("pairing:session", args=[pair.sessions.held().first().pk]),
        ),
        "outcome": (
            mentee,
            reverse("milestones:outcome_new", args=[pair.pk, "mentor"]),
        ),
        "milestone": (
            mentee,
            reverse("milestones:milestone", args=[pair.milestones.first().pk]),
        ),
        "reflect": (mentee, reverse("feedback:reflect", args=[asked.pk])),
        "check-in": (
            mentee,
            reverse("feedback:check_in", args=[pair.check_ins.get().pk]),
        ),
    }


def test_nothing_is_wider_than_a_small_phone(live_server, new_page, pair):
    pair.outcomes.update(title="Donaudampfschifffahrtsgesellschaftskapitän " * 3)
    page = new_page("phone")
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, live_server, pair.mentee.user)
    too_wide = []
    for name, (reader, url) in pages(pair).items():
        if reader == pair.mentee.user:
            page.goto(live_server.url + url)
            across = page.evaluate("document.documentElement.scrollWidth")
            too_wide += [(name, across)] if across > 320 else []
    assert too_wide == []


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_a_session_is_logged_with_at_most_eight_taps(live_server, new_page, pair, js):
    page = new_page("phone", js=js)
    sign_in(page, live_server, pair.mentee.user)
    page.goto(live_server.url)
    before = Session.objects.held().count()
    taps = 0
    for target in (
        page.get_by_role("link", name="Log", exact=True),
        page.get_by_text("Wellbeing", exact=True),
        page.get_by_role("button", name="Save session"),
    ):
        target.tap()
        taps += 1
    page.get_by_text("is asked to confirm").wait_for()
    assert taps <= 8
    assert Session.objects.held().count() == before + 1


def test_a_draft_survives_a_reload_and_is_gone_once_saved(live_server, new_page, pair):
    page = new_page("phone")
    sign_in(page, live_server, pair.mentee.user)
    url = live_server.url + reverse("home:log", args=[pair.pk])
    page.goto(url)
    form_id = page.locator("[name=form_id]").input_value()
    page.get_by_label("What was useful to you").fill("We rehearsed")
    page.get_by_text("Wellbeing", exact=True).tap()
    page.reload()
    assert page.get_by_label("What was useful to you").input_value() == "We rehearsed"
    assert page.get_by_label("Wellbeing").is_checked()
    assert page.locator("[name=form_id]").input_value() == form_id
    page.get_by_role("button", name="Save session").tap()
    page.get_by_text("is asked to confirm").wait_for()
    page.goto(url)
    assert page.get_by_label("What was useful to you").input_value() == ""
    assert page.locator("[name=form_id]").input_value() != form_id


def test_a_scale_counts_only_once_it_is_moved(live_server, new_page, pair):
    page = new_page("phone")
    sign_in(page, live_server, pair.mentee.user)
    page.goto(live_server.url + reverse("home:log", args=[pair.pk]))
    scale = page.get_by_label("Confidence")
    assert page.locator("[name=confidence-skip]").is_checked()
    scale.fill("4")
    assert not page.locator("[name=confidence-skip]").is_checked()
    assert scale.get_attribute("aria-valuetext") == "Steady"
