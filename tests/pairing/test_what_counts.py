"""What counts: choosing, seeing what would change, adopting."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.models import AuditEntry
from pairing import actions, engine
from pairing.models import Weights
from pairing.what_counts import KNOBS, LEVELS, MEANINGS, POLICY, Settings, level_of
from pairing.wording import NAMES
from tests.factories import (
    CohortFactory,
    MentorFactory,
    ParticipantFactory,
    ProgramFactory,
    RoleFactory,
    UserFactory,
    WeightsFactory,
    a_ready,
)
from tests.races import at_once

NOW = timezone.now()
USUAL = Settings.of(None)


@pytest.fixture
def cohort(db):
    return CohortFactory(stage="pairing")


@pytest.fixture
def coordinator(cohort, client):
    user = RoleFactory(program=cohort.program).user
    client.force_login(user)
    return user


def address(cohort, query=""):
    return reverse("pairing:weights", args=[cohort.pk]) + query


def chosen(**knobs) -> dict:
    """A sent form: what is usual, but for these."""
    return {**USUAL.as_dict(), "number": 1, "because": "", **knobs}


# ------------------------------------------------------------------------- the knobs
def test_every_factor_of_the_engine_has_a_name_and_a_meaning():
    factors = set(engine.Weights().as_dict())
    assert set(MEANINGS) == factors
    assert factors <= set(NAMES)


def test_wishes_are_the_first_knob():
    assert KNOBS[0] == "wishes"


def test_the_usual_numbers_are_named_levels():
    usual = USUAL.as_dict()
    assert all(usual[factor] in LEVELS for factor in MEANINGS)
    assert level_of("place_cost", POLICY["place_cost"]) == "Usual"


def test_a_number_between_the_levels_says_its_own_share():
    assert level_of("skills", 0.31) == "31 %"
    assert level_of("skills", 0.31, whole=1.24) == "25 %"
    assert level_of("rest_after", 5) == "After 5 cohorts in a row"


# ----------------------------------------------------------------------- the page
def test_the_page_says_that_ways_of_learning_have_no_support(
    client, coordinator, cohort
):
    text = client.get(address(cohort)).content.decode()
    assert "Research does not support matching people on it" in text
    assert "off unless you choose it" in text


def test_a_link_fills_the_form_with_what_it_wishes(client, coordinator, cohort):
    answer = client.get(address(cohort, "?skills=.31&wishes=0.14&goals=7&rest_after=x"))
    form = answer.context["form"]
    assert form["skills"].value() == 0.31
    assert form["wishes"].value() == 0.14
    assert form["goals"].value() == USUAL.values["goals"]
    assert form["rest_after"].value() == 2
    assert (0.31, "28.4 %") in form.fields["skills"].widget.choices


@pytest.mark.parametrize(
    ("knob", "sent"),
    [("skills", ""), ("skills", "lots"), ("wishes", "1.5"), ("rest_after", "2.5")],
)
def test_what_cannot_be_is_said_beside_the_field(
    client, coordinator, cohort, knob, sent
):
    answer = client.post(address(cohort), chosen(**{knob: sent}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [knob]
    assert not Weights.objects.exists()


def test_something_must_count(client, coordinator, cohort):
    answer = client.post(address(cohort), chosen(**dict.fromkeys(MEANINGS, 0)))
    assert answer.status_code == 422
    assert "At least one thing must count" in answer.content.decode()


def test_looking_changes_nothing_and_says_what_each_change_would_do(
    client, coordinator, cohort
):
    a_ready(MentorFactory, cohort)
    a_ready(ParticipantFactory, cohort)
    answer = client.post(
        address(cohort), chosen(wishes=0.28, place_cost=0, then="look")
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Wishes: from Medium to Very high" in text
    assert "Cost of a further mentee: from Usual to None" in text
    assert "All together" in text
    assert not Weights.objects.exists()


def test_looking_where_nobody_waits_says_so(client, coordinator, cohort):
    answer = client.post(address(cohort), chosen(wishes=0.28, then="look"))
    assert "Nobody waits for a match" in answer.content.decode()


# -------------------------------------------------------------------------- adopting
def test_adopting_writes_a_new_number_with_who_and_why(client, coordinator, cohort):
    client.post(address(cohort), chosen(wishes=0.14, because="People asked for it."))
    first, second = Weights.objects.filter(program=cohort.program).order_by("number")
    assert first.values == engine.Weights().as_dict()
    assert (second.number, second.by) == (2, coordinator)
    assert second.because == "People asked for it."
    assert second.values["wishes"] == 0.14
    assert second.policy == POLICY
    entry = AuditEntry.objects.get(verb="changed what counts")
    assert entry.changes == {"wishes": "0.08 → 0.14"}


def test_the_next_proposal_uses_what_was_adopted(client, coordinator, cohort):
    a_ready(MentorFactory, cohort)
    a_ready(ParticipantFactory, cohort)
    client.post(address(cohort), chosen(wishes=0.14, floor_share=0, place_cost=0.1))
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    policy = round_.inputs["policy"]
    assert round_.weights.number == 2
    assert round_.inputs["weights"]["wishes"] == 0.14
    assert (policy["floor_share"], policy["place_cost"]) == (0, 0.1)


def test_adopting_what_counts_already_writes_nothing(client, coordinator, cohort):
    WeightsFactory(program=cohort.program)
    client.post(address(cohort), chosen())
    assert Weights.objects.count() == 1


def test_a_stale_choice_is_shown_beside_the_one_in_force(client, coordinator, cohort):
    other = UserFactory(given_name="Ingrid", family_name="Solheim")
    now = {"number": 1, "by": other, "at": NOW}
    actions.adopt(cohort.program, Settings.from_dict(chosen(goals=0.14)), **now)
    answer = client.post(address(cohort), chosen(goals=0.04, because="Too much of it"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ingrid Solheim adopted number 2 while you were choosing" in text
    assert answer.context["differing"] == [("Development goals", "High", "Low")]
    assert "Too much of it" in text
    assert Weights.objects.count() == 2


def test_a_stale_choice_can_be_adopted_in_a_second_step(client, coordinator, cohort):
    WeightsFactory(program=cohort.program, number=4)
    stale = client.post(address(cohort), chosen(goals=0.04, number=3))
    seen = stale.context["form"]["number"].value()
    client.post(address(cohort), chosen(goals=0.04, number=seen))
    assert Weights.objects.filter(program=cohort.program).first().number == 5


@pytest.mark.django_db(transaction=True)
def test_of_two_who_adopt_at_once_one_is_told():
    program, by = ProgramFactory(), UserFactory()

    def adopt(value):
        settings = Settings.from_dict(chosen(wishes=value))
        try:
            return actions.adopt(program, settings, number=1, by=by, at=NOW).number
        except actions.OthersChosen:
            return "told"

    answers = at_once(lambda: adopt(0.14), lambda: adopt(0.28))
    assert sorted(map(str, answers)) == ["2", "told"]


@pytest.mark.parametrize("numbers", [1, 3])
def test_the_list_of_numbers_takes_as_many_queries_however_long(
    client, coordinator, cohort, numbers, django_assert_num_queries
):
    for number in range(1, numbers + 1):
        WeightsFactory(program=cohort.program, number=number)
    with django_assert_num_queries(8):
        client.get(address(cohort))
