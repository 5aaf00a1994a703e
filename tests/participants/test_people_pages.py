"""The list of people and one person's page, as coordinators use them."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from mentorship.participants.models import Availability, Participant, Profile
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 10


@pytest.fixture
def cohort():
    cohort = make.CohortFactory()
    make.CharterFactory(program=cohort.program)
    return cohort


@pytest.fixture
def coordinator(cohort, client):
    user = make.RoleFactory(program=cohort.program).user
    client.force_login(user)
    return user


def url(name, cohort, *args):
    return reverse(f"participants:{name}", args=[cohort.pk, *args])


def names_on(answer):
    return re.findall(r"/people/[^/]+/\">([^<]+)</a>", answer.content.decode())


def uninvited(cohort, **fields):
    fields = {"state": "imported", "joined_at": None, "oriented_at": None} | fields
    return make.ParticipantFactory(cohort=cohort, **fields)


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, cohort, coordinator, size, django_assert_num_queries
):
    for _ in range(size):
        make.a_ready(make.MentorFactory, cohort, site="Ashby")

    with django_assert_num_queries(PAGE_QUERIES):
        answer = client.get(url("people", cohort))

    assert len(names_on(answer)) == size


def test_a_stranger_finds_no_list_and_a_reader_may_not_see_it(client, cohort):
    client.force_login(make.UserFactory())
    stranger = client.get(url("people", cohort)).status_code
    client.force_login(make.RoleFactory(program=cohort.program, kind="steering").user)
    reader = client.get(url("people", cohort)).status_code

    assert (stranger, reader) == (404, 403)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "amara"},
        {"q": "AMARA okafor"},
        {"q": "amara@kestrel"},
        {"q": "nursing ashby"},
        {"q": "ward manager"},
        {"q": "speaking"},
        {"side": "mentor"},
        {"state": "joined"},
        {"readiness": "yes"},
        {"site": "Ashby"},
    ],
)
def test_one_person_is_found_by_what_is_known_of_them(
    client, cohort, coordinator, query
):
    make.SkillFactory(program=cohort.program, slug="public-speaking")
    amara = make.UserFactory(
        given_name="Amara", family_name="Okafor", email="amara@kestrel.example"
    )
    make.a_ready(
        make.MentorFactory,
        cohort,
        user=amara,
        function="Nursing",
        site="Ashby",
        job_title="Ward manager",
    )
    uninvited(cohort, function="Finance", site="Northgate")

    assert names_on(client.get(url("people", cohort), query)) == ["Amara Okafor"]


def test_not_ready_yet_is_a_saved_view(client, cohort, coordinator):
    make.a_ready(make.MentorFactory, cohort)
    waiting = uninvited(cohort)

    answer = client.get(url("people", cohort), {"readiness": "no"})

    assert names_on(answer) == [waiting.name]
    view = next(v for v in answer.context["views"] if v["current"])
    assert (view["label"], view["count"]) == ("Not ready yet", 1)


@pytest.mark.parametrize(
    "query",
    [
        {"page": "900"},
        {"page": "x"},
        {"sort": "nonsense"},
        {"site": "Nowhere"},
        {"state": "asleep"},
        {"side": "'"},
        {"q": "%_\\"},
        {"q": "x" * 3000},
    ],
)
def test_odd_questions_get_a_page(client, cohort, coordinator, query):
    uninvited(cohort)

    assert client.get(url("people", cohort), query).status_code == 200


@pytest.mark.parametrize(
    "sort", ["name", "-name", "sides", "capacity", "site", "state"]
)
def test_the_list_can_be_sorted(client, cohort, coordinator, sort):
    make.MentorFactory.create_batch(2, cohort=cohort)

    answer = client.get(url("people", cohort), {"sort": sort})

    assert len(names_on(answer)) == 2


def test_a_page_holds_25_people(client, cohort, coordinator):
    for _ in range(27):
        uninvited(cohort)

    answer = client.get(url("people", cohort))

    assert len(names_on(answer)) == 25
    assert "1 to 25 of 27" in answer.content.decode()


def test_the_ticked_people_are_invited_and_nobody_else(client, cohort, coordinator):
    ticked, other = uninvited(cohort), uninvited(cohort)

    answer = client.post(
        url("invite", cohort),
        {"select": [ticked.pk, "junk"], "matching": "side=mentee"},
    )

    assert answer["Location"] == url("people", cohort) + "?side=mentee"
    ticked.refresh_from_db()
    other.refresh_from_db()
    assert (ticked.state, other.state) == ("invited", "imported")


def test_all_that_match_are_invited_beyond_the_page(client, cohort, coordinator):
    for _ in range(30):
        uninvited(cohort, site="Ashby")
    elsewhere = uninvited(cohort, site="Northgate")

    client.post(url("invite", cohort), {"all": "1", "matching": "site=Ashby"})

    assert Notice.objects.count() == 30
    elsewhere.refresh_from_db()
    assert elsewhere.state == "imported"


def test_a_ticked_place_of_another_cohort_is_left_alone(client, cohort, coordinator):
    foreign = uninvited(make.CohortFactory())

    client.post(url("invite", cohort), {"select": [foreign.pk]})

    foreign.refresh_from_db()
    assert foreign.state == "imported"


def test_inviting_without_a_charter_says_what_to_do(client):
    cohort = make.CohortFactory()
    client.force_login(make.RoleFactory(program=cohort.program).user)
    place = uninvited(cohort)

    answer = client.post(url("invite", cohort), {"select": [place.pk]}, follow=True)

    assert "Publish the charter before" in answer.content.decode()


def test_reminding_says_how_many(client, cohort, coordinator):
    late = timezone.now() - timedelta(days=3)
    place = uninvited(cohort, state="invited", invited_at=late)

    answer = client.post(url("remind", cohort), {"select": [place.pk]}, follow=True)

    assert "One person gets a reminder" in answer.content.decode()


def message(**more):
    text = "See you on Monday.\n\nIngrid"
    form_id = "7f3b1f8e-8a43-4c8d-9a3c-0d6a4f6f3f11"
    return {"subject": "Kick-off", "text": text, "form_id": form_id} | more


def test_a_message_is_seen_before_it_is_queued(client, cohort, coordinator):
    places = [make.ParticipantFactory(cohort=cohort) for _ in range(2)]
    ticked = {"select": [place.pk for place in places]}

    composed = client.post(url("write", cohort), ticked)
    preview = client.post(url("write", cohort), message(step="preview", **ticked))
    queued_by_then = Notice.objects.count()
    for _ in range(2):
        client.post(url("write", cohort), message(step="send", **ticked))

    assert composed.status_code == preview.status_code == 200
    assert "<p>See you on Monday.</p>" in preview.content.decode()
    assert "Send to 2 people" in preview.content.decode()
    assert queued_by_then == 0
    assert Notice.objects.count() == 2


def test_a_message_without_words_is_refused_and_kept(client, cohort, coordinator):
    place = make.ParticipantFactory(cohort=cohort)

    answer = client.post(
        url("write", cohort), message(step="send", text="", select=[place.pk])
    )

    assert answer.status_code == 422
    assert 'value="Kick-off"' in answer.content.decode()
    assert not Notice.objects.exists()


def test_writing_to_nobody_leads_back(client, cohort, coordinator):
    answer = client.post(url("write", cohort), {}, follow=True)

    assert "First tick the people" in answer.content.decode()


def test_the_export_holds_what_the_filter_finds_and_is_noted(
    client, cohort, coordinator
):
    user = make.UserFactory(given_name="=HYPERLINK(1)", family_name="")
    make.a_ready(make.MentorFactory, cohort, user=user, site="Ashby")
    uninvited(cohort, site="Northgate")

    answer = client.get(url("export", cohort, "csv"), {"site": "Ashby"})

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Name,Email,Side,Wants to work on,Offers,Capacity")
    assert lines[1].startswith(f"'=HYPERLINK(1),{user.email},Mentor")
    assert lines[1].endswith("Ready")
    assert AuditEntry.objects.filter(verb="exported people").count() == 1


def test_the_export_comes_as_xlsx_too_and_as_nothing_else(client, cohort, coordinator):
    uninvited(cohort)

    assert client.get(url("export", cohort, "xlsx")).content[:2] == b"PK"
    assert client.get(url("export", cohort, "exe")).status_code == 404


def person(**changes):
    return {
        "given_name": "Rosa",
        "family_name": "Huamán",
        "email": "Rosa.Huaman@kestrel.example",
        "joins_as": "both",
        "capacity": "1",
        "invite": "on",
    } | changes


def test_a_person_is_added_and_invited(client, cohort, coordinator):
    client.post(url("add", cohort), person())

    place = Participant.objects.get(cohort=cohort)
    assert (place.is_mentor, place.is_mentee, place.capacity) == (True, True, 1)
    assert (place.state, Notice.objects.count()) == ("invited", 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "rosa.kestrel"}, "Enter an email address with an @"),
        ({"joins_as": ""}, "Choose mentor, mentee or both"),
        ({"capacity": "12"}, "Capacity can be 1 to 3"),
        ({"capacity": "two"}, "Capacity can be 1 to 3"),
        ({"capacity": ""}, "Say how many pairs at once"),
    ],
)
def test_a_slip_is_explained_and_what_was_typed_is_kept(
    client, cohort, coordinator, changes, words
):
    answer = client.post(url("add", cohort), person(**changes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="Huamán"' in page
    assert "<title>Error:" in page


def test_adding_somebody_twice_is_explained(client, cohort, coordinator):
    client.post(url("add", cohort), person())

    answer = client.post(url("add", cohort), person())

    assert answer.status_code == 422
    assert "This person is in the cohort already" in answer.content.decode()


def a_place_with_a_profile(cohort):
    place = make.ParticipantFactory(cohort=cohort, oriented_at=None)
    make.a_complete_profile(
        place.user,
        cohort.program,
        goals="Lead the spring review",
        working_style="reflective",
        values=["frankness"],
        good_mentor="Somebody who waits",
        learning="reading",
    )
    return place


def test_a_coordinator_reads_the_profile_but_not_how_somebody_works(
    client, cohort, coordinator, django_assert_num_queries
):
    place = a_place_with_a_profile(cohort)
    profile = Profile.objects.get(user=place.user)
    for day in (2, 3):
        Availability.objects.create(
            profile=profile, weekday=day, starts=time(9), ends=time(11), zone="UTC"
        )

    with django_assert_num_queries(12):
        answer = client.get(reverse("participants:person", args=[place.pk]))

    page = answer.content.decode()
    assert "Lead the spring review" in page
    assert "Wed 09:00 to 11:00" in page
    for private in ("eflective", "frank", "Somebody who waits", "eading"):
        assert private not in page.split("<main", 1)[1].replace("heading", "")


def test_the_page_of_a_person_is_for_coordinators(client, cohort):
    place = a_place_with_a_profile(cohort)
    address = reverse("participants:person", args=[place.pk])
    client.force_login(make.UserFactory())
    stranger = client.get(address).status_code
    client.force_login(place.user)
    themself = client.get(address).status_code

    assert (stranger, themself) == (404, 403)


def test_waiving_needs_a_reason(client, cohort, coordinator):
    place = a_place_with_a_profile(cohort)
    address = reverse("participants:waive", args=[place.pk])

    refused = client.post(address, {"because": ""})
    client.post(address, {"because": "Took part last year"})

    assert refused.status_code == 422
    assert "Say why, in a few words" in refused.content.decode()
    page = client.get(reverse("participants:person", args=[place.pk]))
    assert f"Waived by {coordinator.name}: Took part last year" in page.content.decode()


def test_a_place_changes_its_side(client, cohort, coordinator):
    place = a_place_with_a_profile(cohort)

    client.post(
        reverse("participants:edit", args=[place.pk]),
        {"joins_as": "mentor", "capacity": "3", "site": "Ashby"},
    )

    place.refresh_from_db()
    assert (place.is_mentor, place.is_mentee, place.capacity) == (True, False, 3)


def test_ending_a_place_asks_first(client, cohort, coordinator):
    place = a_place_with_a_profile(cohort)
    address = reverse("participants:withdraw", args=[place.pk])

    asked = client.get(address)
    place.refresh_from_db()
    before = place.state
    client.post(address)

    place.refresh_from_db()
    assert (asked.status_code, before, place.state) == (200, "joined", "withdrawn")


def test_the_empty_list_says_how_to_begin(client, cohort, coordinator):
    assert "Nobody here yet" in client.get(url("people", cohort)).content.decode()
