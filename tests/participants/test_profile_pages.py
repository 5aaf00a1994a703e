"""The three steps of a profile: what they show, keep and refuse."""

from datetime import time

import pytest
from django.urls import reverse

from mentorship.participants.goals import skills_in
from mentorship.participants.models import Participant, Profile, Skill
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(client):
    cohort = make.CohortFactory()
    make.CharterFactory(program=cohort.program)
    make.SkillFactory(
        program=cohort.program, slug="negotiation", labels={"en": "Negotiation"}
    )
    place = make.MentorFactory(cohort=cohort)
    client.force_login(place.user)
    return place


def url(step=None):
    return reverse("participants:profile", args=[step] if step else [])


def rows(prefix, *answers):
    data = {f"{prefix}-TOTAL_FORMS": len(answers), f"{prefix}-INITIAL_FORMS": 0}
    for number, answer in enumerate(answers):
        data |= {f"{prefix}-{number}-{name}": value for name, value in answer.items()}
    return data


def skills(*offered, wanted=()):
    return rows("offered", *offered) | rows("wanted", *wanted)


def times(*hours, **more):
    return rows("hours", *hours) | {
        "languages": "English, Polski",
        "zone": "Europe/Warsaw",
        "channels": ["video"],
        "capacity": "2",
        **more,
    }


def profile_of(place):
    return Profile.objects.get(user=place.user)


def test_own_words_become_suggestions_and_known_ones_are_found(client, place):
    client.post(
        url("skills"),
        skills(
            {"skill": "NEGOTIATION", "level": "4"},
            {"skill": "Night shift planning", "level": ""},
            {"skill": "", "level": ""},
            wanted=[{"skill": "Night shift planning", "level": "2"}],
        ),
    )

    profile = profile_of(place)
    offered = profile.offered.values_list("skill__slug", "level")
    assert set(offered) == {("negotiation", 4), ("night-shift-planning", None)}
    assert profile.wanted.get().level == 2
    suggested = Skill.objects.get(suggested=True)
    assert suggested.labels == {"en": "Night shift planning"}
    assert suggested.program == place.cohort.program


def test_a_skill_taken_out_is_gone_and_those_of_other_programs_stay(client, place):
    profile = make.ProfileFactory(user=place.user)
    elsewhere = make.SkillFactory()
    profile.offered.create(skill=elsewhere)
    profile.offered.create(skill=Skill.objects.get(slug="negotiation"))

    client.post(url("skills"), skills({"skill": "Coaching", "level": ""}))

    labels = {str(link.skill) for link in profile.offered.all()}
    assert labels == {str(elsewhere), "Coaching"}


def test_each_step_leads_to_the_next_and_the_last_to_what_is_left(client, place):
    first = client.post(url("skills"), skills())
    second = client.post(url("manner"), {"goals": ""})
    third = client.post(url("times"), times())

    assert first["Location"] == url("manner")
    assert second["Location"] == url("times")
    assert third["Location"] == reverse("participants:welcome", args=[place.pk])


def test_more_rows_come_with_the_same_step_after_saving(client, place):
    answer = client.post(
        url("skills"), skills({"skill": "Coaching", "level": ""}) | {"again": "1"}
    )
    page = client.get(answer["Location"])

    assert answer["Location"] == url("skills")
    assert 'value="Coaching"' in page.content.decode()
    assert 'name="offered-3-skill"' in page.content.decode()


def test_half_an_answer_is_kept_and_one_may_stop(client, place):
    answer = client.post(
        url("manner"), {"goals": "Lead a review.", "later": "1", "learning": ""}
    )

    assert answer["Location"] == url()
    assert profile_of(place).goals == "Lead a review."


def test_how_somebody_works_is_kept_for_matching(client, place):
    client.post(
        url("manner"),
        {
            "goals": "Hand over well.",
            "interests": "data,  teaching, data",
            "working_style": ["reflective", "direct"],
            "values": ["frankness", "humor"],
            "good_mentor": "Waits.",
            "learning": "doing",
        },
    )

    profile = profile_of(place)
    assert profile.interests == ["data", "teaching"]
    assert profile.working_style == "reflective, direct"
    assert profile.values == ["frankness", "humor"]
    assert (profile.good_mentor, profile.learning) == ("Waits.", "doing")


def test_words_from_an_import_are_shown_and_kept(client, place):
    make.ProfileFactory(
        user=place.user,
        working_style="Structured, calm",
        channels=["Phone", "Teams"],
        languages=["en", "pl"],
    )

    manner = client.get(url("manner")).content.decode()
    hours = client.get(url("times")).content.decode()

    for kept in ('value="structured"', 'value="calm"'):
        assert f"{kept} " in manner
        assert "checked" in manner.split(kept)[1].split(">")[0]
    assert "checked" in hours.split('value="phone"')[1].split(">")[0]
    assert "checked" in hours.split('value="Teams"')[1].split(">")[0]
    assert 'value="English, Polish"' in hours


def test_hours_are_wall_times_in_the_zone_of_the_person(client, place):
    client.post(
        url("times"),
        times(
            {"weekday": "1", "starts": "09:00", "ends": "11:30"},
            {"weekday": "", "starts": "", "ends": ""},
        ),
    )

    slot = profile_of(place).availability.get()
    assert (slot.weekday, slot.starts, slot.ends) == (1, time(9), time(11, 30))
    assert slot.zone == "Europe/Warsaw"
    place.refresh_from_db()
    assert (place.user.zone, place.capacity) == ("Europe/Warsaw", 2)
    assert profile_of(place).languages == ["en", "pl"]


@pytest.mark.parametrize(
    ("hours", "more", "words"),
    [
        ({"weekday": "1", "starts": "", "ends": ""}, {}, "Give a day, a start"),
        ({"weekday": "1", "starts": "11:00", "ends": "09:00"}, {}, "comes after"),
        ({}, {"languages": "English, Klingon"}, "We do not know the language"),
        ({}, {"zone": "Mars/Base"}, "Select a valid choice"),
        ({}, {"capacity": "9"}, "Select a valid choice"),
    ],
)
def test_a_slip_in_the_hours_is_explained_and_kept(client, place, hours, more, words):
    answer = client.post(url("times"), times(hours, **more))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "<title>Error:" in page
    assert not Profile.objects.filter(user=place.user).exists()


def test_six_values_are_one_too_many(client, place):
    six = ["frankness", "humor", "kindness", "patience", "fairness", "ambition"]

    answer = client.post(url("manner"), {"values": six})

    assert answer.status_code == 422
    assert "Choose up to five" in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"offered-TOTAL_FORMS": "x", "wanted-TOTAL_FORMS": "100000"},
        skills({"skill": "x" * 500, "level": ""}),
        skills({"skill": "a\0b", "level": ""}),
        skills({"skill": "Coaching", "level": "77"}),
    ],
)
def test_a_spoiled_form_is_refused_without_an_error_of_ours(client, place, data):
    assert client.post(url("skills"), data).status_code == 422


def test_a_zero_byte_among_words_is_dropped(client, place):
    client.post(url("manner"), {"interests": "da\0ta"})

    assert profile_of(place).interests == ["data"]


def test_a_mentee_is_not_asked_how_many_people(client):
    place = make.ParticipantFactory()
    client.force_login(place.user)

    page = client.get(url("times")).content.decode()
    client.post(url("times"), times())

    assert 'name="capacity"' not in page
    assert Participant.objects.get(pk=place.pk).capacity is None


def test_each_step_says_who_can_read_it_before_the_first_field(client, place):
    for step, words in (
        ("skills", "Coordinators can read this"),
        ("manner", "Only you"),
        ("times", "Coordinators can read this"),
    ):
        form = client.get(url(step)).content.decode().split("<form", 1)[1]
        assert words in form


def test_somebody_without_a_place_has_no_profile_but_an_account(client):
    client.force_login(make.UserFactory())

    # The tab bar of the ideas and of an ended pair leads here for everybody.
    assert client.get(url()).headers["Location"] == reverse("accounts:settings")
    assert client.get(url("skills")).status_code == 404
    assert client.get(url("nonsense")).status_code == 404


@pytest.mark.parametrize("step", [None, "skills", "manner", "times"])
def test_each_page_costs_few_queries(client, place, step, django_assert_num_queries):
    make.a_complete_profile(place.user, place.cohort.program)
    expected = {None: 9, "skills": 10, "manner": 10, "times": 10}

    with django_assert_num_queries(expected[step]):
        client.get(url(step))


# ------------------------------------------------------------- goals and ideals
MANNER = {"interests": "", "learning": "", "good_mentor": ""}


def chip(page, value):
    """The tag of the box with this value."""
    return page.split(f'value="{value}"')[1].split(">")[0]


def test_goals_from_an_import_suggest_their_skills_ticked(client, place):
    make.ProfileFactory(user=place.user, goals="Get better at negotiation.")
    page = client.get(url("manner")).content.decode()
    assert "checked" in chip(page, "negotiation")
    assert profile_of(place).goal_skills == []


def test_newly_typed_goals_are_asked_about_once(client, place):
    goals = MANNER | {"goals": "Negotiation, without fear."}
    first = client.post(url("manner"), goals)
    assert first["Location"] == url("manner")
    assert "checked" in chip(client.get(url("manner")).content.decode(), "negotiation")
    second = client.post(url("manner"), goals | {"goal_skills": ["negotiation"]})
    assert second["Location"] == url("times")
    assert profile_of(place).goal_skills == ["negotiation"]


def test_a_suggestion_can_be_refused(client, place):
    make.ProfileFactory(user=place.user, goals="Less negotiation.")
    answer = client.post(url("manner"), MANNER | {"goals": "Less negotiation."})
    assert answer["Location"] == url("times")
    assert profile_of(place).goal_skills == []


def test_a_skill_is_found_as_a_whole_word_only(place):
    skills = [make.SkillFactory.build(slug=word, labels={"en": word.title()})
              for word in ("art", "data", "c++")]  # fmt: skip
    assert skills_in("Start with DATA, then C++.", skills) == ["data", "c++"]


def test_no_more_than_three_skills_and_ideals(client, place):
    make.ProfileFactory(user=place.user, goals="one two three four")
    for word in ("one", "two", "three", "four"):
        make.SkillFactory(
            program=place.cohort.program, slug=word, labels={"en": word.title()}
        )
    data = MANNER | {"goals": "one two three four"}
    many = {
        "goal_skills": ["one", "two", "three", "four"],
        "mentor_ideals": ["listens", "asks", "teaches", "lives-it"],
    }
    for name, values in many.items():
        answer = client.post(url("manner"), data | {name: values})
        assert answer.status_code == 422


def test_ideals_are_kept_and_read_back(client, place):
    client.post(url("manner"), MANNER | {"mentor_ideals": ["listens", "asks"]})
    assert profile_of(place).mentor_ideals == ["listens", "asks"]
    page = client.get(url()).content.decode()
    assert "Listens before anything else" in page
    assert "checked" in chip(client.get(url("manner")).content.decode(), "asks")
