import uuid
from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.models import User, audit
from mentorship.charter import actions
from mentorship.charter.models import CharterVersion, Cohort, Program, Role
from mentorship.charter.models.version import REQUIRED, SECTIONS
from mentorship.charter.signals import looking_for_role_warnings
from mentorship.charter.stages import Blocker
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def coordinator():
    return make.UserFactory(given_name="Ingrid", family_name="Solheim")


@pytest.fixture
def program(coordinator):
    return actions.create_program(name="Rising Leads", by=coordinator, at=NOW)


@pytest.fixture
def signed_in(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def cohort(program):
    return make.CohortFactory(program=program, name="Spring", stage="charter")


def with_role(program, kind) -> User:
    return make.RoleFactory(program=program, kind=kind).user


def draft_data(draft, **changes):
    """What the browser sends for a complete draft."""
    data = {
        "promises-version": draft.version,
        "promises-rhythm_days": 14,
        "promises-session_minutes": 45,
        "promises-first_session_days": 14,
        "promises-pilot_weeks": 5,
        "promises-most_mentees": 3,
        "promises-asks_acceptance": "on",
        "promises-asks_again": "on",
        "promises-offer_days": 7,
        "promises-reminders_a_week": 2,
        "promises-concern_reply_days": 1,
        "promises-working_days": [0, 1, 2, 3, 4],
        "promises-exit_quiet_rhythms": 4,
        "promises-exit_missed": 2,
        "outcomes-TOTAL_FORMS": 3,
        "outcomes-INITIAL_FORMS": 0,
        "steps-TOTAL_FORMS": 2,
        "steps-INITIAL_FORMS": 0,
        "steps-0-title": "Tell a coordinator",
        "steps-0-reply_days": 1,
        "steps-1-title": "",
        "steps-1-reply_days": 1,
    }
    for at, side in enumerate(["mentor", "mentee", "mentor"]):
        data |= {
            f"outcomes-{at}-side": side,
            f"outcomes-{at}-kind": "behavior",
            f"outcomes-{at}-statement": f"A {side} speaks up" if at < 2 else "",
            f"outcomes-{at}-measure": "Reviews" if at < 2 else "",
            f"outcomes-{at}-target": "3" if at < 2 else "",
        }
    data |= {f"sections-{slug}": f"About {slug}." for slug in SECTIONS}
    return data | changes


def publish(program):
    by = program.roles.first().user
    draft = program.versions.drafts().get()
    actions.save_draft(
        draft,
        version=draft.version,
        promises={},
        sections=dict.fromkeys(REQUIRED, "Come on time."),
        outcomes=[
            {
                "side": side,
                "kind": "behavior",
                "statement": f"A {side} speaks up",
                "measure": "Reviews",
                "target": "3",
            }
            for side in ("mentor", "mentee")
        ],
        steps=[{"title": "Tell a coordinator", "owner": by, "reply_days": 1}],
        by=by,
        at=NOW,
    )
    return actions.publish_charter(draft, version=draft.version, by=by, at=NOW)


# ------------------------------------------------------------------------ programs
def test_without_a_program_a_coordinator_sees_the_first_step(client):
    client.force_login(make.UserFactory(is_staff=True))
    page = client.get(reverse("charter:programs"))
    assert "No program yet" in page.text
    assert reverse("charter:create") in page.text


def test_somebody_without_a_role_is_told_where_their_page_is(client):
    client.force_login(make.UserFactory())
    page = client.get(reverse("charter:programs"))
    assert "You have no role in a program" in page.text
    assert reverse("charter:create") not in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_programs_cost_the_same_however_many(
    client, coordinator, rows, django_assert_num_queries
):
    for _again in range(rows):
        own = make.RoleFactory(user=coordinator).program
        make.CohortFactory.create_batch(2, program=own)
    client.force_login(coordinator)
    with django_assert_num_queries(5):
        page = client.get(reverse("charter:programs"))
    assert page.text.count("Add a cohort") == rows


def test_a_foreign_program_is_not_listed(signed_in, program):
    make.ProgramFactory(name="Somebody else's")
    assert "Somebody else" not in signed_in.get(reverse("charter:programs")).text


def test_a_coordinator_starts_a_program_and_coordinates_it(signed_in, program):
    data = {"name": "Second", "zone": "Europe/Oslo"}
    answer = signed_in.post(reverse("charter:create"), data)
    new = Program.objects.get(name="Second")
    assert answer.url == reverse("charter:draft", args=[new.pk])
    assert new.zone == "Europe/Oslo"


def test_a_site_administrator_names_the_coordinator(client):
    client.force_login(make.UserFactory(is_staff=True))
    data = {"name": "First", "zone": "UTC", "coordinator": "ingrid@kestrel.example"}
    answer = client.post(reverse("charter:create"), data)
    new = Program.objects.get()
    assert answer.url == reverse("charter:roles", args=[new.pk])
    assert new.roles.get().user.email == "ingrid@kestrel.example"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "a\x00b"),
        ("zone", "Mars/Olympus"),
        ("coordinator", "no address"),
        ("coordinator", "a" * 250 + "@x.example"),
        ("coordinator", "someone-who-has-left@invalid.invalid"),
    ],
)
def test_a_program_with_bad_input_is_sent_back(client, field, value):
    client.force_login(make.UserFactory(is_staff=True))
    data = {"name": "First", "zone": "UTC", "coordinator": "i@kestrel.example"}
    answer = client.post(reverse("charter:create"), data | {field: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Program.objects.exists()


def test_others_start_no_program(client, program):
    client.force_login(with_role(program, Role.Kind.STEERING))
    assert client.get(reverse("charter:create")).status_code == 403
    assert client.post(reverse("charter:create"), {"name": "x"}).status_code == 403


# --------------------------------------------------------------------------- roles
def test_a_role_is_given_and_taken_back(signed_in, program):
    url = reverse("charter:roles", args=[program.pk])
    signed_in.post(url, {"email": "new@kestrel.example", "kind": "sponsor"})
    role = program.roles.get(kind="sponsor")
    assert role.user.email == "new@kestrel.example"
    signed_in.post(reverse("charter:take_role", args=[program.pk, role.pk]))
    assert not program.roles.filter(kind="sponsor").exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"email": "x", "kind": "sponsor"},
        {"email": "new@kestrel.example", "kind": "king"},
    ],
)
def test_a_role_with_bad_input_is_sent_back(signed_in, program, data):
    answer = signed_in.post(reverse("charter:roles", args=[program.pk]), data)
    assert answer.status_code == 422
    assert program.roles.count() == 1


def test_the_same_role_again_is_sent_back(signed_in, program, coordinator):
    url = reverse("charter:roles", args=[program.pk])
    data = {"email": coordinator.email, "kind": "coordinator"}
    answer = signed_in.post(url, data)
    assert answer.status_code == 422
    assert "has that role already" in answer.text


def test_the_last_coordinator_is_told_to_name_another(signed_in, program):
    role = program.roles.get()
    url = reverse("charter:take_role", args=[program.pk, role.pk])
    page = signed_in.post(url, follow=True)
    assert "is the only coordinator" in page.text
    assert program.roles.count() == 1


def test_coordinating_and_steering_at_once_is_pointed_out(
    signed_in, program, coordinator
):
    url = reverse("charter:roles", args=[program.pk])
    assert "The report is more honest" not in signed_in.get(url).text
    make.RoleFactory(program=program, user=coordinator, kind="steering")
    assert "Ingrid Solheim coordinates the program and sits" in signed_in.get(url).text


def test_the_page_of_roles_shows_warnings_from_above(signed_in, program):
    def receiver(sender, program, **kwargs):
        return ["Ingrid is in a pair herself."]

    looking_for_role_warnings.connect(receiver)
    try:
        page = signed_in.get(reverse("charter:roles", args=[program.pk]))
    finally:
        looking_for_role_warnings.disconnect(receiver)
    assert "Ingrid is in a pair herself." in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_roles_cost_the_same_however_many(
    signed_in, program, rows, django_assert_num_queries
):
    make.RoleFactory.create_batch(rows, program=program, kind="sponsor")
    with django_assert_num_queries(8):
        page = signed_in.get(reverse("charter:roles", args=[program.pk]))
    assert page.text.count("Take back") == rows + 1


def test_a_site_administrator_sees_roles_and_no_more(client, program):
    client.force_login(make.UserFactory(is_staff=True))
    status = {
        name: client.get(reverse(f"charter:{name}", args=[program.pk])).status_code
        for name in ("roles", "charter", "draft", "audit", "create_cohort")
    }
    assert status == {
        "roles": 200,
        "charter": 404,
        "draft": 404,
        "audit": 404,
        "create_cohort": 404,
    }


# ------------------------------------------------------------------------- charter
def test_an_unpublished_charter_leads_the_coordinator_to_the_draft(signed_in, program):
    page = signed_in.get(reverse("charter:charter", args=[program.pk]))
    assert reverse("charter:draft", args=[program.pk]) in page.text


def test_a_charter_is_written_saved_reviewed_and_published(signed_in, program):
    url = reverse("charter:draft", args=[program.pk])
    draft = program.versions.get()
    answer = signed_in.post(url, draft_data(draft, then="review"))
    assert answer.url == reverse("charter:publish", args=[program.pk])
    page = signed_in.get(answer.url)
    assert "Ready to publish" in page.text
    version = page.context["version"].version
    signed_in.post(answer.url, {"version": version})
    page = signed_in.get(reverse("charter:charter", args=[program.pk]))
    assert "Version 1, in force" in page.text
    assert "About priorities." in page.text
    assert "A mentee speaks up" in page.text
    assert "Every two weeks" in page.text
    assert "4 rhythms without a session, or 2 missed in a row" in page.text


def test_a_draft_is_saved_half_done_and_says_what_is_missing(signed_in, program):
    url = reverse("charter:draft", args=[program.pk])
    data = draft_data(program.versions.get())
    data |= {f"sections-{slug}": "" for slug in SECTIONS}
    page = signed_in.post(url, data, follow=True)
    assert page.status_code == 200
    assert "The section “Boundaries” is empty." in page.text


def test_an_incomplete_draft_is_not_published(signed_in, program):
    url = reverse("charter:publish", args=[program.pk])
    page = signed_in.post(url, {"version": 1}, follow=True)
    assert "Still to do before it can be published" in page.text
    assert not program.versions.in_force().exists()


def test_a_row_is_removed_by_its_box(signed_in, program):
    url = reverse("charter:draft", args=[program.pk])
    draft = program.versions.get()
    signed_in.post(url, draft_data(draft))
    draft.refresh_from_db()
    data = draft_data(draft)
    data |= {"outcomes-INITIAL_FORMS": 2, "outcomes-0-DELETE": "on"}
    signed_in.post(url, data)
    assert [outcome.side for outcome in draft.outcomes.all()] == ["mentee"]


@pytest.mark.parametrize(
    "changes",
    [
        {"promises-pilot_weeks": 9},
        {"promises-pilot_weeks": ""},
        {"promises-working_days": [9]},
        {"promises-version": ""},
        {"promises-version": "x"},
        {"promises-version": "99999999999999999999"},
        {"sections-boundaries": "x" * 8001},
        {"sections-boundaries": "a\x00b"},
        {"outcomes-0-side": "nobody"},
        {"outcomes-2-measure": "Without a statement"},
        {"outcomes-TOTAL_FORMS": "x"},
        {"steps-0-owner": "no-uuid"},
        {"steps-0-owner": str(uuid.uuid4())},
        {"steps-0-reply_days": 99},
    ],
)
def test_a_draft_with_bad_input_comes_back_with_what_was_typed(
    signed_in, program, changes
):
    url = reverse("charter:draft", args=[program.pk])
    answer = signed_in.post(url, draft_data(program.versions.get(), **changes))
    assert answer.status_code in (409, 422)
    assert "About priorities." in answer.text
    assert program.versions.get().texts.get().sections == {}


def test_a_stale_save_shows_both_texts_and_a_second_save_keeps_mine(signed_in, program):
    url = reverse("charter:draft", args=[program.pk])
    draft = program.versions.get()
    theirs = draft_data(draft, **{"sections-priorities": "Theirs, first."})
    mine = draft_data(draft, **{"sections-priorities": "Mine, later."})
    signed_in.post(url, theirs)
    page = signed_in.post(url, mine)
    assert page.status_code == 409
    assert "Theirs, first." in page.text
    assert "Mine, later." in page.text
    assert draft.texts.get().sections["priorities"] == "Theirs, first."
    shown = page.context["forms"].promises["version"].value()
    signed_in.post(url, mine | {"promises-version": shown})
    assert draft.texts.get().sections["priorities"] == "Mine, later."


def test_what_was_typed_survives_a_publishing_by_somebody_else(signed_in, program):
    url = reverse("charter:draft", args=[program.pk])
    typed = draft_data(program.versions.get())
    publish(program)
    page = signed_in.post(url, typed)
    assert page.status_code == 409
    assert "About priorities." in page.text
    assert program.versions.drafts().get().number == 2


def test_publishing_a_page_that_is_out_of_date_asks_to_look_again(signed_in, program):
    publish(program)
    actions.start_draft(program, by=program.roles.get().user, at=NOW)
    url = reverse("charter:publish", args=[program.pk])
    page = signed_in.post(url, {"version": "1"}, follow=True)
    assert "Please look again" in page.text
    assert program.versions.in_force().get().number == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 30])
def test_publishing_with_a_bad_number_does_nothing(signed_in, program, version):
    url = reverse("charter:publish", args=[program.pk])
    assert signed_in.post(url, {"version": version}).status_code == 302
    assert not program.versions.in_force().exists()


def test_the_second_version_shows_what_changed_word_by_word(signed_in, program):
    publish(program)
    signed_in.post(reverse("charter:start_draft", args=[program.pk]))
    draft = program.versions.drafts().get()
    signed_in.post(
        reverse("charter:draft", args=[program.pk]),
        draft_data(draft, **{"sections-boundaries": "Come nearly on time."}),
    )
    page = signed_in.get(reverse("charter:changes", args=[program.pk, 2]))
    by_title = {change.title: change for change in page.context["changes"]}
    assert by_title["Boundaries"].parts == [
        ("same", "Come "),
        ("new", "nearly "),
        ("same", "on time."),
    ]
    assert by_title["How often pairs meet"].before == "Every month"
    assert "What this program is for" in by_title
    exit_ = "Ask whether to go on after this many rhythms without a session"
    assert (by_title[exit_].before, by_title[exit_].after) == ("3", "4")
    assert "Core outcomes for mentors" not in by_title
    assert "<ins>" in page.text


@pytest.mark.parametrize("number", [0, 2, 99, 99999999999999999999])
def test_there_are_no_changes_of_a_version_that_does_not_exist(
    signed_in, program, number
):
    url = reverse("charter:changes", args=[program.pk, number])
    assert signed_in.get(url).status_code == 404


def test_others_read_the_charter_but_no_draft(client, program):
    publish(program)
    actions.start_draft(program, by=program.roles.get().user, at=NOW)
    client.force_login(with_role(program, Role.Kind.SPONSOR))
    assert client.get(reverse("charter:charter", args=[program.pk])).status_code == 200
    old = reverse("charter:changes", args=[program.pk, 1])
    draft = reverse("charter:changes", args=[program.pk, 2])
    assert client.get(old).status_code == 200
    assert client.get(draft).status_code == 404
    for name in ("draft", "publish", "audit"):
        url = reverse(f"charter:{name}", args=[program.pk])
        assert client.get(url).status_code == 403
    for name in ("draft", "publish", "start_draft"):
        url = reverse(f"charter:{name}", args=[program.pk])
        assert client.post(url, {"version": 1}).status_code == 403


@pytest.mark.parametrize(
    ("name", "queries"),
    [("charter", 10), ("draft", 11), ("publish", 10), ("roles", 8), ("audit", 7)],
)
def test_pages_of_a_program_ask_the_database_little(
    signed_in, program, name, queries, django_assert_num_queries
):
    publish(program)
    actions.start_draft(program, by=program.roles.get().user, at=NOW)
    with django_assert_num_queries(queries):
        page = signed_in.get(reverse(f"charter:{name}", args=[program.pk]))
    assert page.status_code == 200


def test_the_page_of_changes_asks_the_database_little(
    signed_in, program, django_assert_num_queries
):
    publish(program)
    actions.start_draft(program, by=program.roles.get().user, at=NOW)
    with django_assert_num_queries(10):
        signed_in.get(reverse("charter:changes", args=[program.pk, 2]))


# ------------------------------------------------------------------------- cohorts
def cohort_data(**changes):
    return {
        "name": "Autumn",
        "onboarding_on": "2030-01-01",
        "pairing_on": "2030-02-01",
        "pilot_on": "2030-03-01",
        "active_on": "2030-04-01",
        "closing_on": "2030-07-01",
        "alumni_on": "2030-08-01",
        **changes,
    }


def test_a_cohort_is_added(signed_in, program):
    url = reverse("charter:create_cohort", args=[program.pk])
    answer = signed_in.post(url, cohort_data())
    cohort = Cohort.objects.get()
    assert answer.url == reverse("charter:cohort", args=[cohort.pk])
    assert str(cohort.pilot_on) == "2030-03-01"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Please fill this in."),
        ("name", "Spring", "This program has a cohort of that name."),
        ("pilot_on", "2029-01-01", "This day has to come after “Pairing starts”."),
        ("pilot_on", "31 February", "Enter a valid date."),
        ("pilot_on", "99999-01-01", "Enter a valid date."),
    ],
)
def test_a_cohort_with_bad_input_is_sent_back(
    signed_in, program, cohort, field, value, words
):
    url = reverse("charter:create_cohort", args=[program.pk])
    answer = signed_in.post(url, cohort_data(**{field: value}))
    assert answer.status_code == 422
    assert words in answer.text
    assert Cohort.objects.get() == cohort


def test_a_cohorts_days_are_changed(signed_in, cohort):
    url = reverse("charter:cohort", args=[cohort.pk])
    signed_in.post(url, cohort_data(name="Spring", alumni_on="2031-08-01"))
    cohort.refresh_from_db()
    assert str(cohort.alumni_on) == "2031-08-01"


def test_days_in_the_wrong_order_keep_what_was_typed(signed_in, cohort):
    url = reverse("charter:cohort", args=[cohort.pk])
    answer = signed_in.post(url, cohort_data(pilot_on="2020-01-01"))
    assert answer.status_code == 422
    assert "2020-01-01" in answer.text
    assert "<h1>Spring</h1>" in answer.text


def test_moving_on_says_what_still_blocks_it(signed_in, program, cohort):
    page = signed_in.get(reverse("charter:cohort", args=[cohort.pk]))
    assert "The charter is not published yet." in page.text
    assert "Move on to Onboarding" not in page.text
    publish(program)
    page = signed_in.get(reverse("charter:cohort", args=[cohort.pk]))
    assert "Move on to Onboarding" in page.text


def test_a_click_moves_the_cohort_and_a_second_click_does_not(
    signed_in, program, cohort
):
    publish(program)
    url = reverse("charter:move_cohort", args=[cohort.pk])
    signed_in.post(url, {"to": "onboarding"})
    page = signed_in.post(url, {"to": "onboarding"}, follow=True)
    cohort.refresh_from_db()
    assert cohort.stage == "onboarding"
    assert "has just been moved" in page.text


def test_a_blocked_move_is_sent_back(signed_in, cohort):
    url = reverse("charter:move_cohort", args=[cohort.pk])
    answer = signed_in.post(url, {"to": "onboarding", "because": "Please"})
    assert answer.status_code == 422
    cohort.refresh_from_db()
    assert cohort.stage == "charter"


def test_passing_a_warning_asks_for_the_reason(
    signed_in, program, cohort, heard_blockers
):
    heard_blockers["onboarding"] = [Blocker("Nobody has joined.", waivable=True)]
    publish(program)
    url = reverse("charter:move_cohort", args=[cohort.pk])
    answer = signed_in.post(url, {"to": "onboarding"})
    assert answer.status_code == 422
    assert answer.context["moving"].errors["because"]
    signed_in.post(url, {"to": "onboarding", "because": "They join tomorrow."})
    assert cohort.stage_changes.get().waived_because == "They join tomorrow."


@pytest.mark.parametrize("to", ["", "nonsense", "alumni"])
def test_a_move_to_nowhere_changes_nothing(signed_in, cohort, to):
    url = reverse("charter:move_cohort", args=[cohort.pk])
    assert signed_in.post(url, {"to": to}).status_code in (302, 422)
    cohort.refresh_from_db()
    assert cohort.stage == "charter"


def test_the_rhythm_of_check_ins_is_set(signed_in, cohort):
    url = reverse("charter:rhythm", args=[cohort.pk])
    data = {"weekday": "3", "at": "10:30", "every_weeks": "2"}
    assert signed_in.post(url, data).status_code == 302
    rhythm = cohort.rhythms.get()
    assert (rhythm.weekday, rhythm.at, rhythm.every_weeks) == (3, time(10, 30), 2)


@pytest.mark.parametrize(
    ("field", "value"),
    [("weekday", "9"), ("weekday", ""), ("at", "25:99"), ("every_weeks", "0")],
)
def test_a_rhythm_with_bad_input_is_sent_back(signed_in, cohort, field, value):
    url = reverse("charter:rhythm", args=[cohort.pk])
    data = {"weekday": "3", "at": "10:30", "every_weeks": "2"}
    assert signed_in.post(url, data | {field: value}).status_code == 422
    assert not cohort.rhythms.exists()


@pytest.mark.parametrize(
    ("stage", "queries"),
    [
        ("charter", 11),
        ("onboarding", 11),
        ("pairing", 10),
        ("pilot", 10),
        ("active", 9),
        ("closing", 10),
        ("alumni", 8),
    ],
)
def test_the_page_of_a_cohort_asks_the_database_little(
    signed_in, program, stage, queries, django_assert_num_queries
):
    cohort = make.CohortFactory(program=program, stage=stage)
    make.PairFactory.create_batch(3, cohort=cohort)
    with django_assert_num_queries(queries):
        signed_in.get(reverse("charter:cohort", args=[cohort.pk]))


@pytest.mark.parametrize("kind", ["facilitator", "steering", "sponsor"])
def test_others_neither_see_nor_move_a_cohort(client, program, cohort, kind):
    client.force_login(with_role(program, kind))
    for name in ("cohort", "move_cohort", "rhythm"):
        url = reverse(f"charter:{name}", args=[cohort.pk])
        assert client.post(url, {"to": "onboarding"}).status_code == 403
    create = reverse("charter:create_cohort", args=[program.pk])
    assert client.get(create).status_code == 403


def test_strangers_find_nothing(client, program, cohort):
    client.force_login(make.RoleFactory().user)
    of_program = ("charter", "draft", "publish", "roles", "create_cohort", "audit")
    urls = [reverse(f"charter:{name}", args=[program.pk]) for name in of_program]
    urls += [reverse("charter:cohort", args=[cohort.pk])]
    assert {client.get(url).status_code for url in urls} == {404}


def test_the_signed_out_are_sent_to_sign_in(client, program):
    answer = client.get(reverse("charter:charter", args=[program.pk]))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


# ----------------------------------------------------------------------------- log
@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_costs_the_same_however_long(
    signed_in, program, rows, django_assert_num_queries
):
    for _again in range(rows):
        audit(
            "gave role",
            make.UserFactory(),
            by=program.roles.get().user,
            program_id=program.pk,
            role="sponsor",
        )
    with django_assert_num_queries(7):
        page = signed_in.get(reverse("charter:audit", args=[program.pk]))
    assert page.text.count("role: sponsor") == rows


def test_the_log_says_who_did_what_to_whom(signed_in, program):
    page = signed_in.get(reverse("charter:audit", args=[program.pk]))
    assert "Gave role" in page.text
    assert "Ingrid Solheim, role: coordinator" in page.text


def test_the_log_counts_what_an_entry_lists(signed_in, program, coordinator):
    several = ["13da59fd", "539d276d"]
    audit(
        "invited people", program, by=coordinator, program_id=program.pk, places=several
    )
    page = signed_in.get(reverse("charter:audit", args=[program.pk]))
    assert "places: 2" in page.text
    assert "13da59fd" not in page.text


@pytest.mark.parametrize("query", ["sort=nonsense", "page=0", "page=x", "page=999"])
def test_the_log_bears_any_address(signed_in, program, query):
    url = reverse("charter:audit", args=[program.pk])
    assert signed_in.get(f"{url}?{query}").status_code == 200


def test_the_log_of_another_program_is_not_shown(signed_in, program):
    audit(
        "gave role",
        make.UserFactory(),
        by=program.roles.get().user,
        program_id=uuid.uuid4(),
        role="secret role",
    )
    page = signed_in.get(reverse("charter:audit", args=[program.pk]))
    assert "secret role" not in page.text


def test_a_charter_version_is_shown_whole(signed_in, program):
    version = publish(program)
    page = signed_in.get(reverse("charter:charter", args=[program.pk]))
    assert page.context["version"] == version
    assert "Tell a coordinator" in page.text
    assert version.state == CharterVersion.State.IN_FORCE


# -------------------------------------------------------- wishes and busy weeks
@pytest.mark.parametrize(
    ("until", "status"),
    [("2030-02-01", 302), ("2030-03-01", 302), ("2030-01-31", 422), ("", 302)],
)
def test_wishes_end_between_pairing_and_pilot(signed_in, cohort, until, status):
    url = reverse("charter:cohort", args=[cohort.pk])
    days = {"pairing_on": "2030-02-01", "pilot_on": "2030-03-01"}
    answer = signed_in.post(url, cohort_data(**days, wishes_until=until))
    assert answer.status_code == status
    if status == 422:
        assert "from the start of pairing" in answer.text


def test_busy_days_are_added_and_removed(signed_in, cohort):
    days = {"starts_on": "2030-03-04", "ends_on": "2030-03-08"}
    signed_in.post(reverse("charter:busy", args=[cohort.pk]), days)
    busy = cohort.busy_times.get()
    assert (
        "4 March 2030"
        in signed_in.get(reverse("charter:cohort", args=[cohort.pk])).text
    )
    signed_in.post(reverse("charter:drop_busy", args=[cohort.pk, busy.pk]))
    assert not cohort.busy_times.exists()


def test_busy_days_in_the_wrong_order_are_sent_back(signed_in, cohort):
    days = {"starts_on": "2030-03-08", "ends_on": "2030-03-04"}
    answer = signed_in.post(reverse("charter:busy", args=[cohort.pk]), days)
    assert answer.status_code == 422
    assert 'value="2030-03-08"' in answer.text
    assert not cohort.busy_times.exists()


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("cohort", {**cohort_data(pilot_on=""), "wishes_until": "9999-12-31"}),
        ("busy", {"starts_on": "2030-03-08", "ends_on": "9999-12-31"}),
    ],
)
def test_a_day_beyond_all_planning_is_sent_back(signed_in, cohort, name, sent):
    answer = signed_in.post(reverse(f"charter:{name}", args=[cohort.pk]), sent)
    assert answer.status_code == 422
    assert "too far away" in answer.text
