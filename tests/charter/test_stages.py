"""The stage strip says where a cohort is, in weeks where its days allow."""

from datetime import date, timedelta

import pytest

from mentorship.charter.stages import stage_strip
from tests.factories import CohortFactory

pytestmark = pytest.mark.django_db


def detail(cohort, label):
    steps = stage_strip(cohort)["steps"]
    return next(step["detail"] for step in steps if step["label"] == label)


def test_the_stage_it_is_in_counts_its_weeks():
    today = date.today()
    cohort = CohortFactory(
        active_on=today - timedelta(weeks=6), closing_on=today + timedelta(weeks=14)
    )
    assert detail(cohort, "Active") == "week 7 of 20"


def test_a_stage_beyond_its_days_tells_its_first_day():
    today = date.today()
    cohort = CohortFactory(
        active_on=today.replace(day=1) - timedelta(days=90), closing_on=today
    )
    assert "week" not in detail(cohort, "Active")
