"""A program's chat rooms hear of its charter and its cohorts' stages, and of nobody."""

import pytest
from django.utils import timezone

from mentorship.charter.actions import move_cohort
from mentorship.charter.models import Cohort
from mentorship.outbox import chat
from mentorship.outbox.actions import add_room
from mentorship.outbox.models import Notice
from tests.factories import (
    CharterFactory,
    CohortFactory,
    ProgramFactory,
    RoleFactory,
    UserFactory,
)

from .test_actions import published

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def program():
    program = ProgramFactory(name="Rising Leads")
    add_room(
        program_id=program.pk,
        label="General",
        address="jsons://chat.example.org/hook",
        kinds=["announcement"],
        language="en",
        by=UserFactory(),
        at=NOW,
    )
    return program


def heard():
    return [chat.compose(notice) for notice in Notice.objects.filter(channel="chat")]


def test_a_cohort_that_moves_on_is_told_of_and_one_that_goes_back_is_not(program):
    by = RoleFactory(program=program).user
    CharterFactory(program=program)
    cohort = CohortFactory(
        program=program, name="Spring", stage=Cohort.Stage.ONBOARDING
    )
    moving = {"by": by, "because": "We are ready", "at": NOW}
    move_cohort(cohort, to=Cohort.Stage.CHARTER, **moving)
    assert heard() == []
    cohort.refresh_from_db()
    move_cohort(cohort, to=Cohort.Stage.ONBOARDING, **moving)
    ((title, body),) = heard()
    assert title.startswith("Spring: “")
    assert "Rising Leads" in body
    assert by.name not in title + body


def test_a_new_charter_is_told_of(program):
    RoleFactory(program=program)
    published(program)
    ((title, _body),) = heard()
    assert title == "Rising Leads has a new charter"
