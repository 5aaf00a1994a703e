"""The inclusion check: counted once where the answers lie, and never under ten."""

import ast
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.charter.models import Cohort
from mentorship.participants.actions import declare
from mentorship.participants.models import SelfDeclared
from pairing import engine
from pairing.actions import look_at_inclusion, propose, take_inclusion_checks
from pairing.engine.inclusion import shown
from pairing.models import InclusionCheck
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def a_cohort(stage="pilot"):
    cohort = make.CohortFactory(stage=stage)
    make.RoundFactory(cohort=cohort, state="published")
    return cohort


def mentees(cohort, count, *, score=None, price=0.0, **answers):
    """So many mentees who said this, paired at this score or left without anyone."""
    places = make.ParticipantFactory.create_batch(count, cohort=cohort)
    mentor = make.MentorFactory(cohort=cohort)
    for place in places:
        if answers:
            declare(place.user, answers, at=NOW)
        if score is not None:
            pair_up(cohort, mentor, place, score, price)
    return places


def pair_up(cohort, mentor, place, score, price=0.0):
    proposal = make.ProposalFactory(
        round=cohort.rounds.first(),
        mentor=mentor,
        mentee=place,
        score=score,
        price=price,
        state="accepted",
        offered_at=NOW,
    )
    return make.PairFactory(
        cohort=cohort, mentor=mentor, mentee=place, proposal=proposal
    )


def counted(cohort) -> dict:
    """{(attribute, value): what is told} of a cohort counted now."""
    take_inclusion_checks(NOW)
    cells = InclusionCheck.objects.get(cohort=cohort).cells
    return {(cell["attribute"], cell["value"]): cell for cell in cells}


def test_groups_of_ten_are_told_with_their_means_and_the_rest():
    cohort = a_cohort()
    mentees(cohort, 12, score=0.5, price=0.1, gender="woman")
    mentees(cohort, 15, score=0.7, price=0.3, gender="man")
    told = counted(cohort)
    assert told.keys() == {("gender", "woman"), ("gender", "man")}
    woman = told["gender", "woman"]
    assert woman["group"]["people"] == 12
    assert woman["group"]["fit"] == pytest.approx(0.5)
    assert woman["group"]["access"] == pytest.approx(0.1)
    assert woman["rest"]["people"] == 15
    assert woman["rest"]["fit"] == pytest.approx(0.7)
    assert woman["left"] is None
    assert told["gender", "man"]["group"] == woman["rest"]


def test_nine_people_are_not_told_nor_the_group_that_would_tell_them():
    cohort = a_cohort()
    mentees(cohort, 9, score=0.5, gender="woman")
    mentees(cohort, 15, score=0.7, gender="man")
    assert counted(cohort) == {}


def test_the_second_smallest_is_left_out_where_a_subtraction_would_tell():
    cohort = a_cohort()
    mentees(cohort, 3, score=0.5, age="60-up")
    mentees(cohort, 11, score=0.5, age="45-59")
    mentees(cohort, 14, score=0.7, age="30-44")
    told = counted(cohort)
    assert told.keys() == {("age", "30-44")}
    assert told["age", "30-44"]["rest"]["people"] == 14


@pytest.mark.parametrize("seed", range(4))
def test_the_database_leaves_out_what_the_rule_leaves_out(seed):
    dice = Random(seed)
    cohort = a_cohort()
    ages = ["under-30", "30-44", "45-59", "60-up"]
    sizes = {age: dice.choice([0, 3, 6, 9, 10, 11, 14]) for age in ages}
    for age, size in sizes.items():
        mentees(cohort, size, score=0.5, age=age)
    everyone = sum(sizes.values())
    expected = {age for age in shown(sizes) if everyone - sizes[age] >= 10}
    assert {value for _attribute, value in counted(cohort)} == expected


def test_how_many_were_left_is_told_from_ten_in_both_groups():
    cohort = a_cohort()
    mentees(cohort, 12, score=0.5, caring="yes")
    mentees(cohort, 14, score=0.7, caring="no")
    mentees(cohort, 10, caring="yes")
    mentees(cohort, 11, caring="no")
    cell = counted(cohort)["caring", "yes"]
    assert (cell["group"]["people"], cell["left"]) == (12, 10)
    assert (cell["rest"]["people"], cell["rest_left"]) == (14, 11)


@pytest.mark.parametrize("left", [1, 9])
def test_nothing_tells_how_many_under_ten_were_left(left):
    """The one mentee without a mentor is known to everybody by name."""
    cohort = a_cohort()
    mentees(cohort, 12, score=0.5, caring="yes")
    mentees(cohort, 20, score=0.7, caring="no")
    mentees(cohort, left, caring="yes")
    mentees(cohort, 12, caring="no")
    cell = counted(cohort)["caring", "yes"]
    assert (cell["left"], cell["rest_left"]) == (None, None)
    assert (cell["group"]["people"], cell["rest"]["people"]) == (12, 20)


def test_the_lowest_tenth_is_told_from_a_hundred_on_both_sides():
    cohort = a_cohort()
    mentor = make.MentorFactory(cohort=cohort)
    for value, count in (("yes", 100), ("no", 101)):
        for n, place in enumerate(mentees(cohort, count, minority=value)):
            pair_up(cohort, mentor, place, n / 100)
    told = counted(cohort)
    assert told["minority", "yes"]["group"]["tenth"] == 0.1
    assert told["minority", "yes"]["rest"]["tenth"] == 0.1


def test_the_lowest_tenth_of_fewer_is_ten_people_one_could_name():
    cohort = a_cohort()
    mentees(cohort, 99, score=0.5, minority="yes")
    mentees(cohort, 101, score=0.5, minority="no")
    told = counted(cohort)
    assert told["minority", "yes"]["group"]["tenth"] is None


def test_a_cohort_is_counted_once_whatever_happens_afterwards():
    """A coordinator cannot subtract two looks that differ by one person."""
    cohort = a_cohort()
    places = mentees(cohort, 12, score=0.5, gender="woman")
    mentees(cohort, 15, score=0.7, gender="man")
    before = counted(cohort)
    cohort.pairs.filter(mentee=places[0]).delete()
    declare(places[1].user, {"gender": "man"}, at=NOW)
    Cohort.objects.filter(pk=cohort.pk).update(stage="pairing")
    Cohort.objects.filter(pk=cohort.pk).update(stage="active")
    assert take_inclusion_checks(NOW) == 0
    assert counted(cohort) == before


@pytest.mark.parametrize("stage", ["charter", "onboarding", "pairing"])
def test_nothing_is_counted_while_a_coordinator_can_still_pair(stage):
    cohort = a_cohort(stage)
    mentees(cohort, 12, score=0.5, gender="woman")
    assert take_inclusion_checks(NOW) == 0
    assert not InclusionCheck.objects.exists()


def test_publishing_one_pair_at_a_time_tells_nothing_in_between():
    cohort = a_cohort("pairing")
    for n in range(12):
        mentees(cohort, 1, score=0.5, gender="woman" if n < 6 else "man")
        assert take_inclusion_checks(NOW) == 0
    Cohort.objects.filter(pk=cohort.pk).update(stage="pilot")
    assert counted(cohort) == {}


def test_an_open_offer_is_waited_for():
    cohort = a_cohort()
    offer = make.ProposalFactory(
        round=cohort.rounds.first(), state="offered", offered_at=NOW
    )
    assert take_inclusion_checks(NOW) == 0
    offer.state = "expired"
    offer.save()
    assert take_inclusion_checks(NOW) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "delete from pairing_inclusioncheck",
        "update pairing_inclusioncheck set cells = '[]'",
        "insert into pairing_inclusioncheck (cohort_id, taken_at, cells)"
        " select id, now(), '[]' from charter_cohort",
    ],
)
def test_nobody_can_take_a_check_away_to_count_again(statement):
    counted(a_cohort())
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_somebody_said_is_read_by_nobody_else():
    cohort = a_cohort()
    one, other = mentees(cohort, 2, score=0.5, illness="yes")
    coordinator = make.RoleFactory(program=cohort.program).user
    assert not SelfDeclared.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.counting_groups', 'on', true)")
    assert not SelfDeclared.objects.exists()
    for user, rows in ((one.user, 1), (coordinator, 0)):
        with acting_as(user):
            assert SelfDeclared.objects.count() == rows


def test_after_counting_the_owner_is_locked_out_again():
    counted(a_cohort())
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('app.counting_groups', true)")
        assert cursor.fetchone() == ("",)


def test_how_many_answered_is_told_in_fives_and_from_ten():
    few, many = a_cohort(), a_cohort()
    mentees(few, 9, score=0.5, gender="woman")
    mentees(many, 13, score=0.5, gender="woman", age="30-44")
    mentees(many, 8, score=0.5)
    take_inclusion_checks(NOW)
    answered = dict(InclusionCheck.objects.values_list("cohort", "answered"))
    assert answered == {few.pk: None, many.pk: 15}


def test_people_who_left_before_pairing_and_mentors_are_not_counted():
    cohort = a_cohort()
    mentees(cohort, 11, score=0.5, gender="woman")
    mentees(cohort, 11, score=0.5, gender="man")
    gone = mentees(cohort, 10, gender="woman")
    for place in gone:
        place.state, place.left_at = "withdrawn", NOW
        place.save()
    assert counted(cohort)["gender", "woman"]["left"] is None
    assert InclusionCheck.objects.get(cohort=cohort).answered == 20


def test_every_look_is_recorded():
    cohort = a_cohort()
    coordinator = make.RoleFactory(program=cohort.program).user
    assert look_at_inclusion(cohort, by=coordinator) is None
    take_inclusion_checks(NOW)
    assert look_at_inclusion(cohort, by=coordinator) is not None
    looks = AuditEntry.objects.filter(verb="looked at the inclusion check")
    assert Counter(looks.values_list("by", "about_id")) == {
        (coordinator.pk, cohort.pk): 2
    }


def test_pairing_never_reads_what_people_said():
    folder = Path(engine.__file__).parents[1]
    for path in folder.rglob("*.py"):
        if "migrations" not in path.parts:
            names = {
                alias.name
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            }
            assert "SelfDeclared" not in names, path
            assert "selfdeclared" not in path.read_text().lower(), path


def test_saying_something_changes_no_input_of_pairing():
    cohort = make.CohortFactory(stage="pairing")
    mentee = make.a_ready(make.ParticipantFactory, cohort)
    make.a_ready(make.MentorFactory, cohort)
    before = propose(cohort, by=make.UserFactory(), at=NOW)
    declare(mentee.user, {"gender": "woman", "illness": "yes"}, at=NOW)
    after = propose(cohort, by=make.UserFactory(), at=NOW)
    assert before.pk != after.pk
    assert before.inputs_hash == after.inputs_hash
